// Who is calling: the peer's address, or what trusted proxies say it is, and the network that throttles count by.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { err, ok, type Result } from '@einmal-pin/domain/result'

export type Network = { readonly address: string; readonly prefix: number }
export type TrustedProxies = readonly Network[]

/** Parses `10.0.0.0/8, ::1` (EP_TRUSTED_PROXIES); the error is the part that is no network. */
export function parseTrustedProxies(text: string): Result<TrustedProxies, string> {
  const networks: Network[] = []
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue
    const [address = '', bits, ...rest] = part.split('/')
    const width = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
    const prefix = bits === undefined ? width : Number(bits)
    const plain = rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits))
    if (width === 0 || !plain || prefix > width) return err(part)
    networks.push({ address, prefix })
  }
  return ok(networks)
}

/** Returns a function that tells the client's address of a request, without IPv4-in-IPv6 clothing. */
export function makeClientAddress(
  proxies: TrustedProxies,
): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string {
  const trusted = new BlockList()
  for (const { address, prefix } of proxies) {
    trusted.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  const isTrusted = (address: string) =>
    trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return ({ headers, socket }) => {
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
    let client = bare(socket.remoteAddress ?? '')
    // Each proxy appends the peer that it saw: read from the right, as long as the teller is trusted.
    for (const hop of forwarded.reverse().map((part) => bare(part.trim()))) {
      if (isIP(hop) === 0 || isIP(client) === 0 || !isTrusted(client)) break
      client = hop
    }
    return client
  }
}

const bare = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')

/** The network of an address: `/24` for IPv4, `/64` for IPv6 (design.md 4), for example `192.0.2.0/24`. */
export function networkOf(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  if (isIP(address) !== 6) return 'unknown'
  return `${expandIpv6(address).slice(0, 4).join(':')}::/64`
}

/** Eight groups in hex without leading zeros. */
function expandIpv6(address: string): readonly string[] {
  // The URL parser writes the canonical form, dotted tails included.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: gap }, () => '0'), ...right]
}
