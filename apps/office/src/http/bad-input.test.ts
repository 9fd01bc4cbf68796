// The promise about bad input: every route of the description answers it with problem+json and a known code, never with a failure of the server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '@einmal-pin/platform/http/app'
import { isErrorCode } from '@einmal-pin/wire/errors'
import { MAX_CSV_BYTES } from '@einmal-pin/wire/limits'
import { PROBLEM_MEDIA_TYPE, Problem } from '@einmal-pin/wire/problem'
import fc from 'fast-check'
import type { FastifyBaseLogger } from 'fastify'
import { Check } from 'typebox/value'
import { goodInput } from '../testing/case-csv.ts'
import { openedCase, publishedCase } from '../testing/published-case.ts'
import { receivedCase } from '../testing/received-case.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { makeOfficeApp } from './app.ts'

/** `EP_FUZZ_SEED` and `EP_FUZZ_RUNS` repeat or deepen a run. */
const SEED = Number(process.env['EP_FUZZ_SEED'] ?? 20_261_124)
const RUNS = Number(process.env['EP_FUZZ_RUNS'] ?? 30)

interface Described {
  readonly method: Method
  readonly path: string
}
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'

interface Call {
  readonly method: Method
  readonly url: string
  readonly type?: string | undefined
  readonly body?: string | Buffer | undefined
  readonly headers?: Record<string, string>
}

// Thousands of lines that all say the same would bury a failure.
const silent = () => {}
const quiet: FastifyBaseLogger = {
  ...{ level: 'silent', info: silent, warn: silent, error: silent, debug: silent },
  ...{ fatal: silent, trace: silent, silent, child: () => quiet },
}

let at: TestOffice
let app: App
let routes: readonly Described[]
let cases: readonly string[]
before(async () => {
  at = await openTestOffice()
  app = await makeOfficeApp(at.office, { logger: quiet })
  const description = await app.inject({ url: '/openapi.json', headers: at.asCore })
  const paths: Record<string, Record<string, unknown>> = description.json().paths
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Method, path })),
  )
  const published = await publishedCase(at.office)
  cases = [(await openedCase(at.office)).caseId, published.caseId, await receivedCase(at)]
})
after(async () => {
  await app.close()
  await at[Symbol.asyncDispose]()
})

async function ask({ method, url, type, body, headers }: Call): Promise<number> {
  const answer = await app.inject({
    ...{
      method,
      url,
      headers: { ...at.asCore, ...(type !== undefined && { 'content-type': type }), ...headers },
    },
    ...(body !== undefined && { payload: body }),
  })
  const said = `${method} ${url.slice(0, 200)} ${type} ${String(body).slice(0, 200)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`
  assert.ok(answer.statusCode < 500, said)
  if (answer.statusCode < 400) return answer.statusCode
  assert.ok(String(answer.headers['content-type']).startsWith(PROBLEM_MEDIA_TYPE), said)
  const problem: unknown = answer.json()
  assert.ok(Check(Problem, problem), said)
  assert.ok(isErrorCode(problem.code), said)
  assert.equal(problem.status, answer.statusCode, said)
  return answer.statusCode
}

const JSON_TYPE = 'application/json'
const fill = (path: string, value: string): string => path.replace(/\{[A-Za-z]+\}/g, () => value)

const NASTY_IDS = [
  ...['x', '0', '-1', 'c00000000000', 'C00000000000', `d${'0'.repeat(19)}`, 'A'.repeat(22), '%00'],
  ...['%', '%zz', '%ff', '%c0%af', '..', '%2e%2e', '%2e%2e%2fcli-token', 'a%2fb', 'a%5cb', '%20'],
  ...["' or 1=1 --", '{caseId}', ':caseId', 'null', 'undefined', 'NaN', '__proto__', 'constructor'],
  ...['%E2%80%AE', '%F0%9F%98%80', 'ä', 'a'.repeat(5_000), ';', '?', '#', '*', '~root', '$', '+'],
]

