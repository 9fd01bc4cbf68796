// Promise 5 and the doors of both zones: nobody learns who has a case, no foreign page and no odd path gets in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import { parsePin } from '@einmal-pin/domain/pin'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { finishLogin, startLogin } from '@einmal-pin/vault/opaque-client'
import { sealPinRequest } from '@einmal-pin/vault/pin-request'
import { newId, newSecret, randomBytes } from '@einmal-pin/vault/random'
import { expectOk, type Letter } from '../harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../harness/installation.ts'
import { type LoginData, loginDataOf, Person, prepareLogin } from '../harness/person.ts'
import { type RawAnswer, rawRequest } from '../harness/raw-request.ts'
import { rows } from '../harness/rows.ts'
import { syntheticKvnr } from '../harness/synthetic.ts'

let installation: Installation
let letter: Letter

before(async () => {
  installation = await startInstallation()
  letter = await installation.letter()
})

after(() => installation.remove())

const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  rawRequest(installation.publicUrl, {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      origin: installation.publicUrl,
      ...headers,
    },
    body: JSON.stringify(json),
  })

/** What a watcher of the line could tell two answers apart by, time aside. */
const shapeOf = ({ status, headers, body }: RawAnswer) => {
  const { date, 'set-cookie': _cookie, ...others } = headers
  return { status, others, length: body.length, hasDate: date !== undefined }
}

const stranger = (): LoginData => ({ ...loginDataOf(letter), kvnr: syntheticKvnr() })

/** Both steps with data that are wrong somewhere; the last answer is the refusal. */
async function refusedLogin(data: LoginData): Promise<{ start: RawAnswer; finish: RawAnswer }> {
  const { password, identity, secondFactor } = await prepareLogin(data)
  const { clientLoginState, startLoginRequest } = await startLogin(password)
  const start = await post('/api/v1/login/start', { identity, startLoginRequest })
  const { loginId, loginResponse } = JSON.parse(start.body.toString())
  const mine = await finishLogin({ clientLoginState, loginResponse, password })
  // Without the right PIN there is no honest third message: an attacker makes one up.
  const finishLoginRequest = mine?.finishLoginRequest ?? toBase64url(randomBytes(64))
  const finish = await post('/api/v1/login/finish', { loginId, finishLoginRequest, secondFactor })
  return { start, finish }
}

test('unknown person, wrong PIN and wrong card get the same answers, byte for byte in length', async () => {
  const right = loginDataOf(letter)
  const another = await installation.letter({ kvnr: letter.person.kvnr })
  const unknown = await refusedLogin(stranger())
  const wrongCard = await refusedLogin({ ...right, secondFactor: '000001' })
  // The second letter's secret digits under the first one's selector.
  const wrongPin = await refusedLogin({ ...right, pin: foreignDigits(right.pin, another.pin) })
  for (const refused of [wrongCard, wrongPin]) {
    assert.deepEqual(shapeOf(refused.start), shapeOf(unknown.start))
    assert.deepEqual(shapeOf(refused.finish), shapeOf(unknown.finish))
    assert.deepEqual(refused.finish.body, unknown.finish.body)
    assert.equal(refused.finish.code, 'login.failed')
  }
  assert.equal(await new Person(installation.publicUrl, right).hears(), 'open')
})

/** The selector of one PIN before the secret digits of another, with a new check digit. */
function foreignDigits(pin: string, other: string): string {
  for (let digit = 0; digit < 10; digit += 1) {
    const candidate = `${pin.slice(0, 2)}${other.slice(2, 15)}${digit}`
    if (isPin(candidate)) return candidate
  }
  throw new Error('no check digit fits')
}

const isPin = (digits: string): boolean => parsePin(digits).ok

test('counters treat known and unknown persons alike: five free tries, then the same pause', async () => {
  const victim = await installation.letter()
  const guessed = { ...loginDataOf(victim), pin: foreignDigits(victim.pin, letter.pin) }
  const unknown = { ...guessed, kvnr: syntheticKvnr() }
  const pauses = async (data: LoginData) => {
    const person = new Person(installation.publicUrl, data)
    const heard = []
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const answer = await person.login()
      assert.ok(!answer.ok)
      const { pauseSeconds, retryAfterSeconds } = answer.extra
      heard.push([answer.code, pauseSeconds, Number(retryAfterSeconds ?? 0) > 0])
    }
    return heard
  }
  const known = await pauses(guessed)
  assert.deepEqual(known, await pauses(unknown))
  assert.deepEqual(known.at(4), ['login.failed', 30, false])
  assert.deepEqual(known.at(5), ['login.paused', undefined, true])
})

