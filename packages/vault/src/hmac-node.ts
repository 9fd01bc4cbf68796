// HMAC-SHA-256 in Node without a trip to the thread pool: a login needs several, each over a few bytes.
import { createHmac } from 'node:crypto'
import { type Bytes, plain } from './bytes.ts'

/** The same bytes as hmac.ts gives. The key is at least 32 bytes; throws TypeError otherwise. */
export const hmacSha256Node = async (key: Uint8Array, message: Uint8Array): Promise<Bytes> => {
  if (key.length < 32) throw new TypeError('hmac: key too short')
  return plain(createHmac('sha256', key).update(message).digest())
}
