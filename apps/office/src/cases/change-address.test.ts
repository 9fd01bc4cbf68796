// The promises about a move: no letter goes to the old address that can still be stopped, and nobody redirects a PIN alone.
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AddressInput } from '@einmal-pin/wire/office-api'
import { pushCommands } from '../courier/push-commands.ts'
import { openPdf } from '../letter-check/open-pdf.ts'
import { applyStatus } from '../print/apply-status.ts'
import { copyLetter } from '../print/copy-letter.ts'
import { handOverLetters } from '../print/hand-over.ts'
import { makeOrderedLetters } from '../print/make-letters.ts'
import { settleRuns } from '../print/settle-runs.ts'
import { startRun } from '../print/start-run.ts'
import { writeStopList } from '../print/stop-list.ts'
import { NEW_HOME } from '../testing/case-csv.ts'
import { openTasksOf } from '../testing/case-rows.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase } from '../testing/published-case.ts'
import { standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { changeAddress } from './change-address.ts'
import { endCase } from './end-case.ts'
import { reissue } from './order-letter.ts'

const never = new AbortController().signal

let at: TestOffice
before(async () => {
  at = await openTestOffice()
  await introducePrintCentre(at.dataDir)
})
after(() => at[Symbol.asyncDispose]())

const move = (caseId: string, changes: Partial<AddressInput> = {}, actor = 'core-system') =>
  changeAddress(at.office, caseId, { ...NEW_HOME, ...changes }, actor)

/** Every waiting letter is made and accepted by the portal. */
async function print(): Promise<void> {
  const { office } = at
  await office.database.transaction((transaction) => startRun(transaction, office.clock, 'test'))
  await makeOrderedLetters(office, never)
  await pushCommands(office, standInPortal(office.secrets.receiptKey), never)
}

async function handOver(): Promise<void> {
  await settleRuns(at.office)
  await handOverLetters(at.office, never)
}

async function lettersOutside(): Promise<readonly string[]> {
  const folder = join(at.dataDir, 'outbox')
  const bundles = await readdir(folder).catch(() => [])
  const names = await Promise.all(bundles.map((bundle) => readdir(join(folder, bundle))))
  return names.flat()
}

const rounds = (caseId: string) =>
  at.office.database.kysely
    .selectFrom('rounds')
    .select(['letter_state', 'pin_state'])
    .where('case_id', '=', caseId)
    .orderBy('round')
    .execute()

test('a letter that has not left is thrown away, and the next one goes to the new address', async () => {
  const { caseId } = await openedCase(at.office)
  await print()
  await move(caseId)
  await handOver()
  assert.ok(!(await lettersOutside()).includes(`${caseId}-1.age`))
  assert.equal((await rounds(caseId))[0]?.letter_state, 'withdrawn')
  await print()
  await handOver()
  assert.ok((await lettersOutside()).includes(`${caseId}-2.age`))
  const { street, address_changed_on: changedOn } = await at.office.database.kysely
    .selectFrom('cases')
    .select(['street', 'address_changed_on'])
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  assert.equal(street, 'Neuer Weg')
  assert.ok(changedOn !== null)
})

test('a letter at the print centre is stopped and replaced at once; the same move again changes nothing', async () => {
  const { caseId } = await openedCase(at.office)
  await print()
  await handOver()
  await move(caseId)
  await move(caseId)
  assert.ok((await writeStopList(at.office)) > 0)
  assert.ok((await readdir(join(at.dataDir, 'stop-list'))).includes(`${caseId}-1.json`))
  await makeOrderedLetters(at.office, never)
  const [old, fresh, ...more] = await rounds(caseId)
  assert.deepEqual([old?.pin_state, fresh?.pin_state, more], ['superseded', 'live', []])
})

test('the copy of a letter says what it said, not what its case says now', async () => {
  const { caseId, opening } = await openedCase(at.office)
  await print()
  await handOver()
  await move(caseId)
  const copy = await copyLetter(at.office, `${caseId}-1`, 'test')
  const read = await openPdf(copy)
  const text = read.pages.map((page) => page.text).join('')
  read.close()
  assert.ok(text.includes(opening.street) && !text.includes('Neuer Weg'))
  assert.ok(text.includes('•••• •••• •••• ••••'))
  await assert.rejects(copyLetter(at.office, 'c00000000000-1', 'test'), { code: 'letter.noCopy' })
})

test('a letter in the post is left alone: it may be forwarded', async () => {
  const { caseId } = await openedCase(at.office)
  await print()
  await handOver()
  const posted = { letterId: `${caseId}-1`, outcome: 'posted', postedOn: '2026-11-30' } as const
  await applyStatus(at.office, [posted])
  await move(caseId)
  assert.deepEqual(await rounds(caseId), [{ letter_state: 'posted', pin_state: 'live' }])
})

test('only the core system moves people, every wrong field is named, and a closed case stays as it is', async () => {
  const { caseId } = await openedCase(at.office)
  await assert.rejects(move(caseId, {}, 'Anna'), { code: 'address.coreSystem' })
  await assert.rejects(move(caseId, { postcode: '123', country: 'XX', street: ' ' }), (error) => {
    const { code, extra } = error as { code: string; extra: { problems: { field: string }[] } }
    assert.equal(code, 'import.rejected')
    assert.deepEqual(
      extra.problems.map(({ field }) => field),
      ['country', 'street'],
    )
    return true
  })
  await assert.rejects(move('c00000000000'), { code: 'case.none' })
  await endCase(at.office, caseId, 'death', 'test')
  await assert.rejects(move(caseId), { code: 'action.notAllowed' })
})

test('a new PIN to a fresh address needs two people, and neither of them twice', async () => {
  const { caseId } = await openedCase(at.office)
  await print()
  await move(caseId)
  await print()
  const refused = { code: 'reissue.fourEyes' }
  await assert.rejects(reissue(at.office, caseId, 'lost', 'Anna'), refused)
  await assert.rejects(reissue(at.office, caseId, 'lost', 'Anna'), refused)
  assert.deepEqual(await openTasksOf(at.office, caseId), [
    { kind: 'secondPerson', code: 'reissue.fourEyes' },
  ])
  // Another address: what Anna said was about the one before.
  await move(caseId, { houseNumber: '8' })
  await print()
  await assert.rejects(reissue(at.office, caseId, 'lost', 'Berta'), refused)
  // Whoever orders online is nobody: it neither counts nor takes Berta's word away.
  await assert.rejects(reissue(at.office, caseId, 'online', 'portal'), refused)
  await reissue(at.office, caseId, 'lost', 'Anna')
  assert.deepEqual(await openTasksOf(at.office, caseId), [])
  const asked = await at.office.database.kysely
    .selectFrom('reissue_requests')
    .select(['requested_by', 'approved_by'])
    .where('case_id', '=', caseId)
    .execute()
  assert.deepEqual(asked, [{ requested_by: 'Berta', approved_by: 'Anna' }])
  // The database holds it too.
  const alone = { request_id: 'x', case_id: caseId, reason: 'lost', requested_by: 'Carla' }
  const insert = at.office.database.kysely
    .insertInto('reissue_requests')
    .values({ ...alone, requested_at: at.office.clock.sqlOnce, approved_by: 'Carla' })
  await assert.rejects(insert.execute(), { code: '23514' })
})
