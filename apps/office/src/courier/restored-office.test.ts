// The promises about an office from a backup: its commands take effect although the portal knows their numbers, and no letter of it misleads.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { ReissueMode } from '@einmal-pin/wire/office-link'
import { readRounds } from '../cases/case-rows.ts'
import { changeCard } from '../cases/change-card.ts'
import { endCase } from '../cases/end-case.ts'
import { commandsOf, makeCommandsDue, openTasksOf, stateOfCase } from '../testing/case-rows.ts'
import { openedCase, publishedCase } from '../testing/published-case.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { enqueueCommand } from './commands.ts'
import { runCourier } from './courier.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())
beforeEach(async () => {
  portal = standInPortal(at.office.secrets.receiptKey)
  await run()
  portal.commands_.splice(0)
})

const run = () => runCourier(at.office, portal, never)
const commands = (caseId: string) => commandsOf(at.office, caseId)
const arrived = (caseId: string) =>
  portal.commands_
    .filter((one) => one.caseId === caseId)
    .map(({ number, body }) => [number, JSON.parse(body).type])
const NEW_CARD = '80276883110000099999'

test('a first try that the portal finds too old is given a higher number and takes effect', async () => {
  const { caseId } = await publishedCase(at.office)
  portal.numbers_.set(caseId, 7)
  await endCase(at.office, caseId, 'death', 'test')
  await run()
  assert.deepEqual(arrived(caseId), [[8, 'revoke']])
  const last = (await commands(caseId)).at(-1)
  assert.deepEqual([last?.number, last?.state], [8, 'applied'])
})

test('all that waits keeps its order, and what comes later is numbered on', async () => {
  const { caseId } = await publishedCase(at.office)
  portal.numbers_.set(caseId, 3)
  await changeCard(at.office, caseId, NEW_CARD, 'test')
  await endCase(at.office, caseId, 'openedInError', 'test')
  await run()
  assert.deepEqual(arrived(caseId), [
    [4, 'secondFactors'],
    [5, 'revoke'],
  ])
  const command = { type: 'revoke', eraseDraft: true } as const
  const next = await at.office.database.transaction((transaction) =>
    enqueueCommand(transaction, at.office.clock, caseId, command),
  )
  assert.equal(next, 6)
  await run()
})

test('the same number under other bytes is renumbered too', async () => {
  const { caseId } = await publishedCase(at.office)
  await endCase(at.office, caseId, 'death', 'test')
  const honest = portal.command
  const conflict: typeof portal.command = async (id, number, body) =>
    number === 2
      ? { ok: false, code: 'command.conflict', status: 409, extra: { number: 2 } }
      : honest(id, number, body)
  await runCourier(at.office, { ...portal, command: conflict }, never)
  assert.deepEqual(arrived(caseId), [[3, 'revoke']])
})

test('an answer that was lost counts as applied when the portal says that the number is old', async () => {
  const { caseId } = await publishedCase(at.office)
  await changeCard(at.office, caseId, NEW_CARD, 'test')
  portal.refusals.push('network')
  await run()
  await makeCommandsDue(at.office)
  portal.refusals.push('command.outdated')
  await run()
  const last = (await commands(caseId)).at(-1)
  assert.deepEqual([last?.number, last?.state], [2, 'applied'])
  assert.deepEqual(arrived(caseId), [])
})

test('everything is compared in the next round, for this case was not the only one', async () => {
  const { caseId } = await publishedCase(at.office)
  portal.numbers_.set(caseId, 7)
  await endCase(at.office, caseId, 'death', 'test')
  await run()
  const idle = await publishedCase(at.office)
  portal.cases_.push({ caseId: idle.caseId, round: 1, number: 9, state: 'open' })
  await run()
  const row = await at.office.database.kysely
    .selectFrom('cases')
    .select('last_command')
    .where('case_id', '=', idle.caseId)
    .executeTakeFirstOrThrow()
  assert.equal(row.last_command, 9)
})

