// The office's other commands: replaced cards, a later last day, a withdrawn case, and what a restored portal forgot.
import type { BlobKey } from '@einmal-pin/platform/blob-store'
import { newSecret } from '@einmal-pin/vault/random'
import type {
  ExtendCommand,
  RevokeCommand,
  SecondFactorsCommand,
  SettleCommand,
} from '@einmal-pin/wire/office-link'
import { problem } from '@einmal-pin/wire/problem'
import { sql, type Transaction } from 'kysely'
import type { Static } from 'typebox'
import { deleteDraft } from '../store/drafts.ts'
import { deleteDocuments } from '../store/parts.ts'
import { type CaseRow, endPins, followPin, setCaseState } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'
import { addSubmission, findSubmission } from '../store/submissions.ts'
import { checkLastDay } from './publish.ts'

type Tx = Transaction<PortalTables>
type Orphans = Promise<readonly BlobKey[]>

/** The card belongs to the person: every live letter of the case takes the new numbers, and the counter begins anew. */
export async function replaceSecondFactors(
  tx: Tx,
  before: CaseRow,
  { round, secondFactors }: Static<typeof SecondFactorsCommand>,
): Orphans {
  const changed = await tx
    .updateTable('pins')
    .set({
      second_factors: [...secondFactors],
      second_factor_failures: 0,
      second_factor_not_before: sql<Date>`'epoch'`,
    })
    .where('case_id', '=', before.case_id)
    .where('state', '=', 'live')
    .returning('round')
    .execute()
  if (!changed.some((pin) => pin.round === round)) throw problem('command.notAllowed')
  return []
}

/** A later last day for a live PIN; it never shortens. */
export async function extend(
  tx: Tx,
  before: CaseRow,
  command: Static<typeof ExtendCommand>,
): Orphans {
  checkLastDay(command)
  const { round, lastDay: last_day, expiresAt: expires_at } = command
  const changed = await tx
    .updateTable('pins')
    .set({ last_day, expires_at })
    .where('case_id', '=', before.case_id)
    .where('round', '=', round)
    .where('state', '=', 'live')
    .where('last_day', '<=', last_day)
    .returning('round')
    .executeTakeFirst()
  if (changed === undefined) throw problem('command.notAllowed')
  if (before.round === round) {
    await tx
      .updateTable('cases')
      .set({ last_day, expires_at })
      .where('case_id', '=', before.case_id)
      .execute()
  }
  return []
}

/** Ends the case for good; what was sent stays sent. */
export async function revoke(
  tx: Tx,
  before: CaseRow,
  { eraseDraft }: Static<typeof RevokeCommand>,
): Orphans {
  if (['submitted', 'received', 'quarantined'].includes(before.state)) {
    throw problem('command.notAllowed')
  }
  await endPins(tx, before.case_id, 'revoke')
  await setCaseState(tx, before.case_id, 'revoked')
  if (!eraseDraft) return []
  await deleteDraft(tx, before.case_id)
  return await deleteDocuments(tx, before.case_id)
}

/** The office knows better that this PIN is dead: a restored backup thinks that it lives, or a new letter was ordered ([Note: Restored backup]). */
export async function settle(
  tx: Tx,
  before: CaseRow,
  { round, state, receipt }: Static<typeof SettleCommand>,
): Orphans {
  const caseId = before.case_id
  if (state !== 'spent') {
    const event = state === 'locked' ? 'freeze' : 'supersede'
    await endPins(tx, caseId, event, { from: round, to: round })
    if (before.state === 'open' && before.round === round) await followPin(tx, caseId, state)
    return []
  }
  if (receipt !== undefined && (receipt.caseId !== caseId || receipt.round !== round)) {
    throw problem('request.invalid')
  }
  await endPins(tx, caseId, 'submit')
  await deleteDraft(tx, caseId)
  const sent = await findSubmission(tx, caseId)
  if (sent === undefined && receipt !== undefined) {
    // Nobody holds this key: the receipt is kept for the right PIN, not for a repeated request.
    const idempotencyKey = newSecret()
    await addSubmission(tx, {
      receipt,
      idempotencyKey,
      manifest: null,
      answers: null,
      answersSha256: '',
    })
  }
  if (sent === undefined) await setCaseState(tx, caseId, 'received')
  return sent === undefined ? await deleteDocuments(tx, caseId) : []
}
