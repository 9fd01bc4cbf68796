// Keyed pseudonyms: what the portal stores instead of digests and addresses.
import { type Bytes, concat, label, utf8 } from './bytes.ts'
import { hmacSha256Node } from './hmac-node.ts'

// The pepper (32 bytes) is known to both zones and lies outside every database.

/** HMAC(pepper, `ep1/pepper/identity|` + the 32 bytes of the identity digest). */
export const pepperIdentity = (pepper: Uint8Array, digest: Uint8Array): Promise<Bytes> =>
  underPepper(pepper, 'ep1/pepper/identity|', digest)

/** HMAC(pepper, `ep1/pepper/second-factor|` + the 32 bytes of the second factor's digest). */
export const pepperSecondFactor = (pepper: Uint8Array, digest: Uint8Array): Promise<Bytes> =>
  underPepper(pepper, 'ep1/pepper/second-factor|', digest)

/**
 * The key of one day, HMAC(pepper, `ep1/pepper/network-day|YYYY-MM-DD`): pseudonyms of different days
 * cannot be joined, and every portal node finds the same key without a store.
 */
export const dailyNetworkKey = (pepper: Uint8Array, day: string): Promise<Bytes> =>
  hmacSha256Node(pepper, label('ep1/pepper/network-day', day))

/** HMAC(daily key, `ep1/network|` + network), the network as the caller writes it: `192.0.2.0/24`. */
export const networkPseudonym = (dailyKey: Uint8Array, network: string): Promise<Bytes> =>
  hmacSha256Node(dailyKey, label('ep1/network', network))

const underPepper = (pepper: Uint8Array, purpose: string, digest: Uint8Array): Promise<Bytes> => {
  // A digest of another length would be a caller's bug (text instead of bytes), never user input.
  if (digest.length !== 32) throw new TypeError('pepper: digest must be 32 bytes')
  return hmacSha256Node(pepper, concat(utf8(purpose), digest))
}