test('/pin-requests answers the same for everybody and for rubbish, and kills no PIN', async () => {
  const { requestRecipient } = expectOk(
    await new Person(installation.publicUrl, loginDataOf(letter)).portal.keys(),
  )
  const order = async (kvnr: string, digits: string) => {
    const parsed = parseKvnr(kvnr)
    const factor = parseSecondFactor(digits, 6)
    assert.ok(parsed.ok && factor.ok)
    const request = { kvnr: parsed.value, secondFactor: factor.value }
    return toBase64url(await sealPinRequest(requestRecipient, request))
  }
  const { kvnr, secondFactor } = loginDataOf(letter)
  const answers = []
  const known = await order(kvnr, secondFactor)
  for (const sealed of [
    known,
    await order(kvnr, '000001'),
    await order(syntheticKvnr(), secondFactor),
    toBase64url(randomBytes(known.length * 0.75)),
  ]) {
    answers.push(shapeOf(await post('/api/v1/pin-requests', { sealed })))
  }
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal(answers[0]?.status, 202)
  await eventually('the office has taken the orders', async () => {
    const [row] = await rows(
      installation,
      'portal',
      'select count(*)::int as waiting from pin_requests',
    )
    return row?.['waiting'] === 0
  })
  assert.equal(await new Person(installation.publicUrl, loginDataOf(letter)).hears(), 'open')
  const { rounds } = expectOk(await installation.office.case(letter.caseId))
  assert.equal(rounds.length, 1, 'a letter that has only just been posted may still be on its way')
})

test('two letters of one person in two tabs do not mix', async () => {
  const second = await installation.letter({ kvnr: letter.person.kvnr })
  const one = new Person(installation.publicUrl, loginDataOf(letter))
  const two = new Person(installation.publicUrl, loginDataOf(second), one.line)
  const first = await one.open()
  const other = await two.open()
  assert.deepEqual([first.place.caseId, other.place.caseId], [letter.caseId, second.caseId])
  await first.pull()
  expectOk(await first.save({ answers: { bemerkung: 'eins' }, documents: [] }))
  expectOk(await other.save({ answers: { bemerkung: 'zwei' }, documents: [] }))
  assert.equal((await first.pull())?.answers['bemerkung'], 'eins')
  // The cookie of one case, renamed for the other, opens nothing.
  const [token] = [...one.line.cookies.values()]
  const stolen = await rawRequest(installation.publicUrl, {
    path: `/api/v1/cases/${second.caseId}/draft`,
    headers: {
      origin: installation.publicUrl,
      cookie: `__Host-ep-${second.caseId}=${token}`,
    },
  })
  assert.deepEqual([stolen.status, stolen.code], [401, 'session.missing'])
  expectOk(await first.api.logout())
  expectOk(await other.api.session())
})

test('a foreign page gets nothing done at the portal, with or without a session', async () => {
  const person = new Person(installation.publicUrl, loginDataOf(letter))
  const { api } = await person.open()
  expectOk(await api.session())
  const cookie = [...person.line.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://musterkasse.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: installation.publicUrl },
    {},
  ]
  const routes: readonly (readonly [string, string])[] = [
    ['GET', `/api/v1/cases/${letter.caseId}/session`],
    ['GET', `/api/v1/cases/${letter.caseId}/package`],
    ['PUT', `/api/v1/cases/${letter.caseId}/draft`],
    ['POST', `/api/v1/cases/${letter.caseId}/submission`],
    ['DELETE', `/api/v1/cases/${letter.caseId}/session`],
    ['POST', '/api/v1/login/start'],
    ['POST', '/api/v1/pin-requests'],
  ]
  for (const headers of foreign) {
    for (const [method, path] of routes) {
      const answer = await rawRequest(installation.publicUrl, {
        ...{ method, path },
        headers: { ...headers, cookie },
      })
      assert.deepEqual([answer.status, answer.code], [403, 'origin.foreign'], `${method} ${path}`)
    }
  }
  expectOk(await api.session())
})

