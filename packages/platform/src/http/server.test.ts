// What every server of this system does alike: refusals by code, quiet logs, health, metrics, a quick end.
import assert from 'node:assert/strict'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { contentDigestOf, sha256 } from '@einmal-pin/vault/digest'
import { problem } from '@einmal-pin/wire/problem'
import { Type } from 'typebox'
import { ServiceUnavailable } from '../database-errors.ts'
import { makeLogger } from '../logger.ts'
import { bodyChunks, rawBody, requireContentDigest } from './bodies.ts'
import { makeMetrics, serveMetrics } from './metrics.ts'
import { makeSameOriginCheck } from './same-origin.ts'
import { listen, makeServer } from './server.ts'

const CANARY = 'canary-4711'
const lines: string[] = []
const metrics = makeMetrics('test')
let databaseThere = true

const app = makeServer({
  name: 'test',
  logger: makeLogger('test', { write: (line) => void lines.push(line) }),
  bodyLimit: 1_000,
  metrics,
  ready: {
    database: async () => {
      if (!databaseThere) throw new Error(CANARY)
    },
  },
})
const body = Type.Object({ name: Type.String({ maxLength: 20 }) }, { additionalProperties: false })
app.post('/json', { schema: { body } }, async (request) => ({ bytes: rawBody(request).length }))
app.put('/bytes/:id', async (request) => {
  await requireContentDigest(request)
  return { size: rawBody(request).length }
})
app.get('/paused', async () => {
  throw problem('login.paused', { retryAfterSeconds: 12.3 })
})
app.get('/bug', async () => {
  throw new TypeError(CANARY)
})
app.get('/away', async () => {
  throw new ServiceUnavailable(new Error(CANARY))
})
app.get('/reset', async () => {
  throw Object.assign(new Error(CANARY), { code: 'ECONNRESET' })
})
app.get('/slow', async () => {
  await sleep(200)
  return { done: true }
})
app.get('/private', { onRequest: makeSameOriginCheck(['http://a.example']) }, async () => ({}))
after(() => app.close())

type Injected = Awaited<ReturnType<typeof app.inject>>

function assertProblem(response: Injected, status: number, code: string): void {
  assert.equal(response.statusCode, status)
  assert.match(String(response.headers['content-type']), /^application\/problem\+json/)
  assert.equal(response.headers['cache-control'], 'no-store')
  const { code: told, detail, type, title } = response.json()
  assert.equal(told, code)
  assert.ok(detail && type && title)
  assert.ok(!response.body.includes(CANARY))
}

const post = (payload: string, contentType = 'application/json') =>
  app.inject({ method: 'POST', url: '/json', payload, headers: { 'content-type': contentType } })

const BAD_BODIES: readonly (readonly [string, string, string, number, string])[] = [
  ['malformed JSON', '{', 'application/json', 400, 'request.invalid'],
  ['a missing member', '{}', 'application/json', 400, 'request.invalid'],
  ['an unknown member', '{"name":"a","more":1}', 'application/json', 400, 'request.invalid'],
  ['a number for a text', '{"name":1}', 'application/json', 400, 'request.invalid'],
  ['no body', '', 'application/json', 400, 'request.invalid'],
  [
    'a prototype in disguise',
    '{"name":"a","__proto__":{}}',
    'application/json',
    400,
    'request.invalid',
  ],
  ['another media type', '{"name":"a"}', 'text/plain', 415, 'request.mediaType'],
  ['a lenient media type', '{"name":1}', 'application/json\ta', 415, 'request.mediaType'],
  ['a trailing semicolon', '{"name":1}', 'application/json;', 400, 'request.invalid'],
  [
    'too much',
    JSON.stringify({ name: 'a'.repeat(2_000) }),
    'application/json',
    413,
    'request.tooLarge',
  ],
]

for (const [what, payload, contentType, status, code] of BAD_BODIES) {
  test(`${what} is refused as ${code}`, async () => {
    assertProblem(await post(payload, contentType), status, code)
  })
}