/** A letter that was made and waits for the portal's answer, without the letter child. */
async function madeLetter(caseId: string, round: number, reissue: ReissueMode): Promise<void> {
  const { database, clock } = at.office
  const letter_id = `${caseId}-${round}`
  await database.transaction(async (transaction) => {
    await transaction
      .insertInto('rounds')
      .values({
        ...{ case_id: caseId, round, letter_id, reissue, pin_state: 'live', letter_state: 'made' },
        ...{ letter_date: '2026-11-24', last_day: '2026-12-25', made_on: '2026-11-24' },
        ...{ expires_at: new Date('2026-12-25T23:00:00Z'), kek_wrap: 'wrap' },
      })
      .execute()
    await transaction
      .insertInto('letter_orders')
      .values({
        ...{ order_id: letter_id, case_id: caseId, reissue, round, letter_id, state: 'made' },
        ...{ ordered_at: clock.sql, ordered_by: 'test' },
      })
      .execute()
    await enqueueCommand(transaction, clock, caseId, {
      ...{ type: 'publish', round, reissue, identity: 'A'.repeat(43), opaqueRecord: 'AAAA' },
      ...{ secondFactors: ['A'.repeat(43)], wrappedSecret: 'AAAA', package: 'AAAA' },
      ...{ letterDate: '2026-11-24', lastDay: '2026-12-25', expiresAt: '2026-12-25T23:00:00.000Z' },
    })
  })
}

const orderOf = (caseId: string, round: number) =>
  at.office.database.kysely
    .selectFrom('letter_orders')
    .select(['state', 'round', 'code'])
    .where('order_id', '=', `${caseId}-${round}`)
    .executeTakeFirstOrThrow()

test('a letter of an old number never leaves: it is made again with a new PIN', async () => {
  const { caseId } = await publishedCase(at.office)
  await madeLetter(caseId, 2, 'lost')
  portal.numbers_.set(caseId, 5)
  await run()
  assert.deepEqual(arrived(caseId), [])
  assert.deepEqual(await orderOf(caseId, 2), { state: 'making', round: null, code: null })
  const [old, withdrawn] = await readRounds(at.office.database.kysely, caseId)
  assert.equal(old?.pin_state, 'live')
  assert.deepEqual([withdrawn?.pin_state, withdrawn?.letter_state], ['revoked', 'withdrawn'])
  const publication = (await commands(caseId)).at(-1)
  assert.deepEqual([publication?.state, publication?.body], ['refused', null])
})

test('a first letter of a case that the portal has already is withdrawn, and a clerk decides', async () => {
  const { caseId } = await openedCase(at.office)
  await at.office.database.kysely
    .deleteFrom('letter_orders')
    .where('case_id', '=', caseId)
    .execute()
  await madeLetter(caseId, 1, 'none')
  portal.numbers_.set(caseId, 2)
  await run()
  assert.deepEqual(await orderOf(caseId, 1), {
    state: 'refused',
    round: 1,
    code: 'command.outdated',
  })
  assert.deepEqual(await openTasksOf(at.office, caseId), [
    { kind: 'commandRefused', code: 'command.outdated' },
  ])
  const [round] = await readRounds(at.office.database.kysely, caseId)
  assert.equal(round?.kek_wrap, null)
  assert.equal(await stateOfCase(at.office, caseId), 'published')
})

test('a number that no case can have reached is not believed', async () => {
  for (const number of [999_999_999, -1, 1.5, '9', undefined]) {
    const { caseId } = await publishedCase(at.office)
    await endCase(at.office, caseId, 'death', 'test')
    const command: typeof portal.command = async () => ({
      ...{ ok: false, code: 'command.outdated', status: 409, extra: { number } },
    })
    await runCourier(at.office, { ...portal, command }, never)
    const last = (await commands(caseId)).at(-1)
    assert.deepEqual([last?.number, last?.state], [2, 'refused'])
    assert.deepEqual(await openTasksOf(at.office, caseId), [
      { kind: 'commandRefused', code: 'command.outdated' },
    ])
  }
})

test('a portal that finds every number too old ends in a task, not in an endless round', async () => {
  const { caseId } = await publishedCase(at.office)
  await endCase(at.office, caseId, 'death', 'test')
  const command: typeof portal.command = async (_caseId, number) => ({
    ...{ ok: false, code: 'command.outdated', status: 409, extra: { number: number + 1 } },
  })
  await runCourier(at.office, { ...portal, command }, never)
  assert.equal((await commands(caseId)).at(-1)?.state, 'refused')
  assert.equal((await openTasksOf(at.office, caseId)).length, 1)
})
