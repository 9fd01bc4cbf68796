// A new health card during the 31 days: the old number becomes the previous one, draft and PIN stay.
import { cardSuffixOf, parseCardNumber } from '@einmal-pin/domain/card-number'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from '../audit/audit.ts'
import { enqueueCommand } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import { actionsOf } from './case-detail.ts'
import { lockCase, readRounds } from './case-rows.ts'
import { secondFactorsOf } from './second-factors.ts'

/** Throws `case.none`, `action.notAllowed` or `import.cardNumber`. */
export async function changeCard(
  { database, clock, secrets, tenant, poke }: Office,
  caseId: string,
  cardNumber: string,
  actor: Actor,
): Promise<void> {
  const parsed = parseCardNumber(cardNumber)
  if (!parsed.ok) throw problem('import.cardNumber', { field: 'cardNumber' })
  const suffix = cardSuffixOf(parsed.value, tenant.cardDigits)
  await database.transaction(async (transaction) => {
    const row = await lockCase(transaction, caseId)
    const rounds = await readRounds(transaction, caseId)
    if (!actionsOf(row, rounds.at(-1)).includes('updateCard')) throw problem('action.notAllowed')
    if (row.card_suffix === suffix) return
    const cards = { card_suffix: suffix, previous_card_suffix: row.card_suffix }
    await transaction.updateTable('cases').set(cards).where('case_id', '=', caseId).execute()
    const secondFactors = await secondFactorsOf({ ...row, ...cards }, secrets.pepper)
    // The birth date stays what it is; and before the first letter the portal knows nothing to change.
    const concerned = row.second_factor === 'egk' ? rounds : []
    for (const { round } of concerned.filter(({ pin_state }) => pin_state === 'live')) {
      await enqueueCommand(transaction, clock, caseId, {
        type: 'secondFactors',
        round,
        secondFactors,
      })
    }
    await record(transaction, clock, { actor, action: 'card.changed', subject: caseId })
  })
  poke()
}
