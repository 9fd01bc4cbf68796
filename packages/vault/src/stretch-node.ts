// Native Argon2id for the office, on the thread pool.
import { hashRaw } from '@node-rs/argon2'
import type { Argon2id } from './stretch.ts'

// `Algorithm` is an ambient const enum, which type stripping cannot read; 2 is Argon2id.
const ARGON2ID = 2

export const argon2idNative: Argon2id = (password, salt, parameters) =>
  hashRaw(password, {
    algorithm: ARGON2ID,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.iterations,
    parallelism: parameters.parallelism,
    outputLen: parameters.length,
    salt,
  })
