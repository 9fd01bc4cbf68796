// The promises about the audit trail: append-only, in the action's own transaction, and without a Versichertennummer.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { endCase } from '../cases/end-case.ts'
import { openedCase, publishedCase } from '../testing/published-case.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { record } from './audit.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const rowsOf = (subject: string) =>
  at.office.database.kysely
    .selectFrom('audit')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('seq')
    .execute()

describe('the audit trail', () => {
  test('cannot be changed, shortened or emptied', async () => {
    await openedCase(at.office)
    const db = at.office.database.kysely
    for (const statement of [
      sql`update audit set actor = 'x'`,
      sql`delete from audit`,
      sql`truncate audit`,
    ]) {
      await assert.rejects(statement.execute(db), /append-only/)
    }
  })

  test('an action that fails leaves no row, and a row that fails undoes the action', async () => {
    const { caseId } = await openedCase(at.office)
    await endCase(at.office, caseId, 'openedInError', 'Frau Beispiel')
    const before = await rowsOf(caseId)
    await assert.rejects(endCase(at.office, caseId, 'openedInError', 'Frau Beispiel'))
    assert.deepEqual(await rowsOf(caseId), before)
    const other = await openedCase(at.office)
    const undone = at.office.database.transaction(async (transaction) => {
      await transaction
        .updateTable('cases')
        .set({ state: 'revoked' })
        .where('case_id', '=', other.caseId)
        .execute()
      const entry = { actor: 'test', action: 'case.revoked', subject: other.caseId } as const
      await record(transaction, at.office.clock, { ...entry, round: Number.NaN })
    })
    await assert.rejects(undone)
    const { state } = await at.office.database.kysely
      .selectFrom('cases')
      .select('state')
      .where('case_id', '=', other.caseId)
      .executeTakeFirstOrThrow()
    assert.equal(state, 'opened')
  })

  test('every action of a clerk says who, what and on which case, and never the number or name', async () => {
    const { caseId, opening } = await publishedCase(at.office)
    const as = (path: string, payload: object = {}) =>
      at.app.inject({
        method: 'POST',
        url: `/api/v1/cases/${caseId}/${path}`,
        headers: at.asCore,
        payload,
      })
    await as('second-factors', { cardNumber: '80276883110000055555' })
    await as('reissue', { reason: 'lost' })
    await as('revoke', { reason: 'death' })
    const rows = await rowsOf(caseId)
    const actions = rows.filter(({ actor }) => actor === 'core-system').map(({ action }) => action)
    assert.deepEqual(actions, ['card.changed', 'letter.ordered', 'case.revoked'])
    const all = JSON.stringify(
      await at.office.database.kysely.selectFrom('audit').selectAll().execute(),
    )
    for (const personal of [opening.kvnr, opening.lastName, opening.cardSuffix ?? '', '055555']) {
      assert.ok(!all.includes(personal))
    }
  })
})
