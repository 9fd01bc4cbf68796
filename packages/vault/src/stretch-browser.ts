// Argon2id in WASM for the browser; call it in a worker, it computes for a tenth of a second and more.
import { argon2id } from 'hash-wasm'
import type { Argon2id } from './stretch.ts'

export const argon2idWasm: Argon2id = (password, salt, parameters) =>
  argon2id({
    password,
    salt,
    memorySize: parameters.memoryKiB,
    iterations: parameters.iterations,
    parallelism: parameters.parallelism,
    hashLength: parameters.length,
    outputType: 'binary',
  })
