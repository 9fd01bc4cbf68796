// The line between the zones: only the office's own, fresh, unaltered requests count, and only in their order (RFC 9421).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { utf8 } from '@einmal-pin/vault/bytes'
import { newSigningKey, type SigningKey } from '@einmal-pin/vault/ed25519'
import { signRequest } from '@einmal-pin/vault/http-signing'
import { newId, randomBytes } from '@einmal-pin/vault/random'
import type { Letter } from '../harness/desk.ts'
import { type Installation, startInstallation } from '../harness/installation.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { type RawAnswer, rawRequest } from '../harness/raw-request.ts'
import { rows } from '../harness/rows.ts'

let installation: Installation
let letter: Letter
let officeKey: SigningKey
let link: string

before(async () => {
  installation = await startInstallation()
  letter = await installation.letter()
  // From here on nobody but this test talks to the portal.
  await installation.stopZone('office')
  const read = (...path: readonly string[]) =>
    JSON.parse(readFileSync(join(installation.dataDir, ...path), 'utf8'))
  officeKey = read('secrets', 'office', 'office-signing-key.json')
  link = `http://127.0.0.1:${read('ports.json').portalOffice}`
})

after(() => installation.remove())

interface Order {
  readonly method: string
  readonly path: string
  readonly json?: unknown
}

interface Signature {
  readonly key?: SigningKey
  readonly origin?: string
  /** Seconds from now. */
  readonly age?: number
  readonly nonce?: string
}

const bodyOf = ({ json }: Order) => (json === undefined ? undefined : JSON.stringify(json))

async function signed(order: Order, signature: Signature = {}): Promise<Record<string, string>> {
  const { key = officeKey, origin = installation.publicUrl, age = 0, nonce = newId() } = signature
  const body = bodyOf(order)
  const created = Math.floor(Date.now() / 1000) - age
  const targetUri = `${origin}${order.path}`
  const { method } = order
  const request = { method, targetUri, created, nonce, ...(body && { body: utf8(body) }) }
  return {
    ...(await signRequest(request, key)),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
}

const deliver = (order: Order, headers: Record<string, string>): Promise<RawAnswer> => {
  const body = bodyOf(order)
  const { method, path } = order
  return rawRequest(link, { method, path, headers, ...(body !== undefined && { body }) })
}

const STATUS: Order = { method: 'GET', path: '/office/v1/status' }
const OUTBOX: Order = { method: 'GET', path: '/office/v1/outbox?limit=5' }
const FORGET: Order = {
  method: 'POST',
  path: '/office/v1/outbox/acknowledge',
  json: { ids: ['x'] },
}

const codeOf = ({ status, code }: RawAnswer) => (status < 300 ? 'accepted' : code)

test('a rightly signed request is accepted once; its copy is refused', async () => {
  for (const order of [STATUS, OUTBOX, FORGET]) {
    const headers = await signed(order)
    assert.equal(codeOf(await deliver(order, headers)), 'accepted', order.path)
    assert.equal(codeOf(await deliver(order, headers)), 'signature.replayed', order.path)
  }
})

test('method, path, query, body, origin and age are all covered by the signature', async () => {
  const refused: readonly (readonly [string, Order, Record<string, string>])[] = [
    ['unsigned', STATUS, {}],
    ['another path', STATUS, await signed(OUTBOX)],
    ['another query', { ...OUTBOX, path: '/office/v1/outbox?limit=6' }, await signed(OUTBOX)],
    ['a query added', { ...STATUS, path: '/office/v1/status?x=1' }, await signed(STATUS)],
    ['another method', FORGET, await signed({ ...FORGET, method: 'PUT' })],
    ['another body', { ...FORGET, json: { ids: ['y'] } }, await signed(FORGET)],
    ['no body', { method: 'POST', path: FORGET.path }, await signed(FORGET)],
    ['signed for another portal', STATUS, await signed(STATUS, { origin: 'https://p.example' })],
    ['signed for the listener itself', STATUS, await signed(STATUS, { origin: link })],
    ['ten minutes old', STATUS, await signed(STATUS, { age: 600 })],
    ['from the future', STATUS, await signed(STATUS, { age: -600 })],
    ['an unknown key', STATUS, await signed(STATUS, { key: await newSigningKey() })],
    [
      "a stranger's key under the office's name",
      STATUS,
      await signed(STATUS, { key: { ...(await newSigningKey()), keyId: officeKey.keyId } }),
    ],
  ]
  for (const [what, order, headers] of refused) {
    const answer = await deliver(order, headers)
    assert.equal(answer.code, 'signature.invalid', `${what}: ${answer.status}`)
  }
  const headers = await signed(FORGET)
  const digest = headers['content-digest'] ?? ''
  const doubled = { ...headers, 'content-digest': `${digest}, ${digest}` }
  assert.equal((await deliver(FORGET, doubled)).code, 'signature.invalid')
})

test('the digest of a body is checked even where it is signed', async () => {
  const headers = await signed(FORGET)
  const answer = await rawRequest(link, {
    ...{ method: 'POST', path: FORGET.path, headers },
    body: JSON.stringify({ ids: ['y'] }),
  })
  assert.equal(answer.code, 'signature.invalid')
})

test('the listeners stay apart: no office route in public, no public route on the inside', async () => {
  const outside = await rawRequest(installation.publicUrl, {
    path: STATUS.path,
    headers: await signed(STATUS),
  })
  assert.equal(outside.status, 404)
  const inside = await rawRequest(link, {
    path: '/api/v1/keys',
    headers: { origin: installation.publicUrl },
  })
  assert.ok([401, 404].includes(inside.status))
})

test('an older command after a newer changes nothing; the same one again hears the stored answer', async () => {
  const { caseId } = letter
  const [row] = await rows(
    installation,
    'portal',
    'select c.command_number, p.last_day::text, p.second_factors from cases c join pins p using (case_id) where case_id = $1',
    [caseId],
  )
  const number = Number(row?.['command_number'])
  const factors = row?.['second_factors']
  const command = (at: number, json: unknown): Order => ({
    ...{ method: 'PUT', path: `/office/v1/cases/${caseId}/commands/${at}`, json },
  })
  const give = async (order: Order) => deliver(order, await signed(order))
  const change = (secondFactors: unknown) => ({ type: 'secondFactors', round: 1, secondFactors })
  const wrongCard = [toBase64url(randomBytes(32))]

  const newer = command(number + 5, change(factors))
  const first = await give(newer)
  assert.equal(codeOf(first), 'accepted')
  assert.deepEqual((await give(newer)).body, first.body, 'idempotent')
  const sameNumber = command(number + 5, change(wrongCard))
  assert.equal((await give(sameNumber)).code, 'command.conflict')
  const older = command(number + 1, change(wrongCard))
  assert.equal((await give(older)).code, 'command.outdated')
  const revoke = command(number + 4, { type: 'revoke', eraseDraft: true })
  assert.equal((await give(revoke)).code, 'command.outdated')
  assert.equal(await new Person(installation.publicUrl, loginDataOf(letter)).hears(), 'open')
})
