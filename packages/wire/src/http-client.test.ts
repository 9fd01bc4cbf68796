// What the client promises of any answer: typed, coded, and never more in memory than agreed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callBytes, callJson, type Send } from './http-client.ts'
import { MIB } from './limits.ts'
import { PORTAL } from './routes.ts'

const ORIGIN = 'http://portal.test'

const answering =
  (body: BodyInit | null, init: ResponseInit = {}): Send =>
  async () =>
    new Response(body, init)

/** A body that never ends by itself; `taken` tells how much of it was asked for. */
function endless() {
  let taken = 0
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken += MIB
      controller.enqueue(new Uint8Array(MIB))
    },
    cancel: () => {
      cancelled = true
    },
  })
  return { body, taken: () => taken, cancelled: () => cancelled }
}

test('JSON and bytes come as they were sent', async () => {
  const json = await callJson<{ a: string }>(answering('{"a":"ä"}'), ORIGIN, PORTAL.keys)
  assert.ok(json.ok && json.value.a === 'ä')
  const bytes = await callBytes(answering(new Uint8Array([1, 2, 3])), ORIGIN, PORTAL.keys)
  assert.ok(bytes.ok)
  assert.deepEqual(bytes.value, new Uint8Array([1, 2, 3]))
})

test('an answer without a body is empty bytes', async () => {
  const empty = await callBytes(answering(null, { status: 204 }), ORIGIN, PORTAL.keys)
  assert.ok(empty.ok && empty.value.length === 0)
})

test('bytes that never end are broken off soon after the limit and named', async () => {
  const stream = endless()
  const answer = await callBytes(answering(stream.body), ORIGIN, PORTAL.keys, {
    maxBytes: 3 * MIB,
  })
  assert.ok(!answer.ok && answer.code === 'answer.tooLarge')
  assert.ok(stream.cancelled())
  assert.ok(stream.taken() <= 6 * MIB)
})

test('JSON has a limit of its own even if nobody names one', async () => {
  const stream = endless()
  const answer = await callJson(answering(stream.body), ORIGIN, PORTAL.keys)
  assert.ok(!answer.ok && answer.code === 'answer.tooLarge')
  assert.ok(stream.taken() <= 20 * MIB)
})

test('exactly the limit still passes', async () => {
  const send = answering(new Uint8Array(100))
  assert.ok((await callBytes(send, ORIGIN, PORTAL.keys, { maxBytes: 100 })).ok)
  const over = await callBytes(send, ORIGIN, PORTAL.keys, { maxBytes: 99 })
  assert.ok(!over.ok && over.code === 'answer.tooLarge')
})

test('a refusal keeps its code and what it says beside it, an endless one too has an end', async () => {
  const problem = JSON.stringify({ code: 'login.paused', retryAfterSeconds: 30 })
  const refusal = await callJson(answering(problem, { status: 429 }), ORIGIN, PORTAL.keys)
  assert.ok(!refusal.ok && refusal.code === 'login.paused')
  assert.equal(refusal.extra['retryAfterSeconds'], 30)
  const stream = endless()
  const answer = await callJson(answering(stream.body, { status: 500 }), ORIGIN, PORTAL.keys)
  assert.ok(!answer.ok && answer.code === 'service.failed')
  assert.ok(stream.taken() <= 4 * MIB)
})

test('a broken line and an unreadable answer are no answer', async () => {
  const broken: Send = async () => {
    throw new TypeError('fetch failed')
  }
  for (const send of [broken, answering('<html>')]) {
    const answer = await callJson(send, ORIGIN, PORTAL.keys)
    assert.ok(!answer.ok && answer.code === 'network')
  }
})
