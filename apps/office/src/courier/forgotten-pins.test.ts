// The promise about dead PINs: the record and the wrapped secret that could open one leave the office's database with it.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Fact } from '@einmal-pin/wire/office-link'
import { endCase } from '../cases/end-case.ts'
import { reissue } from '../cases/order-letter.ts'
import { commandsOf } from '../testing/case-rows.ts'
import { publishedCase, publishRound } from '../testing/published-case.ts'
import { sendSubmission } from '../testing/sent-submission.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { applyFact } from './apply-facts.ts'
import { runCourier } from './courier.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())
beforeEach(() => {
  portal = standInPortal(at.office.secrets.receiptKey)
})

/** For each publication of the case, whether the office still has what opens its PIN. */
const kept = async (caseId: string) =>
  (await commandsOf(at.office, caseId))
    .filter(({ type }) => type === 'publish')
    .map(({ body }) => body !== null)

const fact = (type: Fact['type'], caseId: string, round: number, more: object = {}): Fact =>
  ({ id: `${type}-${caseId}-${round}`, caseId, round, type, day: '2026-11-24', ...more }) as Fact

test('a living PIN is kept, for a restored portal needs it', async () => {
  const { caseId } = await publishedCase(at.office)
  assert.deepEqual(await kept(caseId), [true])
})

test('a frozen, an expired and a used PIN are forgotten, each for itself', async () => {
  for (const type of ['locked', 'expired'] as const) {
    const { caseId } = await publishedCase(at.office)
    await publishRound(at.office, caseId, 2, 'online')
    await applyFact(at.office, fact(type, caseId, 1))
    assert.deepEqual(await kept(caseId), [false, true], type)
  }
  const sent = await publishedCase(at.office)
  const { receipt } = await sendSubmission(at, sent)
  await applyFact(at.office, fact('submitted', sent.caseId, 1, { receipt }))
  assert.deepEqual(await kept(sent.caseId), [false])
})

test('a replaced PIN is forgotten when the new letter is ordered, not when it is made', async () => {
  const { caseId } = await publishedCase(at.office)
  await reissue(at.office, caseId, 'lost', 'test')
  assert.deepEqual(await kept(caseId), [false])
})

test('a revoked case forgets its PIN, also where the answer to its publication comes later', async () => {
  for (const reason of ['death', 'openedInError', 'answeredOnPaper'] as const) {
    const { caseId } = await publishedCase(at.office)
    await at.office.database.kysely
      .updateTable('commands')
      .set({ state: 'pending' })
      .where('case_id', '=', caseId)
      .execute()
    await endCase(at.office, caseId, reason, 'test')
    assert.deepEqual(await kept(caseId), [true], 'it has still to be carried over')
    await runCourier(at.office, portal, never)
    assert.deepEqual(await kept(caseId), [false], reason)
    const told = portal.commands_.filter((one) => one.caseId === caseId)
    assert.deepEqual(
      told.map(({ body }) => JSON.parse(body).type),
      ['publish', 'revoke'],
    )
  }
})

test('a publication that the portal refused is forgotten with its letter', async () => {
  const { caseId } = await publishedCase(at.office)
  await at.office.database.kysely
    .updateTable('commands')
    .set({ state: 'pending' })
    .where('case_id', '=', caseId)
    .execute()
  portal.refusals.push('command.notAllowed')
  await runCourier(at.office, portal, never)
  assert.deepEqual(await kept(caseId), [false])
})
