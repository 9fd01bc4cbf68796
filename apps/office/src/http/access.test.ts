// The promises about access: no token, a foreign page and a wrong Host are refused; a clerk's session works on the office's own pages only.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { OFFICE } from '@einmal-pin/wire/routes'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const HOST = 'localhost:0'
const OWN_PAGE = { host: HOST, origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' }
const FOREIGN = { host: HOST, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

const get = async (headers: Record<string, string>, url: string = OFFICE.cases.path) => {
  const answer = await at.app.inject({ url, headers })
  return { status: answer.statusCode, code: answer.json().code as string | undefined }
}

async function login(headers: Record<string, string> = OWN_PAGE) {
  return at.app.inject({
    method: 'POST',
    url: OFFICE.staffLogin.path,
    headers,
    payload: { name: 'Frau Beispiel' },
  })
}

const cookieOf = (answer: Awaited<ReturnType<typeof login>>): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

describe('programs', () => {
  test('a token opens the API, also that of the command line', async () => {
    assert.equal((await get(at.asCore)).status, 200)
    const { cliToken } = at.office.secrets
    assert.equal((await get({ host: HOST, authorization: `Bearer ${cliToken}` })).status, 200)
  })

  for (const [what, authorization] of [
    ['no token', undefined],
    ['a wrong token', 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['another scheme', 'Basic Zm9vOmJhcg=='],
    ['an empty token', 'Bearer '],
  ] as const) {
    test(`${what} is refused`, async () => {
      const headers = authorization === undefined ? { host: HOST } : { host: HOST, authorization }
      assert.deepEqual(await get(headers), { status: 401, code: 'token.invalid' })
    })
  }

  test('every route of the API refuses without a token', async () => {
    for (const { method, path } of Object.values(OFFICE)) {
      if (path === OFFICE.staffLogin.path) continue
      const url = path
        .replace(':caseId', 'c00000000000')
        .replace(':documentId', `d${'0'.repeat(19)}`)
        .replace(/:(runId|taskId)/, 'A'.repeat(22))
        .replace(':file', 'data.json')
      const answer = await at.app.inject({ method, url, headers: { host: HOST } })
      assert.equal(answer.statusCode, 401, `${method} ${path}`)
    }
  })

  test('a foreign page is refused even when it knows the token', async () => {
    assert.equal(
      (await get({ ...FOREIGN, authorization: at.asCore['authorization'] ?? '' })).code,
      'origin.foreign',
    )
  })
})

describe('clerks', () => {
  test('a session works on the own page, is strict, and ends with the logout', async () => {
    const answer = await login()
    assert.equal(answer.statusCode, 200)
    const set = String(answer.headers['set-cookie'])
    for (const part of ['__Host-', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) {
      assert.ok(set.includes(part), part)
    }
    const cookie = cookieOf(answer)
    assert.equal((await get({ ...OWN_PAGE, cookie })).status, 200)
    await at.app.inject({
      method: 'DELETE',
      url: OFFICE.staffLogout.path,
      headers: { ...OWN_PAGE, cookie },
    })
    assert.deepEqual(await get({ ...OWN_PAGE, cookie }), { status: 401, code: 'staff.missing' })
  })

  test('a foreign page cannot use the session, with GET or POST', async () => {
    const cookie = cookieOf(await login())
    assert.equal((await get({ ...FOREIGN, cookie })).code, 'origin.foreign')
    assert.equal((await get({ host: HOST, cookie })).code, 'origin.foreign')
    const posted = await at.app.inject({
      method: 'POST',
      url: OFFICE.printLetters.path,
      headers: { ...FOREIGN, cookie },
    })
    assert.equal(posted.json().code, 'origin.foreign')
  })

  test('a foreign page cannot log in', async () => {
    assert.equal((await login(FOREIGN)).json().code, 'origin.foreign')
  })

  test('nobody logs in under the name of a program', async () => {
    const answer = await at.app.inject({
      method: 'POST',
      url: OFFICE.staffLogin.path,
      headers: OWN_PAGE,
      payload: { name: ' Courier ' },
    })
    assert.equal(answer.json().code, 'request.invalid')
  })

  test('the demo login does not exist outside the demonstration', async () => {
    await using real = await openTestOffice({ demo: false })
    const answer = await real.app.inject({
      method: 'POST',
      url: OFFICE.staffLogin.path,
      headers: OWN_PAGE,
      payload: { name: 'Frau Beispiel' },
    })
    assert.equal(answer.json().code, 'demo.only')
  })
})

describe('host names', () => {
  for (const host of ['evil.example', 'evil.example:8081', '', '127.0.0.1.evil.example']) {
    test(`Host "${host}" is refused, with a token too`, async () => {
      assert.deepEqual(await get({ ...at.asCore, host }), { status: 421, code: 'host.foreign' })
    })
  }
})

describe('what everybody may see', () => {
  test('the description is OpenAPI 3.1 and names every route of the API', async () => {
    const answer = await at.app.inject({ url: '/openapi.json', headers: { host: HOST } })
    const { openapi, paths } = answer.json()
    assert.equal(openapi, '3.1.0')
    for (const { method, path } of Object.values(OFFICE)) {
      const described = paths[path.replace(/:([A-Za-z]+)/g, '{$1}')]
      assert.ok(described?.[method.toLowerCase()], `${method} ${path}`)
    }
  })

  test('answers carry a strict policy and stay out of caches', async () => {
    const answer = await at.app.inject({ url: OFFICE.cases.path, headers: at.asCore })
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  })

  test('health needs no token', async () => {
    for (const url of ['/livez', '/readyz']) {
      assert.equal((await at.app.inject({ url, headers: { host: HOST } })).statusCode, 200)
    }
  })
})