test('broken UTF-8 in JSON is refused', async () => {
  const payload = Buffer.from([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}')])
  const headers = { 'content-type': 'application/json' }
  const response = await app.inject({ method: 'POST', url: '/json', payload, headers })
  assertProblem(response, 400, 'request.invalid')
})

test('a handler sees the very bytes that were sent', async () => {
  assert.deepEqual((await post(' {"name":"ä"} ')).json(), { bytes: 15 })
})

test('bytes beyond the limit are refused, whether or not their length was announced', async () => {
  const send = (bytes: number, announced: boolean) => {
    const headers = { 'content-type': 'application/octet-stream' }
    const payload = Buffer.alloc(bytes)
    return app.inject({
      method: 'PUT',
      url: '/bytes/7',
      payload: announced
        ? payload
        : Readable.from([payload.subarray(0, 600), payload.subarray(600)]),
      headers: announced ? headers : { ...headers, 'transfer-encoding': 'chunked' },
    })
  }
  for (const announced of [true, false]) {
    assertProblem(await send(1_001, announced), 413, 'request.tooLarge')
    // Read whole, and only then refused for its missing digest.
    assertProblem(await send(1_000, announced), 400, 'request.digest')
  }
})

test('a body in single bytes is the same body, in few pieces', async () => {
  const bytes = Buffer.from(Array.from({ length: 900 }, (_, index) => index % 251))
  const other = makeServer({ name: 'pieces', logger: makeLogger('pieces', { write: () => {} }) })
  other.put('/pieces', async (request) => ({
    pieces: bodyChunks(request).length,
    body: rawBody(request).toString('hex'),
  }))
  const port = await listen(other, 0)
  const answered = new Promise<{ pieces: number; body: string }>((resolve, reject) => {
    const headers = { 'content-type': 'application/octet-stream' }
    const asking = httpRequest({ port, path: '/pieces', method: 'PUT', headers }, (response) => {
      json(response).then((value) => resolve(value as { pieces: number; body: string }), reject)
    })
    for (const byte of bytes) asking.write(Buffer.of(byte))
    asking.end()
  })
  const { pieces, body } = await answered
  await other.close()
  assert.equal(body, bytes.toString('hex'))
  assert.ok(pieces <= 3 + 256, `${pieces} pieces`)
})

test('a body must be what its digest says', async () => {
  const payload = Buffer.from(CANARY)
  const put = (headers: Record<string, string>) =>
    app.inject({
      method: 'PUT',
      url: '/bytes/7',
      payload,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    })
  const right = contentDigestOf(await sha256(payload))
  assert.deepEqual((await put({ 'content-digest': right })).json(), { size: payload.length })
  const wrong = contentDigestOf(await sha256(Buffer.from('other')))
  assertProblem(await put({ 'content-digest': wrong }), 400, 'request.digest')
  assertProblem(await put({}), 400, 'request.digest')
})

test('a known refusal carries its code, its extra members and Retry-After', async () => {
  const response = await app.inject('/paused')
  assertProblem(response, 429, 'login.paused')
  assert.equal(response.json().retryAfterSeconds, 12.3)
  assert.equal(response.headers['retry-after'], '13')
})

test('an unknown route, a mistake of ours and a database that is away have codes of their own', async () => {
  assertProblem(await app.inject('/nowhere'), 404, 'route.unknown')
  assertProblem(await app.inject('/bug'), 500, 'service.failed')
  assertProblem(await app.inject('/away'), 503, 'service.unavailable')
  assertProblem(await app.inject('/reset'), 503, 'service.unavailable')
  assertProblem(await app.inject('/%c0'), 400, 'request.invalid')
})

test('what is no HTTP is answered as a problem too', async () => {
  const quiet = makeServer({ name: 'quiet', logger: makeLogger('quiet', { write: () => {} }) })
  const port = await listen(quiet, 0)
  const socket = connect(port, '127.0.0.1')
  socket.end('NONSENSE\r\n\r\n')
  const text = Buffer.concat(await socket.toArray()).toString()
  assert.match(text, /^HTTP\/1.1 400 .*application\/problem\+json.*"code":"request.invalid"/s)
  await quiet.close()
})

test('foreign pages are refused, the own origin is not', async () => {
  const ask = async (headers: Record<string, string>) =>
    (await app.inject({ url: '/private', headers })).statusCode
  assert.equal(await ask({}), 403)
  assert.equal(await ask({ 'sec-fetch-site': 'same-origin' }), 200)
  assert.equal(await ask({ origin: 'http://a.example' }), 200)
  assert.equal(await ask({ origin: 'http://b.example' }), 403)
  assert.equal(await ask({ origin: 'null' }), 403)
  assert.equal(await ask({ 'sec-fetch-site': 'same-site', origin: 'http://a.example' }), 403)
  assert.equal(await ask({ 'sec-fetch-site': 'same-origin', origin: 'http://b.example' }), 403)
})

test('health: alive always, ready only with everything at hand', async () => {
  assert.equal((await app.inject('/livez')).statusCode, 200)
  assert.equal((await app.inject('/readyz')).statusCode, 200)
  databaseThere = false
  const response = await app.inject('/readyz')
  assertProblem(response, 503, 'service.unavailable')
  assert.deepEqual(response.json().failed, ['database'])
  databaseThere = true
})

test('metrics are served on loopback and labelled by route pattern', async () => {
  await app.inject({ method: 'PUT', url: `/bytes/${CANARY}` })
  const server = await serveMetrics(metrics)
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
  await server.close()
  assert.match(text, /http_request_duration_seconds_count\{[^}]*route="\/bytes\/:id"/)
  assert.ok(!text.includes(CANARY))
})

test('the log has method, pattern, status and time, and nothing that anybody sent', async () => {
  await app.inject({ url: `/bug?pin=${CANARY}`, headers: { cookie: CANARY, 'user-agent': CANARY } })
  await app.inject(`/${CANARY}`)
  const text = lines.join('')
  assert.match(text, /"method":"GET","route":"\/bug","status":500,"milliseconds":\d+/)
  assert.match(text, /"name":"TypeError"/)
  assert.ok(!text.includes(CANARY))
  assert.ok(!text.includes('127.0.0.1'))
})

test('closing answers what is in flight and does not wait for idle connections', async () => {
  const other = makeServer({ name: 'other', logger: makeLogger('other', { write: () => {} }) })
  other.get('/slow', async () => {
    await sleep(200)
    return { done: true }
  })
  const port = await listen(other, 0)
  const agent = new Agent({ keepAlive: true })
  const answered = new Promise<number | undefined>((resolve) => {
    httpRequest({ port, path: '/slow', agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    }).end()
  })
  await sleep(50)
  const begun = performance.now()
  await other.close()
  assert.equal(await answered, 200)
  assert.ok(performance.now() - begun < 3_000)
  agent.destroy()
})

test('a taken port is named in a plain sentence', async () => {
  const first = makeServer({ name: 'first', logger: makeLogger('first', { write: () => {} }) })
  const port = await listen(first, 0)
  const second = makeServer({ name: 'second', logger: makeLogger('second', { write: () => {} }) })
  await assert.rejects(listen(second, port), { message: `port ${port} is already in use` })
  await first.close()
})