test('ids of every kind', async () => {
  for (const { method, path } of routes) {
    for (const id of NASTY_IDS) await ask({ method, url: fill(path, encodeURI(id)) })
    for (const id of NASTY_IDS) await ask({ method, url: fill(path, id.replaceAll(' ', '%20')) })
  }
})

const NASTY_QUERIES = [
  ...[
    'q=%00',
    'q=%ff',
    'q=%',
    'q=a&q=b',
    'q[]=a',
    'q[a]=b',
    `q=${'a'.repeat(4_000)}`,
    'q=%25%5f\\',
  ],
  ...['caseRef=%00', 'caseRef=a&caseRef=b', `caseRef=${'a'.repeat(101)}`, 'state=1', 'state=%27'],
  ...['limit=-1', 'limit=0', 'limit=999', 'limit=1e3', 'limit=', 'limit=9999', 'limit=1&limit=2'],
  ...['after=x', 'after=c00000000000', 'after=', 'skipBad=1', 'skipBad=true&skipBad=false'],
  ...['__proto__=1', 'constructor=1', 'unknown=1', '&&&', '=', '=&=', '%', '?', 'q=%F0%9F%98'],
]

test('queries of every kind', async () => {
  for (const { method, path } of routes) {
    for (const query of NASTY_QUERIES) {
      await ask({ method, url: `${fill(path, cases[0] ?? '')}?${query}` })
    }
  }
})

