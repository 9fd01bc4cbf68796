// Attacks on the gate of an open case: foreign pages, mixed letters, dead PINs in open sessions, odd paths.
import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { addDays, BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import { ERRORS } from '@einmal-pin/wire/errors'
import { PORTAL, pathOf } from '@einmal-pin/wire/routes'
import { sql } from 'kysely'
import { must, type OpenCase, openCaseWith } from '../testing/browser.ts'
import { mustApply } from '../testing/issue.ts'
import { startOn, startTestPortal, TEST_ORIGIN } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

async function openOne() {
  const letter = await portal.issue()
  const browser = portal.browser()
  return { letter, browser, open: await browser.open(letter.credentials) }
}

/** Every request that an open page makes. */
const everyRequest = (open: OpenCase) => ({
  session: () => open.client.session(),
  activity: () => open.client.activity(),
  package: () => open.client.casePackage(),
  draft: () => open.client.draft(),
  save: () => open.save({ late: true }),
  documents: () => open.client.documents(),
  announce: async () =>
    open.client.announceDocument((await open.sealFile(new Uint8Array(9))).announcement),
  part: async () => open.putPart(await open.sealFile(new Uint8Array(9)), 0),
  complete: () => open.client.completeDocument('d0000000000000000000'),
  content: () => open.client.documentContent('d0000000000000000000'),
  remove: () => open.client.removeDocument('d0000000000000000000'),
  submit: async () =>
    open.submit(await open.prepare({}, { revision: 1, etag: '0'.repeat(64), savedAt: '' })),
  receipt: () => open.client.receipt(),
})

async function codesOf(open: OpenCase): Promise<Record<string, string>> {
  const entries = await Promise.all(
    Object.entries(everyRequest(open)).map(async ([name, send]) => {
      const answer = await send()
      return [name, answer.ok ? 'ok' : answer.code] as const
    }),
  )
  return Object.fromEntries(entries)
}

const all = (code: string): Record<string, string> =>
  Object.fromEntries(Object.keys(everyRequest({} as OpenCase)).map((name) => [name, code]))

describe('an open session', () => {
  test('is too late when its last moment passes while a request waits for the case', async () => {
    const { open } = await openOne()
    const draft = must(await open.save({ a: 1 }))
    const { kysely, transaction } = portal.database
    await sql`update cases set expires_at = clock_timestamp() + interval '400 milliseconds'
      where case_id = ${open.caseId}`.execute(kysely)
    const late = await transaction(async (tx) => {
      await sql`select from cases where case_id = ${open.caseId} for update`.execute(tx)
      const sent = [open.save({ late: true }, draft), open.client.draft()] as const
      await sql`select pg_sleep(0.8)`.execute(tx)
      return sent
    })
    for (const answer of await Promise.all(late)) {
      assert.ok(!answer.ok && answer.code === 'case.expired')
    }
  })

  test('ends for every request when day 31 is over, with the plain reason', async () => {
    const { browser, open } = await openOne()
    must(await open.save({ a: 1 }))
    const later = await startOn(portal.ground, { clockOffsetSeconds: 32 * 86_400 })
    try {
      const moved = openCaseWith(later.origin, browser.send, open)
      const answer = await moved.client.session()
      assert.ok(!answer.ok && answer.status === 410)
      assert.deepEqual(await codesOf(moved), all('case.expired'))
    } finally {
      await later.stop()
    }
  })

  test('is refused on every route the moment the case has expired', async () => {
    const { letter, open } = await openOne()
    await sql`update cases set expires_at = clock_timestamp() where case_id = ${letter.caseId}`.execute(
      portal.database.kysely,
    )
    assert.deepEqual(await codesOf(open), all('case.expired'))
  })

  test('lives until the last second of day 31 in Berlin', async () => {
    const { letter, open } = await openOne()
    await sql`update cases set expires_at = clock_timestamp() + interval '2 seconds'
      where case_id = ${letter.caseId}`.execute(portal.database.kysely)
    must(await open.save({ last: 'minute' }))
    const today = calendarDateIn(BERLIN, new Date())
    assert.equal(letter.lastDay, addDays(today, 31))
  })

  test('ends at once when the office revokes, on every route', async () => {
    const { letter, open } = await openOne()
    await mustApply(portal.link, letter.caseId, 2, { type: 'revoke', eraseDraft: false })
    assert.deepEqual(await codesOf(open), all('case.revoked'))
  })

  test('that waited behind a revocation saves nothing', async () => {
    const { letter, open } = await openOne()
    const revoking = portal.database.transaction(async (tx) => {
      await sql`select from cases where case_id = ${letter.caseId} for update`.execute(tx)
      const saving = open.save({ sneaky: true })
      await new Promise((resolve) => setTimeout(resolve, 150))
      await sql`update pins set state = 'revoked', wrapped_secret = null, package = null
        where case_id = ${letter.caseId}`.execute(tx)
      await sql`update cases set state = 'revoked' where case_id = ${letter.caseId}`.execute(tx)
      return { saving }
    })
    const answer = await (await revoking).saving
    assert.ok(!answer.ok && answer.code === 'case.revoked')
  })

  test('idles out after 30 minutes, which background saves do not prolong', async () => {
    const { letter, open } = await openOne()
    const idle = async () => must(await open.client.session()).idleExpiresAt
    const before = await idle()
    must(await open.save({}))
    assert.equal(await idle(), before)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.ok(must(await open.client.activity()).idleExpiresAt > before)
    await sql`update sessions set idle_expires_at = clock_timestamp() where case_id = ${letter.caseId}`.execute(
      portal.database.kysely,
    )
    assert.deepEqual(await codesOf(open), all('session.missing'))
  })

  test('ends after eight hours, whatever the person does', async () => {
    const { letter, open } = await openOne()
    await sql`update sessions set absolute_expires_at = clock_timestamp() + interval '1 minute'
      where case_id = ${letter.caseId}`.execute(portal.database.kysely)
    const { idleExpiresAt, absoluteExpiresAt, now } = must(await open.client.activity())
    assert.equal(idleExpiresAt, absoluteExpiresAt)
    assert.ok(Date.parse(absoluteExpiresAt) - Date.parse(now) <= 60_000)
  })

  test('gives its resume key to itself only, the same on every reload', async () => {
    const { letter, open } = await openOne()
    const again = await portal.browser().open(letter.credentials)
    const [first, reload, other] = [
      must(await open.client.session()).resumeKey,
      must(await open.client.session()).resumeKey,
      must(await again.client.session()).resumeKey,
    ]
    assert.equal(first, reload)
    assert.notEqual(first, other)
  })

  test('is gone after logging out; logging out twice is no mistake, the other device stays in', async () => {
    const { letter, browser, open } = await openOne()
    const other = await portal.browser().open(letter.credentials)
    const cookies = new Map(browser.cookies)
    must(await open.client.logout())
    assert.equal(browser.cookies.size, 0)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    assert.deepEqual(await codesOf(open), all('session.missing'))
    must(await open.client.logout())
    assert.ok((await other.client.session()).ok)
  })
})

describe('two letters in two tabs', () => {
  test('never mix: the cookie of one case opens no other, whatever name it is sent under', async () => {
    const browser = portal.browser()
    const first = await browser.open((await portal.issue()).credentials)
    const second = await browser.open((await portal.issue()).credentials)
    must(await first.save({ tab: 1 }))
    must(await second.save({ tab: 2 }))
    assert.deepEqual(await first.readDraft(), { tab: 1 })
    assert.deepEqual(await second.readDraft(), { tab: 2 })

    const token = browser.cookies.get(`__Host-ep-${first.caseId}`) ?? ''
    browser.cookies.set(`__Host-ep-${second.caseId}`, token)
    const mixed = await second.client.draft()
    assert.ok(!mixed.ok && mixed.code === 'session.missing')
  })

  test('the cookie is HttpOnly, Secure, SameSite=Strict and bound to the host', async () => {
    const letter = await portal.issue()
    const browser = portal.browser()
    const { startLogin, finishLogin } = await import('@einmal-pin/vault/opaque-client')
    const { identity, password, secondFactor } = letter.credentials
    const { clientLoginState, startLoginRequest } = await startLogin(password)
    const started = must(await browser.portal.loginStart({ identity, startLoginRequest }))
    const finished = await finishLogin({
      clientLoginState,
      password,
      loginResponse: started.loginResponse,
    })
    const response = await fetch(`${portal.origin}${PORTAL.loginFinish.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: TEST_ORIGIN },
      body: JSON.stringify({
        loginId: started.loginId,
        finishLoginRequest: finished?.finishLoginRequest,
        secondFactor,
      }),
    })
    assert.match(
      response.headers.getSetCookie().join(),
      new RegExp(
        `^__Host-ep-${letter.caseId}=[\\w-]{43}; Path=/; HttpOnly; Secure; SameSite=Strict$`,
      ),
    )
    assert.equal(response.headers.get('cache-control'), 'no-store')
  })
})

describe('a foreign page', () => {
  const cases: readonly [string, Record<string, string>, boolean][] = [
    ['no sign of its origin', {}, false],
    ['another origin', { origin: 'https://evil.example' }, false],
    ['null origin', { origin: 'null' }, false],
    ['an origin that begins like ours', { origin: `${TEST_ORIGIN}.evil.example` }, false],
    ['cross-site with our origin', { origin: TEST_ORIGIN, 'sec-fetch-site': 'cross-site' }, false],
    ['same-site from a sister host', { 'sec-fetch-site': 'same-site' }, false],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }, false],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, true],
    ['our own page in an old browser', { origin: TEST_ORIGIN }, true],
  ]
  for (const [name, headers, allowed] of cases) {
    test(`${name} is ${allowed ? 'let in' : 'kept out'}, reads included`, async () => {
      const { browser, open } = await openOne()
      const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
      for (const route of [PORTAL.draft, PORTAL.session, PORTAL.casePackage, PORTAL.logout]) {
        const response = await fetch(`${portal.origin}${pathOf(route, { caseId: open.caseId })}`, {
          method: route.method,
          headers: { ...headers, cookie },
        })
        assert.equal(response.status !== 403, allowed, route.path)
        if (!allowed) assert.equal((await response.json()).code, 'origin.foreign')
      }
      const login = await fetch(`${portal.origin}${PORTAL.loginStart.path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      })
      assert.equal(login.status, allowed ? 400 : 403)
    })
  }
})

