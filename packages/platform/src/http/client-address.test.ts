// Whose address counts behind proxies, and which network it belongs to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClientAddress, networkOf, parseTrustedProxies } from './client-address.ts'

const request = (peer: string, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress: peer },
  }) as Parameters<ReturnType<typeof makeClientAddress>>[0]

function addressBehind(proxies: string, peer: string, forwarded?: string): string {
  const parsed = parseTrustedProxies(proxies)
  assert.ok(parsed.ok)
  return makeClientAddress(parsed.value)(request(peer, forwarded))
}

const CASES: readonly (readonly [string, string, string, string | undefined, string])[] = [
  ['nobody is trusted by default', '', '10.0.0.1', '1.2.3.4', '10.0.0.1'],
  ['a trusted proxy tells the client', '10.0.0.0/8', '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  [
    'an invented hop before the client is ignored',
    '10.0.0.1',
    '10.0.0.1',
    '9.9.9.9, 1.2.3.4',
    '1.2.3.4',
  ],
  [
    'a chain of trusted proxies is followed',
    '10.0.0.0/8',
    '10.0.0.1',
    '1.2.3.4, 10.0.0.2',
    '1.2.3.4',
  ],
  ['an untrusted peer tells nothing', '10.0.0.0/8', '11.0.0.1', '1.2.3.4', '11.0.0.1'],
  ['IPv4 in IPv6 clothing is IPv4', '10.0.0.0/8', '::ffff:10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
  ['rubbish ends the chain', '10.0.0.0/8', '10.0.0.1', '1.2.3.4, unknown', '10.0.0.1'],
  ['IPv6 proxies work', 'fd00::/8', 'fd00::1', '2001:db8::7', '2001:db8::7'],
]

for (const [promise, proxies, peer, forwarded, expected] of CASES) {
  test(promise, () => {
    assert.equal(addressBehind(proxies, peer, forwarded), expected)
  })
}

test('a proxy list with a mistake names the part that is wrong', () => {
  for (const part of [
    '10.0.0.0/33',
    '10.0.0.0/x',
    'proxy.example',
    '::1/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
  ]) {
    assert.deepEqual(parseTrustedProxies(`127.0.0.1, ${part}`), { ok: false, error: part })
  }
})

test('a network is /24 for IPv4 and /64 for IPv6', () => {
  assert.equal(networkOf('192.0.2.77'), '192.0.2.0/24')
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(networkOf('::1'), '0:0:0:0::/64')
  assert.equal(networkOf('nonsense'), 'unknown')
})
