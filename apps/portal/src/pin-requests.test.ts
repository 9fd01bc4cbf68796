// Orders for a new PIN: always the same answer, a bounded queue, and nothing that the portal could read.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { PIN_REQUEST_SEALED_BYTES, sealPinRequest } from '@einmal-pin/vault/pin-request'
import { openPinRequest } from '@einmal-pin/vault/pin-request-opening'
import { randomBytes } from '@einmal-pin/vault/random'
import { sql } from 'kysely'
import { SEALED_ORDER_BYTES } from './routes/login-routes.ts'
import { MAX_PIN_REQUESTS } from './store/pin-requests.ts'
import { must } from './testing/browser.ts'
import { makePerson } from './testing/person.ts'
import { startTestPortal } from './testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

test('an order reaches the office sealed, whoever orders gets the same answer', async () => {
  const browser = portal.browser()
  const { requestRecipient } = must(await browser.portal.keys())
  const known = await portal.issue()
  const answers = []
  for (const person of [known.person, makePerson()]) {
    const { kvnr, card } = person
    const parsed = parseSecondFactor(card, 6)
    assert.ok(parsed.ok)
    const order = { kvnr, secondFactor: parsed.value }
    const sealed = toBase64url(await sealPinRequest(requestRecipient, order))
    const answer = await browser.portal.requestPin({ sealed })
    assert.ok(answer.ok)
    answers.push([answer.status, answer.value])
  }
  assert.deepEqual(answers, [
    [202, {}],
    [202, {}],
  ])
  const { requests } = must(await portal.link.pinRequests())
  assert.equal(requests.length, 2)
  const opened = await openPinRequest(
    portal.office.requestPair.identity,
    fromBase64url(requests[0]?.sealed ?? ''),
  )
  assert.ok(opened !== undefined && opened.kvnr === known.person.kvnr)
  must(await portal.link.acknowledgePinRequests(requests.map(({ id }) => id)))
  assert.deepEqual(must(await portal.link.pinRequests()).requests, [])
})

test('orders of another length than the vault makes are refused', async () => {
  assert.equal(SEALED_ORDER_BYTES, PIN_REQUEST_SEALED_BYTES)
  const browser = portal.browser()
  for (const length of [1, PIN_REQUEST_SEALED_BYTES - 1, PIN_REQUEST_SEALED_BYTES + 1]) {
    const answer = await browser.portal.requestPin({ sealed: toBase64url(randomBytes(length)) })
    assert.ok(!answer.ok && answer.code === 'request.invalid')
  }
})

test('the queue is bounded, and one network cannot fill it', async () => {
  const sealed = toBase64url(randomBytes(PIN_REQUEST_SEALED_BYTES))
  const flood = portal.browser('203.0.113.77')
  const codes = []
  for (let index = 0; index < 25; index += 1) {
    const answer = await flood.portal.requestPin({ sealed })
    codes.push(answer.ok ? 'ok' : answer.code)
  }
  assert.deepEqual(codes.slice(19), ['ok', ...Array(5).fill('request.tooMany')])
  await sql`insert into pin_requests select 'filler' || n, '', clock_timestamp()
    from generate_series(1, ${MAX_PIN_REQUESTS}) n`.execute(portal.database.kysely)
  const full = await portal.browser('198.51.100.77').portal.requestPin({ sealed })
  assert.ok(!full.ok && full.code === 'pinRequest.busy')
})
