// Opens the office's wrap of a case secret; every opening stands in the audit trail.
import type { CaseId } from '@einmal-pin/domain/ids'
import { type CaseKeys, type CaseSecret, deriveCaseKeys } from '@einmal-pin/vault/case-secret'
import { unwrapForOffice } from '@einmal-pin/vault/kek'
import { record } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { decodeWrap } from '../secrets/wrap-text.ts'

/** Throws VaultError `kek.*` when there is no wrap that this KEK opens. */
export async function unwrapCaseSecret(
  { database, secrets, clock }: Office,
  place: { readonly caseId: string; readonly round: number },
  actor: string,
): Promise<CaseSecret> {
  const { caseId, round } = place
  return database.transaction(async (transaction) => {
    const row = await transaction
      .selectFrom('rounds')
      .select('kek_wrap')
      .where('case_id', '=', caseId)
      .where('round', '=', round)
      .executeTakeFirst()
    const secret = await unwrapForOffice(
      secrets.kek,
      decodeWrap(row?.kek_wrap ?? null),
      caseId as CaseId,
    )
    await record(transaction, clock, { actor, action: 'secret.unwrapped', subject: caseId, round })
    return secret
  })
}

export const openCaseKeys = async (
  office: Office,
  place: { readonly caseId: string; readonly round: number },
  actor: string,
): Promise<CaseKeys> => deriveCaseKeys(await unwrapCaseSecret(office, place, actor))