const NASTY_BODIES: readonly (readonly [type: string | undefined, body: string | Buffer])[] = [
  ...['', '{', '}', 'null', '[]', '""', '0', 'true', '{}', '{"a":', '{"__proto__":{"x":1}}'].map(
    (body) => [JSON_TYPE, body] as const,
  ),
  ...[
    '{"constructor":{"prototype":{"x":1}}}',
    '\ufeff{}',
    '{"reason":"\\ud800"}',
    'NaN',
    "{'a':1}",
  ].map((body) => [JSON_TYPE, body] as const),
  ...['name', 'to', 'reason', 'state', 'cardNumber'].flatMap((key) =>
    [
      'null',
      '1',
      '[]',
      '{}',
      '""',
      '"\\u0000"',
      '"\\ud800"',
      '"x"',
      JSON.stringify('a'.repeat(300)),
    ].map((value) => [JSON_TYPE, `{"${key}":${value}}`] as const),
  ),
  [JSON_TYPE, `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  [JSON_TYPE, `{"to":"${'a'.repeat(2_000_000)}"}`],
  [JSON_TYPE, Buffer.from([0xff, 0xfe, 0x00])],
  ['application/json; charset=utf-16', '{}'],
  ['application/json; charset', '{}'],
  ['application/octet-stream', Buffer.from([0, 1, 2])],
  ['text/csv', Buffer.from([0xff, 0x00, 0x22])],
  ['text/csv', ''],
  ['text/csv', '"'],
  ['text/plain', 'x'],
  ['text/html', '<p>'],
  ['multipart/form-data; boundary=x', '--x--'],
  ['application/x-www-form-urlencoded', 'a=b'],
  ['no type at all', 'x'],
  ['/', 'x'],
  [undefined, 'x'],
]

test('bodies of every kind', async () => {
  for (const { method, path } of routes) {
    if (method === 'GET') continue
    for (const [type, body] of NASTY_BODIES) {
      for (const id of cases.slice(1)) await ask({ method, url: fill(path, id), type, body })
    }
  }
})

test('a body that is larger than any limit', async () => {
  const huge = Buffer.alloc(MAX_CSV_BYTES + 1, 0x61)
  for (const { method, path } of routes) {
    if (method === 'GET') continue
    for (const type of [JSON_TYPE, 'text/csv']) {
      assert.ok((await ask({ method, url: fill(path, cases[0] ?? ''), type, body: huge })) >= 400)
    }
  }
})

const NASTY_HEADERS: readonly Record<string, string>[] = [
  ...[
    '',
    'Bearer',
    'Bearer \u00ff',
    'Basic x',
    `Bearer ${'A'.repeat(9_000)}`,
    'Bearer a b',
    '\t',
  ].map((authorization) => ({ authorization })),
  ...['', '=', '__Host-ep-staff=', '__Host-ep-staff=%', '__Host-ep-staff=a; __Host-ep-staff=b'].map(
    (cookie) => ({ cookie, authorization: '', 'sec-fetch-site': 'same-origin' }),
  ),
  ...['', 'null', 'http://', 'x', 'http://localhost:0@evil.example'].map((origin) => ({ origin })),
  ...['', 'a b', 'localhost:0:0', 'localhost:99999999', '[::1', '\u00ff'].map((host) => ({ host })),
  ...['-1', '1e9', 'x'].map((length) => ({ 'content-length': length })),
  { 'content-encoding': 'gzip' },
  { accept: 'image/png', 'accept-encoding': 'x', 'if-none-match': '*', range: 'bytes=-1' },
]

test('headers of every kind', async () => {
  for (const { method, path } of routes) {
    for (const headers of NASTY_HEADERS) {
      await ask({ method, url: fill(path, cases[0] ?? ''), headers })
    }
  }
})

test('methods that a route does not have, and paths that are none', async () => {
  for (const { path } of routes) {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'GET'] as const) {
      await ask({ method, url: fill(path, 'c99999999999') })
      await ask({ method, url: `${fill(path, 'c99999999999')}/x` })
    }
  }
  for (const url of [
    '//',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/%',
    '/%ff',
    '/..%2f..',
    '/api/v2/cases',
  ]) {
    for (const method of ['GET', 'POST', 'DELETE'] as const) await ask({ method, url })
  }
})

test('an odd value in each field of a case', async () => {
  const odd = [
    null,
    0,
    -1,
    true,
    [],
    {},
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    'a'.repeat(201),
    '😀',
  ]
  for (const field of [
    ...Object.keys(goodInput()),
    'secondFactor',
    'recipientRole',
    'recipientName',
  ]) {
    for (const value of odd) {
      const body = JSON.stringify(goodInput({ caseRef: `ODD-${field}`, [field]: value }))
      await ask({ method: 'POST', url: '/api/v1/cases', type: JSON_TYPE, body })
    }
  }
})

test(`whatever chance puts together (EP_FUZZ_SEED=${SEED})`, async () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(...NASTY_IDS, ...cases),
  )
  const bodies = fc.oneof(
    fc.constant(undefined),
    fc.json({ maxDepth: 3 }),
    fc.string({ maxLength: 50 }),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc
      .dictionary(
        fc.constantFrom(...Object.keys(goodInput()), 'to', 'state', 'reason', 'name', 'cardNumber'),
        fc.jsonValue({ maxDepth: 2 }),
      )
      .map((value) => JSON.stringify(value)),
  )
  const types = fc.constantFrom(JSON_TYPE, 'text/csv', 'application/octet-stream', undefined)
  const safe = (text: string) => encodeURIComponent(text.toWellFormed())
  const calls = fc.record({
    route: fc.constantFrom(...routes),
    id: words,
    query: fc.array(fc.tuple(words, words), { maxLength: 3 }),
    type: types,
    body: bodies,
  })
  await fc.assert(
    fc.asyncProperty(calls, async ({ route: { method, path }, id, query, type, body }) => {
      const pairs = query.map(([name, value]) => `${safe(name)}=${safe(value)}`).join('&')
      const url = `${fill(path, safe(id))}?${pairs}`
      await ask({ method, url, type, body: method === 'GET' ? undefined : body })
    }),
    { seed: SEED, numRuns: RUNS * routes.length },
  )
})
