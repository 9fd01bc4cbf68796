// "Waren diese Informationen hilfreich?": counted without anybody in it, answered with pages, refused clearly.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { FEEDBACK_DAYS, FEEDBACK_PER_MINUTE } from '@einmal-pin/wire/feedback'
import { sql } from 'kysely'
import { portalJobs } from '../jobs/jobs.ts'
import { loadSite } from '../site/load-site.ts'
import { must } from '../testing/browser.ts'
import { startTestPortal, TEST_ORIGIN } from '../testing/test-portal.ts'

let directory = ''
let portal: Awaited<ReturnType<typeof startTestPortal>>
const log: string[] = []
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ep-feedback-'))
  for (const [path, text] of [
    ['nicht-gezaehlt.html', 'Das hat nicht geklappt'],
    ['en/nicht-gezaehlt.html', 'That did not work'],
  ] as const) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  portal = await startTestPortal({
    site: await loadSite(directory),
    onLog: (line) => log.push(line),
  })
})
after(async () => {
  await portal.close()
  await rm(directory, { recursive: true })
})
beforeEach(async () => {
  await portal.database.kysely.deleteFrom('feedback').execute()
  await portal.database.kysely.deleteFrom('network_budgets').execute()
})

const FORM = { page: 'information', language: 'de', helpful: 'yes' }

const send = (
  fields: Readonly<Record<string, string>> | string,
  headers: Readonly<Record<string, string>> = {},
) =>
  fetch(`${portal.origin}/api/v1/feedback`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: TEST_ORIGIN,
      ...headers,
    },
    body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  })

const counts = async () => must(await portal.link.feedback(undefined)).counts

test('an answer is counted, and thanked for in the language of the page, without a cookie', async () => {
  for (const [language, path] of [
    ['de', '/danke'],
    ['de', '/danke'],
    ['de-simple', '/leichte-sprache/danke'],
    ['en', '/en/danke'],
  ] as const) {
    const answer = await send({ ...FORM, language })
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), path)
    assert.equal(answer.headers.get('set-cookie'), null)
  }
  assert.deepEqual(
    (await counts()).map(({ language, helpful, count }) => [language, helpful, count]).sort(),
    [
      ['de', 'yes', 2],
      ['de-simple', 'yes', 1],
      ['en', 'yes', 1],
    ],
  )
})

test('a hundred answers at once are counted one by one, and no more than the budget', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => send(FORM)))
  const counted = answers.filter(({ status }) => status === 303).length
  assert.ok(counted >= FEEDBACK_PER_MINUTE && counted < 100, String(counted))
  assert.equal((await counts())[0]?.count, counted)
  assert.equal(answers.filter(({ status }) => status === 429).length, 100 - counted)
})

test('the office asks from a day on, and for days that exist', async () => {
  await send(FORM)
  const [first] = await counts()
  assert.deepEqual(must(await portal.link.feedback(first?.day)).counts, [first])
  assert.deepEqual(must(await portal.link.feedback('2999-12-31')).counts, [])
  const refused = await portal.link.feedback('2026-02-31')
  assert.ok(!refused.ok && refused.code === 'request.invalid')
})

test('counters that nobody fetched go after forty days', async () => {
  await send(FORM)
  const db = portal.database.kysely
  await sql`update feedback set day = day - ${sql.lit(FEEDBACK_DAYS)}`.execute(db)
  const job = portalJobs(portal.portal).find(({ name }) => name === 'short-lived-rows')
  await job?.run(new AbortController().signal)
  assert.equal((await counts()).length, 1)
  await sql`update feedback set day = day - 1`.execute(db)
  await job?.run(new AbortController().signal)
  assert.deepEqual(await counts(), [])
})

describe('what is refused is a page, never an error of the server, and counts nothing', () => {
  const long = `page=information&language=en&helpful=yes&x=${'a'.repeat(600)}`
  for (const [name, body, headers, status, text] of [
    ['no field', '', {}, 400, 'nicht geklappt'],
    ['an unknown answer', { ...FORM, helpful: 'maybe' }, {}, 400, 'nicht geklappt'],
    ['an unknown page', { ...FORM, page: '../etc', language: 'en' }, {}, 400, 'did not work'],
    ['an unknown language', { ...FORM, language: '//evil.example' }, {}, 400, 'nicht geklappt'],
    ['a field too many', { ...FORM, name: 'Erika' }, {}, 400, 'nicht geklappt'],
    ['a field twice', 'page=information&language=de&helpful=yes&helpful=x', {}, 400, 'geklappt'],
    ['broken escapes', 'page=%E0%A4%A&language=%00&helpful=yes', {}, 400, 'nicht geklappt'],
    ['a prototype', '__proto__=x&constructor=y', {}, 400, 'nicht geklappt'],
    ['too much', long, {}, 413, 'nicht geklappt'],
    ['another kind of body', '{}', { 'content-type': 'text/plain' }, 415, 'nicht geklappt'],
    ['a foreign page', FORM, { origin: 'https://evil.example' }, 403, 'nicht geklappt'],
    ['a foreign frame', FORM, { 'sec-fetch-site': 'cross-site' }, 403, 'nicht geklappt'],
    ['no word of its origin', FORM, { origin: 'null' }, 403, 'nicht geklappt'],
  ] as const) {
    test(name, async () => {
      const answer = await send(body, headers)
      assert.equal(answer.status, status)
      assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
      assert.match(await answer.text(), new RegExp(text))
      assert.deepEqual(await counts(), [])
    })
  }
})

test('no table and no line of the log tells who answered', async () => {
  log.splice(0)
  await send(
    { ...FORM, helpful: 'no' },
    { 'user-agent': 'Canary/7', 'x-forwarded-for': '203.0.113.9' },
  )
  const { rows } = await sql`select * from feedback`.execute(portal.database.kysely)
  const budgets = await portal.database.kysely.selectFrom('network_budgets').selectAll().execute()
  assert.deepEqual(
    budgets.map(({ network }) => network),
    ['everybody'],
  )
  const told = JSON.stringify([rows, log])
  for (const trace of ['Canary', '203.0.113.9', '127.0.0.1']) assert.ok(!told.includes(trace))
  assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), [
    'count',
    'day',
    'helpful',
    'language',
    'page',
  ])
})
