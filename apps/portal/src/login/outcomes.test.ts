// What fully right data learn in every state of a PIN, which second factors count, and how a new letter takes over.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  addDays,
  BERLIN,
  type CalendarDate,
  calendarDateIn,
} from '@einmal-pin/domain/calendar-date'
import { sql } from 'kysely'
import { must } from '../testing/browser.ts'
import { type Letter, mustApply, reissueLetter, secondFactorsOf } from '../testing/issue.ts'
import { credentialsOf } from '../testing/person.ts'
import { startTestPortal } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

const today = calendarDateIn(BERLIN, new Date())

async function outcomeOf(letter: Letter, credentials = letter.credentials) {
  const result = await portal.browser().login(credentials)
  return result.ok ? result.value : result.code
}

async function submitted() {
  const letter = await portal.issue()
  const open = await portal.browser().open(letter.credentials)
  const draft = must(await open.save({ a: 1 }))
  const receipt = must(await open.submit(await open.prepare({ a: 1 }, draft)))
  return { letter, receipt }
}

describe('fully right data hear', () => {
  test('open, with what the browser needs', async () => {
    const letter = await portal.issue()
    const { wrappedSecret, lastDay, expiresAt } = letter.command
    const { caseId } = letter
    const expected = { outcome: 'open', caseId, round: 1, wrappedSecret, lastDay, expiresAt }
    assert.deepEqual(await outcomeOf(letter), expected)
  })

  test('submitted, with time and Eingangsnummer, before and after the office has fetched it', async () => {
    const { letter, receipt } = await submitted()
    const { receiptNumber, receivedAt: submittedAt } = receipt
    const expected = { outcome: 'submitted', submittedAt, receiptNumber }
    assert.deepEqual(await outcomeOf(letter), expected)
    const { manifestSha256 } = receipt
    const acknowledgement = 'A'.repeat(43)
    must(
      await portal.link.acknowledge(letter.caseId, { round: 1, manifestSha256, acknowledgement }),
    )
    assert.deepEqual(await outcomeOf(letter), expected)
  })

  test('expired, with the last day, whether or not the job has run', async () => {
    const letter = await portal.issue({ letterDate: addDays(today, -40) as CalendarDate })
    assert.deepEqual(await outcomeOf(letter), { outcome: 'expired', lastDay: letter.lastDay })
  })

  test('open on the last day', async () => {
    const letter = await portal.issue({ letterDate: addDays(today, -31) })
    assert.equal(letter.lastDay, today)
    assert.ok((await portal.browser().login(letter.credentials)).ok)
    assert.notDeepEqual(await outcomeOf(letter), { outcome: 'expired', lastDay: today })
  })

  // Midnight cannot be hurried: the last day moves back instead, while the case is held.
  const ENDS = [
    { outcome: 'expired', end: sql`update pins set last_day = last_day - 1 where case_id = ` },
    { outcome: 'closed', end: sql`update cases set state = 'revoked' where case_id = ` },
  ]
  for (const { outcome, end } of ENDS) {
    for (const earlierLogins of [0, 1]) {
      test(`${outcome} when that happens while the login waits for the case, after ${earlierLogins} logins`, async () => {
        const letter = await portal.issue({ letterDate: addDays(today, -31) })
        const browser = portal.browser()
        if (earlierLogins > 0) assert.ok((await browser.login(letter.credentials)).ok)
        const step = await browser.start(letter.credentials)
        assert.ok(step.ok && step.finished !== undefined)
        const { loginId, finished } = step
        const { finishLoginRequest } = finished
        const { secondFactor } = letter.credentials
        const waiting = await portal.database.transaction(async (tx) => {
          await sql`select from cases where case_id = ${letter.caseId} for update`.execute(tx)
          const answer = browser.portal.loginFinish({ loginId, finishLoginRequest, secondFactor })
          await new Promise((resolve) => setTimeout(resolve, 200))
          await sql`${end}${letter.caseId}`.execute(tx)
          return { answer }
        })
        assert.equal(must(await waiting.answer).outcome, outcome)
      })
    }
  }

  test('open again and again, each time with a session of its own and no wrong try left behind', async () => {
    const letter = await portal.issue()
    for (let index = 0; index < 8; index += 1) {
      assert.ok((await portal.browser().login(letter.credentials)).ok)
    }
    const { kysely } = portal.database
    const { rows } = await sql<{ sessions: number; failures: number }>`
      select (select count(*) from sessions where case_id = ${letter.caseId}) as sessions,
        (select max(a.failures) from network_attempts a join pins p using (identity)
          where p.case_id = ${letter.caseId}) as failures`.execute(kysely)
    assert.deepEqual(rows, [{ sessions: 8, failures: 0 }])
  })

  test('closed after a revocation, by every letter of the case', async () => {
    const first = await portal.issue()
    const second = await reissueLetter(portal.office, portal.link, first, 'lost')
    await mustApply(portal.link, first.caseId, 3, { type: 'revoke', eraseDraft: false })
    assert.deepEqual(await outcomeOf(first), { outcome: 'closed' })
    assert.deepEqual(await outcomeOf(second), { outcome: 'closed' })
  })

  test('nothing with a wrong second factor, whatever the state', async () => {
    const { letter } = await submitted()
    const credentials = { ...letter.credentials, secondFactor: 'A'.repeat(43) }
    assert.equal(await outcomeOf(letter, credentials), 'login.failed')
  })
})