test('the office: wrong host, foreign page and missing or wrong token are refused', async () => {
  const { officeUrl, token } = installation
  const ask = (headers: Record<string, string>) =>
    rawRequest(officeUrl, { path: '/api/v1/cases', headers })
  const bearer = { authorization: `Bearer ${token}` }
  const cases: readonly (readonly [Record<string, string>, number, string])[] = [
    [{ ...bearer, host: 'buero.example' }, 421, 'host.foreign'],
    [{ ...bearer, host: '127.0.0.1:1' }, 421, 'host.foreign'],
    [{}, 401, 'token.invalid'],
    [{ authorization: `Bearer ${newSecret()}` }, 401, 'token.invalid'],
    [{ authorization: `Basic ${token}` }, 401, 'token.invalid'],
    [{ ...bearer, origin: 'https://musterkasse.example' }, 403, 'origin.foreign'],
    [{ ...bearer, 'sec-fetch-site': 'cross-site' }, 403, 'origin.foreign'],
  ]
  for (const [headers, status, code] of cases) {
    const answer = await ask(headers)
    assert.deepEqual(
      [answer.status, answer.code],
      [status, code],
      JSON.stringify(Object.keys(headers)),
    )
  }
  assert.equal((await ask(bearer)).status, 200)
})

test('paths that climb, encode or overflow end in a plain refusal at both zones', async () => {
  const person = new Person(installation.publicUrl, loginDataOf(letter))
  await person.open()
  const cookie = [...person.line.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const base = `/api/v1/cases/${letter.caseId}`
  const tricks = [
    '/../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/secrets/portal.json',
    '/.%00/anmelden',
    '/_app/%2e%2e/%2e%2e/%2e%2e/package.json',
    '//etc/passwd',
    '/\\..\\..\\secrets',
    '/%zz',
    `/${'a'.repeat(5_000)}`,
    `${base}/documents/..%2f..%2fdraft/content`,
    `${base}/documents/%2e%2e/content`,
    `${base}/documents/d${'0'.repeat(19)}/parts/-1`,
    `${base}/documents/d${'0'.repeat(19)}/parts/1e3`,
    `${base}/documents/d${'0'.repeat(300)}/content`,
    `/api/v1/cases/${letter.caseId.toUpperCase()}/session`,
    '/api/v1/cases/%00/session',
    '/api/v1/cases/constructor/session',
    '/office/v1/status',
  ]
  const ask = (origin: string, path: string) => {
    const headers = { cookie, origin, authorization: `Bearer ${installation.token}` }
    return rawRequest(origin, { path, headers })
  }
  for (const path of tricks) {
    const portal = await ask(installation.publicUrl, path)
    assert.ok(portal.status >= 400 && portal.status < 500, `${path} ended in ${portal.status}`)
    const office = await ask(installation.officeUrl, path)
    assert.ok(office.status < 500, `${path} ended in ${office.status}`)
    // The clerk's app shows its own start page under any name that is not a file.
    if (office.status === 200) assert.match(office.body.toString(), /^<!doctype html>/i, path)
    for (const { body } of [portal, office]) {
      assert.ok(!body.includes('root:') && !body.includes('opaqueSetup'), path)
    }
  }
})

test('malformed bodies get a code, never a 500', async () => {
  const bodies = ['{', '[]', 'null', '{"identity":1}', '{"__proto__":{}}', '"\ud800"', '\u0000']
  for (const path of ['/api/v1/login/start', '/api/v1/login/finish', '/api/v1/pin-requests']) {
    for (const body of bodies) {
      const answer = await rawRequest(installation.publicUrl, {
        ...{ method: 'POST', path, body },
        headers: { 'content-type': 'application/json', origin: installation.publicUrl },
      })
      assert.deepEqual([answer.status, answer.code], [400, 'request.invalid'], `${path} ${body}`)
    }
  }
  const unknownId = { loginId: newSecret(), finishLoginRequest: newId(), secondFactor: newSecret() }
  const answer = await post('/api/v1/login/finish', unknownId)
  assert.deepEqual([answer.status, answer.code], [401, 'login.failed'])
})
