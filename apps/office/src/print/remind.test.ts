// The promises about reminders: once a letter, on its day, without a PIN, and to nobody who has answered meanwhile.
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { addDays, type CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { SealingPair } from '@einmal-pin/vault/age'
import { openLetter } from '@einmal-pin/vault/letter-opening'
import { endCase } from '../cases/end-case.ts'
import { reissue } from '../cases/order-letter.ts'
import { todayIn } from '../cases/today.ts'
import { pushCommands } from '../courier/push-commands.ts'
import { probePdf } from '../letters/pdf-probe.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { publishedCase } from '../testing/published-case.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { controlRun } from './control-run.ts'
import { handOverLetters } from './hand-over.ts'
import { makeOrderedLetters } from './make-letters.ts'
import { remind } from './remind.ts'
import { settleRuns } from './settle-runs.ts'

let at: TestOffice
let portal: StandInPortal
let centre: SealingPair
const never = new AbortController().signal

before(async () => {
  at = await openTestOffice()
  portal = standInPortal(at.office.secrets.receiptKey)
  centre = await introducePrintCentre(at.dataDir)
})
after(() => at[Symbol.asyncDispose]())
// Letters of earlier tests are not reminded of again.
beforeEach(() =>
  at.office.database.kysely.updateTable('rounds').set({ reminded_on: '2026-01-01' }).execute(),
)

/** A posted letter whose letter date lies so many days back. */
async function postedCase(daysAgo: number): Promise<string> {
  const { caseId } = await publishedCase(at.office)
  const db = at.office.database.kysely
  const today = await todayIn(db, at.office.clock)
  const letterDate = addDays(today, -daysAgo)
  await db
    .updateTable('rounds')
    .set({
      letter_state: 'posted',
      letter_date: letterDate,
      posted_on: letterDate,
      reminded_on: null,
    })
    .set({ last_day: addDays(letterDate, 31) as CalendarDate })
    .where('case_id', '=', caseId)
    .execute()
  return caseId
}

async function leave(): Promise<void> {
  await makeOrderedLetters(at.office, never)
  await pushCommands(at.office, portal, never)
  await settleRuns(at.office)
  await handOverLetters(at.office, never)
}

async function left(caseId: string): Promise<readonly string[]> {
  const folder = join(at.dataDir, 'outbox')
  const bundles = await readdir(folder).catch(() => [])
  const files = await Promise.all(bundles.map((bundle) => readdir(join(folder, bundle))))
  return files.flat().filter((file) => file.startsWith(caseId))
}

test('a letter of day 18 is reminded of once, without a PIN, and nothing changes at the portal', async () => {
  const [due, early, late] = [await postedCase(18), await postedCase(17), await postedCase(27)]
  const before = portal.commands_.length
  assert.equal(await remind(at.office), 1)
  assert.equal(await remind(at.office), 0)
  await makeOrderedLetters(at.office, never)
  const { sealed, sha256 } = await at.office.database.kysely
    .selectFrom('sealed_letters')
    .selectAll()
    .where('letter_id', '=', `${due}-1-r`)
    .executeTakeFirstOrThrow()
  const pages = await probePdf(await openLetter(centre.identity, sealed, sha256))
  const text = pages.map((page) => page.text).join(' ')
  assert.match(text, /Erinnerung/)
  assert.doesNotMatch(text.replace(/[\u00a0\s]/gu, ' '), /\d{4} \d{4} \d{4} \d{4}/)
  await leave()
  assert.deepEqual(await left(due), [`${due}-1-r.age`])
  assert.deepEqual([...(await left(early)), ...(await left(late))], [])
  assert.equal(portal.commands_.length, before)
})

test('who answered on paper, died or got a new PIN after the night is not reminded', async () => {
  const cases = [
    await postedCase(19),
    await postedCase(19),
    await postedCase(19),
    await postedCase(19),
  ]
  const [beforeMade, beforePosted, replaced, stays] = cases
  assert.ok(beforeMade && beforePosted && replaced && stays)
  assert.equal(await remind(at.office), 4)
  await endCase(at.office, beforeMade, 'answeredOnPaper', 'test')
  await makeOrderedLetters(at.office, never)
  await endCase(at.office, beforePosted, 'death', 'test')
  await reissue(at.office, replaced, 'lost', 'test')
  await leave()
  assert.deepEqual(await left(beforeMade), [])
  assert.deepEqual(await left(beforePosted), [])
  assert.deepEqual(await left(replaced), [`${replaced}-2.age`])
  assert.deepEqual(await left(stays), [`${stays}-1-r.age`])
})

test('a reminder whose run was cancelled is made again', async () => {
  const caseId = await postedCase(18)
  assert.equal(await remind(at.office), 1)
  await makeOrderedLetters(at.office, never)
  const { run_id: runId } = await at.office.database.kysely
    .selectFrom('letter_orders')
    .select('run_id')
    .where('letter_id', '=', `${caseId}-1-r`)
    .executeTakeFirstOrThrow()
  await controlRun(at.office, runId ?? '', 'cancel', 'test')
  assert.equal(await remind(at.office), 1)
  await leave()
  assert.deepEqual(await left(caseId), [`${caseId}-1-r.age`])
})

test('a letter that was never posted is not reminded of', async () => {
  const caseId = await postedCase(20)
  await at.office.database.kysely
    .updateTable('rounds')
    .set({ letter_state: 'made' })
    .where('case_id', '=', caseId)
    .execute()
  assert.equal(await remind(at.office), 0)
})