describe('odd requests', () => {
  /** Without the tidying that URL parsers do. */
  const raw = (method: string, path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; body: string; headers: Record<string, unknown> }>(
      (resolve, reject) => {
        const { hostname, port } = new URL(portal.origin)
        const all = { origin: TEST_ORIGIN, ...headers }
        const request = httpRequest({ hostname, port, method, path, headers: all }, (response) => {
          let body = ''
          response.on('data', (chunk) => {
            body += String(chunk)
          })
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
          )
        })
        request.on('error', reject)
        request.end()
      },
    )

  for (const path of [
    '/api/v1/cases/../../etc/passwd/draft',
    '/api/v1/cases/%2e%2e%2f%2e%2e/draft',
    '/api/v1/cases/c0000000000%00/draft',
    '/api/v1/cases/C00000000000/draft',
    '/api/v1/cases/c0000000000il/draft',
    '/api/v1/cases/c00000000000/documents/..%2f..%2fsecrets/content',
    '/api/v1/cases/c00000000000/documents/d0000000000000000000/parts/-1',
    '/api/v1/cases/c00000000000/documents/d0000000000000000000/parts/1e3',
    `/api/v1/cases/${'c'.repeat(500)}/draft`,
    '/api/v1/cases//draft',
    '/api/v1/../../../package.json',
    '/%E0%A4%A',
  ]) {
    test(`${path.slice(0, 60)} ends as a problem, never as a failure`, async () => {
      const answer = await raw('GET', path)
      assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status))
      const problem = JSON.parse(answer.body)
      assert.ok(problem.code in ERRORS)
      assert.equal(problem.status, answer.status)
    })
  }

  test('a known path with another method is 405 with the right ones', async () => {
    const answer = await raw('POST', '/api/v1/cases/c00000000000/draft')
    assert.equal(answer.status, 405)
    assert.equal(answer.headers['allow'], 'GET, PUT')
    assert.equal(JSON.parse(answer.body).code, 'request.method')
  })

  test('bodies of the wrong kind, size or shape are 415, 413 and 400', async () => {
    const send = (body: string, type: string) =>
      fetch(`${portal.origin}${PORTAL.loginStart.path}`, {
        method: 'POST',
        headers: { origin: TEST_ORIGIN, 'content-type': type },
        body,
      })
    const expected: readonly [string, string, number][] = [
      ['<a/>', 'application/xml', 415],
      ['{}', 'application/json\ta', 415],
      [JSON.stringify({ identity: 'x'.repeat(100_000) }), 'application/json', 413],
      ['{', 'application/json', 400],
      ['{"__proto__":{}}', 'application/json', 400],
      [
        JSON.stringify({ identity: 'A'.repeat(43), startLoginRequest: 'A', more: 1 }),
        'application/json',
        400,
      ],
      [
        JSON.stringify({ identity: 'A'.repeat(43), startLoginRequest: 'AAAA' }),
        'application/json',
        400,
      ],
    ]
    for (const [body, type, status] of expected) {
      const response = await send(body, type)
      assert.equal(response.status, status, body.slice(0, 40))
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
    }
  })
})
