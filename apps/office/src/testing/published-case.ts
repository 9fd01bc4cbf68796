// A case whose letter is out, made without the letter child: the test knows the secret, as the person's browser would.
import { parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import { expiresAt, lastDay } from '@einmal-pin/domain/validity'
import { type CaseKeys, deriveCaseKeys, newCaseSecret } from '@einmal-pin/vault/case-secret'
import { wrapForOffice } from '@einmal-pin/vault/kek'
import type { ReissueMode } from '@einmal-pin/wire/office-link'
import { type NewCase, parseCaseInput } from '../cases/case-input.ts'
import { openCases } from '../cases/open-cases.ts'
import { todayIn } from '../cases/today.ts'
import { commandApplied } from '../courier/command-effects.ts'
import { enqueueCommand } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import { encodeWrap } from '../secrets/wrap-text.ts'
import { goodInput } from './case-csv.ts'

export interface PublishedCase {
  readonly caseId: string
  readonly round: number
  readonly keys: CaseKeys
  readonly opening: NewCase
}

let references = 0

export async function openedCase(
  office: Office,
  changes: Record<string, unknown> = {},
): Promise<{ readonly caseId: string; readonly opening: NewCase }> {
  references += 1
  const caseRef = `P-${references}`
  const today = await todayIn(office.database.kysely, office.clock)
  const input = goodInput({ caseRef, ...changes })
  const rules = { forms: await office.forms.current(), cardDigits: office.tenant.cardDigits, today }
  const parsed = parseCaseInput(input, rules)
  if (!parsed.ok) throw new TypeError(JSON.stringify(parsed.error))
  const context = { clock: office.clock, kek: office.secrets.kek, actor: 'test' }
  const [opened] = await office.database.transaction((transaction) =>
    openCases(transaction, [parsed.value], context),
  )
  if (opened === undefined) throw new TypeError('no case')
  return { caseId: opened.caseId, opening: parsed.value }
}

export async function publishedCase(
  office: Office,
  changes: Record<string, unknown> = {},
): Promise<PublishedCase> {
  const { caseId, opening } = await openedCase(office, changes)
  return { ...(await publishRound(office, caseId, 1, 'none')), opening }
}

/** The next round of a case as it stands after the portal has answered its publication. */
export async function publishRound(
  office: Office,
  caseId: string,
  round: number,
  reissue: ReissueMode,
  letterDate?: string,
): Promise<Omit<PublishedCase, 'opening'>> {
  const { database, clock, secrets } = office
  const secret = newCaseSecret()
  const kekWrap = encodeWrap(await wrapForOffice(secrets.kek, secret, caseId))
  const given = parseCalendarDate(letterDate ?? '')
  const day = given.ok ? given.value : await todayIn(database.kysely, clock)
  const last = lastDay(day)
  await database.transaction(async (transaction) => {
    await transaction
      .insertInto('rounds')
      .values({
        ...{ case_id: caseId, round, letter_id: `${caseId}-${round}`, reissue },
        ...{ pin_state: 'live', letter_state: 'posted', letter_date: day, last_day: last },
        ...{ expires_at: expiresAt(last), kek_wrap: kekWrap, made_on: day, posted_on: day },
      })
      .execute()
    const number = await enqueueCommand(transaction, clock, caseId, publication(round, reissue))
    await commandApplied(transaction, office, { case_id: caseId, number, type: 'publish', round })
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'handedOver', round })
      .where('case_id', '=', caseId)
      .where('state', '=', 'waiting')
      .execute()
  })
  return { caseId, round, keys: await deriveCaseKeys(secret) }
}

const publication = (round: number, reissue: ReissueMode) => ({
  type: 'publish' as const,
  ...{ round, reissue, identity: 'A'.repeat(43), secondFactors: ['A'.repeat(43)] },
  ...{ opaqueRecord: 'A', wrappedSecret: 'A', package: 'A' },
  ...{ letterDate: '2026-11-23', lastDay: '2026-12-24', expiresAt: '2026-12-24T23:00:00.000Z' },
})
