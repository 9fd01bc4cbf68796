// The only file that touches the age library: hybrid (X25519 + ML-KEM-768) identities and files.
import { bech32 } from '@scure/base'
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'
import { type Bytes, plain } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import { VaultError } from './vault-error.ts'

/** A pair of age strings; the identity opens what was sealed to the recipient. */
export type SealingPair = { readonly identity: string; readonly recipient: string }

/** The hybrid age identity whose seed is these 32 bytes, `AGE-SECRET-KEY-PQ-1...`. */
export const pairFromSeed = async (seed: Uint8Array): Promise<SealingPair> => {
  const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', seed).toUpperCase()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** A new random pair, for the office's request key and the print centre's letter key. */
export const newSealingPair = (): Promise<SealingPair> => pairFromSeed(randomBytes(32))

/** The recipient of an identity. Throws VaultError `age.identity` when it is malformed. */
export const recipientOf = async (identity: string): Promise<string> => {
  try {
    return await identityToRecipient(identity)
  } catch {
    throw new VaultError('age.identity')
  }
}

/** Seals the bytes as an age file for one recipient. Throws VaultError `age.recipient`. */
export const encryptFor = async (recipient: string, content: Uint8Array): Promise<Bytes> =>
  plain(await encrypterFor(recipient).encrypt(content))

/** Opens a whole age file. Throws VaultError `seal.refused`, whatever was wrong with it. */
export const decryptWith = async (identity: string, file: Uint8Array): Promise<Bytes> => {
  try {
    return plain(await decrypterFor(identity).decrypt(file))
  } catch {
    throw new VaultError('seal.refused')
  }
}

/**
 * The key that opens this one age file and nothing else. It fits no other content: the signed-over header carries a
 * MAC made with it. Throws VaultError `seal.refused`.
 */
export const fileKeyOf = async (identity: string, file: Uint8Array): Promise<Bytes> => {
  try {
    return plain(await decrypterFor(identity).decryptHeader(headerOf(file)))
  } catch {
    throw new VaultError('seal.refused')
  }
}

/** Opens a whole age file with its own key. Throws VaultError `seal.refused`. */
export const decryptWithFileKey = async (fileKey: Uint8Array, file: Uint8Array): Promise<Bytes> => {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity({ unwrapFileKey: () => fileKey })
    return plain(await decrypter.decrypt(file))
  } catch {
    throw new VaultError('seal.refused')
  }
}

/** The textual part of an age file: up to the end of the line that begins with `---`. */
const headerOf = (file: Uint8Array): Uint8Array => {
  const mark = [0x0a, 0x2d, 0x2d, 0x2d, 0x20]
  const start = file.findIndex((_, at) => mark.every((byte, offset) => file[at + offset] === byte))
  const end = file.indexOf(0x0a, start + mark.length)
  if (start < 0 || end < 0) throw new VaultError('seal.refused')
  return file.subarray(0, end + 1)
}

/** A stream that knows the size of its output for a given size of its input. */
export type SizedStream = ReadableStream<Uint8Array> & { readonly size: (input: number) => number }

export const encryptStreamFor = (
  recipient: string,
  content: ReadableStream<Uint8Array>,
): Promise<SizedStream> => encrypterFor(recipient).encrypt(content)

/**
 * Opens an age file as a stream. Every chunk handed out is authentic, but a truncated file shows only
 * at the end: use nothing before the stream has ended without error. Errors are VaultErrors
 * `seal.refused`.
 */
export const decryptStreamWith = async (
  identity: string,
  file: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> => {
  try {
    return refusing(await decrypterFor(identity).decrypt(file))
  } catch {
    throw new VaultError('seal.refused')
  }
}

/** Whether the text is an age recipient that something can be sealed to. */
export function isRecipient(text: string): boolean {
  try {
    encrypterFor(text)
    return true
  } catch {
    return false
  }
}

const encrypterFor = (recipient: string): Encrypter => {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(recipient)
  } catch {
    throw new VaultError('age.recipient')
  }
  return encrypter
}

const decrypterFor = (identity: string): Decrypter => {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter
}

/** The same stream with the library's error texts replaced by the constant one. */
const refusing = (opened: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
  const reader = opened.getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch {
        controller.error(new VaultError('seal.refused'))
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
