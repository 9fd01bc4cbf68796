// Whether an encrypted PDF opens with the empty user password: the check of the standard security handler only, nothing is decrypted.
import { md5 } from '@noble/hashes/legacy.js'
import { type Bytes, concat, plain } from './bytes.ts'
import { equalBytes } from './constant-time.ts'

/** The entries of a PDF's encryption dictionary that the check needs (ISO 32000-2, tables 20 and 21). */
export interface PdfEncryption {
  /** /R: 2 to 4 are RC4 or AES-128 behind MD5, 5 and 6 AES-256. */
  readonly revision: number
  readonly keyBytes: number
  /** /O and /U. */
  readonly owner: Uint8Array
  readonly user: Uint8Array
  /** /P as a signed 32-bit number. */
  readonly permissions: number
  readonly encryptMetadata: boolean
  /** First element of the trailer's /ID. */
  readonly documentId: Uint8Array
}

/** What stands for the missing password (ISO 32000-2, 7.6.4.3.2). */
const PADDING = Uint8Array.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a'.match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
)

/** True when the file opens without a password, as one does whose author only restricted printing. */
export async function opensWithoutPassword(encryption: PdfEncryption): Promise<boolean> {
  const { revision, user } = encryption
  if (revision === 2) return equalBytes(userEntry2(encryption), user.subarray(0, 32))
  if (revision === 3 || revision === 4) {
    return equalBytes(userEntry3(encryption), user.subarray(0, 16))
  }
  if (revision !== 5 && revision !== 6) return false
  const salt = user.subarray(32, 40)
  const hash = revision === 5 ? await digest(256, salt) : await hardenedHash(salt)
  return equalBytes(hash, user.subarray(0, 32))
}

/** Algorithm 2 of the norm with the empty password. */
function fileKey(encryption: PdfEncryption): Uint8Array {
  const { revision, owner, permissions, documentId, encryptMetadata } = encryption
  const keyBytes = revision === 2 ? 5 : encryption.keyBytes
  const littleEndian = new Uint8Array(new Int32Array([permissions]).buffer)
  const open = revision >= 4 && !encryptMetadata ? new Uint8Array(4).fill(0xff) : new Uint8Array()
  let key = md5(concat(PADDING, owner.subarray(0, 32), littleEndian, documentId, open))
  const rounds = revision === 2 ? 0 : 50
  for (let round = 0; round < rounds; round += 1) key = md5(key.subarray(0, keyBytes))
  return key.subarray(0, keyBytes)
}

/** Algorithm 4. */
const userEntry2 = (encryption: PdfEncryption): Uint8Array => rc4(fileKey(encryption), PADDING)

/** Algorithm 5; the norm leaves its last 16 bytes open. */
function userEntry3(encryption: PdfEncryption): Uint8Array {
  const key = fileKey(encryption)
  let entry = rc4(key, md5(concat(PADDING, encryption.documentId)))
  for (let round = 1; round < 20; round += 1) {
    entry = rc4(
      key.map((byte) => byte ^ round),
      entry,
    )
  }
  return entry
}

/** RC4 protects nothing here: the norm derives the entry that is compared with it. */
function rc4(key: Uint8Array, input: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at)
  const swap = (left: number, right: number) => {
    const kept = state[left] ?? 0
    state[left] = state[right] ?? 0
    state[right] = kept
  }
  for (let at = 0, other = 0; at < 256; at += 1) {
    other = (other + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 255
    swap(at, other)
  }
  let [at, other] = [0, 0]
  return input.map((byte) => {
    at = (at + 1) & 255
    other = (other + (state[at] ?? 0)) & 255
    swap(at, other)
    return byte ^ (state[((state[at] ?? 0) + (state[other] ?? 0)) & 255] ?? 0)
  })
}

type Bits = 256 | 384 | 512

const digest = async (bits: Bits, bytes: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest(`SHA-${bits}`, plain(bytes)))

/** Algorithm 2.B with the empty password: SHA-2 of changing length over AES-128, at least 64 times. */
async function hardenedHash(salt: Uint8Array): Promise<Uint8Array> {
  let key = await digest(256, salt)
  for (let round = 1, last = 0; round <= 64 || last > round - 33; round += 1) {
    const repeated = concat(...Array.from({ length: 64 }, () => key))
    const mixed = await aesCbc(key.subarray(0, 16), key.subarray(16, 32), repeated)
    // The first 16 bytes as a number modulo 3: 256 leaves 1, so the sum of the bytes does the same.
    const rest = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = await digest(rest === 0 ? 256 : rest === 1 ? 384 : 512, mixed)
    last = mixed.at(-1) ?? 0
  }
  return key.subarray(0, 32)
}

/** Without padding: WebCrypto appends one block of it, which is cut off. */
async function aesCbc(key: Bytes, iv: Bytes, input: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt'])
  const output = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, imported, input)
  return new Uint8Array(output, 0, input.length)
}