describe('the second factor', () => {
  test('may be the current card, the previous card or the birth date', async () => {
    const letter = await portal.issue()
    for (const factor of ['card', 'previousCard', 'birthDate'] as const) {
      const credentials = await credentialsOf(letter.person, letter.pin, factor)
      assert.ok((await portal.browser().login(credentials)).ok, factor)
    }
  })

  test('follows a replaced card, and neither PIN nor draft suffers', async () => {
    const letter = await portal.issue()
    const open = await portal.browser().open(letter.credentials)
    must(await open.save({ kept: true }))
    const person = { ...letter.person, card: '999999', previousCard: letter.person.card }
    const secondFactors = await secondFactorsOf(portal.office, person)
    const command = { type: 'secondFactors', round: 1, secondFactors } as const
    await mustApply(portal.link, letter.caseId, 2, command)
    const again = await portal.browser().open(await credentialsOf(person, letter.pin))
    assert.deepEqual(await again.readDraft(), { kept: true })
    const oldest = await credentialsOf(letter.person, letter.pin, 'previousCard')
    assert.equal(await outcomeOf(letter, oldest), 'login.failed')
  })
})

describe('a new letter', () => {
  test('ordered by telephone kills the old PIN at once; the draft goes on', async () => {
    const first = await portal.issue()
    const open = await portal.browser().open(first.credentials)
    must(await open.save({ kept: true }))
    const second = await reissueLetter(portal.office, portal.link, first, 'lost')
    const gone = await open.client.draft()
    assert.ok(!gone.ok && gone.status === 410 && gone.code === 'case.superseded')
    assert.deepEqual(await outcomeOf(first), { outcome: 'superseded' })
    const again = await portal.browser().open(second.credentials)
    const draft = await again.client.draft()
    assert.ok(draft.ok && draft.headers.get('ep-round') === '1')
  })

  test('a first login is told once for each letter, by its day', async () => {
    const first = await portal.issue()
    for (let time = 0; time < 2; time += 1) await portal.browser().open(first.credentials)
    const second = await reissueLetter(portal.office, portal.link, first, 'lost')
    for (let time = 0; time < 2; time += 1) await portal.browser().open(second.credentials)
    const { facts } = must(await portal.link.outbox())
    const told = facts.filter(
      (fact) => fact.caseId === first.caseId && fact.type === 'firstLogin' && fact.day === today,
    )
    assert.deepEqual(told.map(({ round }) => round).sort(), [1, 2])
  })

  test('ordered online leaves the old PIN alive until the first login with the new one', async () => {
    const first = await portal.issue()
    const second = await reissueLetter(portal.office, portal.link, first, 'online')
    const old = await portal.browser().open(first.credentials)
    must(await old.save({ before: true }))
    assert.deepEqual(await old.readPackage(), { form: 'test', known: {} })

    const fresh = await portal.browser().open(second.credentials)
    assert.equal(fresh.round, 2)
    assert.deepEqual(await outcomeOf(first), { outcome: 'superseded' })
    const gone = await old.client.session()
    assert.ok(!gone.ok && gone.code === 'case.superseded')
    const { facts } = must(await portal.link.outbox())
    const switched = facts.filter((fact) => fact.type === 'switched' && fact.round === 2)
    assert.ok(switched.some(({ caseId }) => caseId === first.caseId))
  })

  test('ordered online is no kill switch: the person sends with the old PIN, then the new one hears so', async () => {
    const first = await portal.issue()
    const second = await reissueLetter(portal.office, portal.link, first, 'online')
    const open = await portal.browser().open(first.credentials)
    const draft = must(await open.save({}))
    const { receiptNumber } = must(await open.submit(await open.prepare({}, draft)))
    const outcome = await outcomeOf(second)
    assert.ok(typeof outcome === 'object' && outcome.outcome === 'submitted')
    assert.equal(outcome.receiptNumber, receiptNumber)
  })

  test('after a theft starts from nothing: draft and documents are gone', async () => {
    const first = await portal.issue()
    const open = await portal.browser().open(first.credentials)
    must(await open.save({ secret: true }))
    await open.upload(new Uint8Array(1000))
    const second = await reissueLetter(portal.office, portal.link, first, 'stolen')
    const again = await portal.browser().open(second.credentials)
    const draft = await again.client.draft()
    assert.equal(draft.status, 204)
    assert.deepEqual(must(await again.client.documents()).documents, [])
  })

  test('opens a frozen or expired case again', async () => {
    const expired = await portal.issue({ letterDate: addDays(today, -40) })
    const second = await reissueLetter(portal.office, portal.link, expired, 'lost')
    assert.ok((await portal.browser().login(second.credentials)).ok)
    assert.deepEqual(await outcomeOf(expired), { outcome: 'superseded' })
  })
})
