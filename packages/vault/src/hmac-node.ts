// HMAC-SHA-256 in Node without a trip to the thread pool: a login needs several, each over a few bytes.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { type Bytes, plain } from './bytes.ts'

// Making a key object costs more than using it; it lives as long as the caller's key.
const keyObjects = new WeakMap<Uint8Array, KeyObject>()

function keyObjectOf(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key)
  if (known !== undefined) return known
  const made = createSecretKey(key)
  keyObjects.set(key, made)
  return made
}

/** The same bytes as hmac.ts gives. The key is at least 32 bytes and never changes; throws TypeError otherwise. */
export const hmacSha256Node = async (key: Uint8Array, message: Uint8Array): Promise<Bytes> => {
  if (key.length < 32) throw new TypeError('hmac: key too short')
  return plain(createHmac('sha256', keyObjectOf(key)).update(message).digest())
}
