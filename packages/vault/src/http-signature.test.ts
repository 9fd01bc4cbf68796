// The office's signed requests: nothing of them can be altered, aged or redirected.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SIGNING_KEY } from '../test/fixture.ts'
import vectors from '../vectors/signatures.json' with { type: 'json' }
import { utf8 } from './bytes.ts'
import { makeContentDigest } from './digest.ts'
import { newSigningKey } from './ed25519.ts'
import { type SignedRequest, verifyRequest } from './http-signature.ts'
import { signRequest } from './http-signing.ts'

const targetUri = 'http://127.0.0.1:8082/office/v1/cases/c0123456789a/commands/3?dry=1'
const body = utf8('{"type":"revoke","eraseDraft":false}')
const created = 1_795_435_200
const nonce = 'AAAAAAAAAAAAAAAAAAAAAA'
const headers = await signRequest({ method: 'PUT', targetUri, body, created, nonce }, SIGNING_KEY)
const request: SignedRequest = { method: 'PUT', targetUri, headers, body }
const bare = await signRequest({ method: 'GET', targetUri, created, nonce }, SIGNING_KEY)
const bareRequest: SignedRequest = { method: 'GET', targetUri, headers: bare }

const verdictOf = async (altered: SignedRequest, now = created, keys = [SIGNING_KEY]) => {
  const verdict = await verifyRequest(altered, keys, now)
  return verdict.ok ? 'ok' : verdict.error
}

test('the fixed requests verify, and signing again gives the same', async () => {
  for (const { headers: fixed, body: text, ...rest } of vectors.requests) {
    const whole = { ...rest, body: text === undefined ? undefined : utf8(text) }
    assert.deepEqual(await signRequest(whole, SIGNING_KEY), fixed)
    const verdict = await verifyRequest({ ...whole, headers: fixed }, [SIGNING_KEY], rest.created)
    const { keyId } = SIGNING_KEY
    assert.deepEqual(verdict, {
      ok: true,
      value: { keyId, nonce: rest.nonce, created: rest.created },
    })
  }
})

test('header names may come in any case and as lists', async () => {
  const upper = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]])
  assert.equal(await verdictOf({ ...request, headers: Object.fromEntries(upper) }), 'ok')
  assert.equal(await verdictOf({ ...request, headers: { ...headers, accept: undefined } }), 'ok')
})

test('method, host, port, path and query cannot be altered', async () => {
  const others = [
    { method: 'POST' },
    ...['127.0.0.2', '8083', 'commands/4', 'dry=0'].map((text, index) => ({
      targetUri: targetUri.replace(['127.0.0.1', '8082', 'commands/3', 'dry=1'][index] ?? '', text),
    })),
    { targetUri: targetUri.replace('?dry=1', '') },
  ]
  for (const other of others) {
    assert.equal(await verdictOf({ ...request, ...other }), 'signature.invalid')
    assert.equal(await verdictOf({ ...bareRequest, ...other }), 'signature.invalid')
  }
})

test('the body cannot be altered, removed or added', async () => {
  const other = utf8('{"type":"revoke","eraseDraft":true}')
  assert.equal(await verdictOf({ ...request, body: other }), 'signature.digest')
  assert.equal(await verdictOf({ ...request, body: undefined }), 'signature.digest')
  assert.equal(await verdictOf({ ...bareRequest, body: other }), 'signature.digest')
  const digest = await makeContentDigest(other)
  const redigested = { ...headers, 'content-digest': digest }
  assert.equal(
    await verdictOf({ ...request, headers: redigested, body: other }),
    'signature.invalid',
  )
  const added = { ...bareRequest, headers: { ...bare, 'content-digest': digest }, body: other }
  assert.equal(await verdictOf(added), 'signature.policy')
})

test('a request lives for a minute and may come from a clock five seconds ahead', async () => {
  assert.equal(await verdictOf(request, created + 60), 'ok')
  assert.equal(await verdictOf(request, created - 5), 'ok')
  assert.equal(await verdictOf(request, created + 66), 'signature.policy')
  assert.equal(await verdictOf(request, created - 6), 'signature.policy')
})

test('unknown keys and stolen key ids verify nothing', async () => {
  const other = await newSigningKey()
  assert.equal(await verdictOf(request, created, [other]), 'signature.key')
  assert.equal(await verdictOf(request, created, []), 'signature.key')
  const stolen = { ...other, keyId: SIGNING_KEY.keyId }
  assert.equal(await verdictOf(request, created, [stolen]), 'signature.invalid')
})

test('created, nonce, algorithm and components cannot be altered or left out', async () => {
  const input = headers['signature-input'] ?? ''
  const alterations = [
    [input.replace(String(created), String(created + 1)), 'signature.invalid'],
    [input.replace(nonce, 'BAAAAAAAAAAAAAAAAAAAAA'), 'signature.invalid'],
    [input.replace(`;nonce="${nonce}"`, ''), 'signature.policy'],
    [input.replace(`;created=${created}`, ''), 'signature.policy'],
    [input.replace(' "@query"', ''), 'signature.policy'],
    [input.replace(' "content-digest"', ''), 'signature.policy'],
    [input.replace('ed25519', 'hmac-sha256'), 'signature.policy'],
    [input.replace('office=', 'other='), 'signature.invalid'],
  ] as const
  for (const [altered, code] of alterations) {
    assert.notEqual(altered, input)
    const verdict = await verdictOf({
      ...request,
      headers: { ...headers, 'signature-input': altered },
    })
    assert.equal(verdict, code, altered)
  }
})

test('missing and malformed headers are refused without an exception', async () => {
  const { signature: _, ...unsigned } = headers
  assert.equal(await verdictOf({ ...request, headers: unsigned }), 'signature.missing')
  assert.equal(await verdictOf({ ...bareRequest, headers: {} }), 'signature.missing')
  for (const signature of [
    '',
    'office',
    'office=::',
    'office=:AAAA:',
    '\u0000',
    'x'.repeat(9999),
  ]) {
    const verdict = await verdictOf({ ...bareRequest, headers: { ...bare, signature } })
    assert.match(verdict, /^signature\.(invalid|missing|policy)$/)
  }
  assert.notEqual(await verdictOf({ ...bareRequest, targetUri: 'no url' }), 'ok')
})
