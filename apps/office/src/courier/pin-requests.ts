// Orders for a new PIN that came in online: opened, matched and limited here, where the portal can see nothing of it.
import { BERLIN, type CalendarDate, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import { mayOrderOnline } from '@einmal-pin/domain/reissue'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { equalText } from '@einmal-pin/vault/constant-time'
import type { PinRequest } from '@einmal-pin/vault/pin-request'
import { openPinRequest } from '@einmal-pin/vault/pin-request-opening'
import { VaultError } from '@einmal-pin/vault/vault-error'
import type { PinRequestList } from '@einmal-pin/wire/office-link'
import { ProblemError } from '@einmal-pin/wire/problem'
import { record } from '../audit/audit.ts'
import { type CaseRow, readRounds } from '../cases/case-rows.ts'
import { reissue } from '../cases/order-letter.ts'
import { todayIn } from '../cases/today.ts'
import type { Office } from '../office.ts'
import type { PortalLink } from './link.ts'

type SealedRequest = PinRequestList['requests'][number]

/** Returns false when the portal could not be reached. */
export async function fetchPinRequests(office: Office, link: PortalLink): Promise<boolean> {
  const answer = await link.pinRequests()
  if (!answer.ok) return false
  const { requests } = answer.value
  if (requests.length === 0) return true
  for (const request of requests) await handleRequest(office, request)
  return (await link.acknowledgePinRequests(requests.map(({ id }) => id))).ok
}

/** Idempotent: a request that was handled before its acknowledgement got through changes nothing. */
export async function handleRequest(office: Office, sealed: SealedRequest): Promise<void> {
  const { database, secrets } = office
  const known = await database.kysely
    .selectFrom('pin_requests')
    .select('request_id')
    .where('request_id', '=', sealed.id)
    .executeTakeFirst()
  if (known !== undefined) return
  const request = await opened(secrets.requestPair.identity, sealed.sealed)
  const rows = request === undefined ? [] : await matching(office, request)
  if (rows.length === 0) return note(office, sealed, null, 'order.noMatch')
  for (const [index, row] of rows.entries()) {
    const id = index === 0 ? sealed.id : `${sealed.id}-${index}`
    await orderFor(office, { ...sealed, id }, row)
  }
}

async function opened(identity: string, sealed: string): Promise<PinRequest | undefined> {
  try {
    return await openPinRequest(identity, fromBase64url(sealed))
  } catch (error) {
    // Anybody may put bytes into the queue: what is no base64url is no order.
    if (error instanceof VaultError) return undefined
    throw error
  }
}

/** Every open case of the person that this second factor fits: the lost letter's selector is not known. */
async function matching(
  { database }: Office,
  { kvnr, secondFactor }: PinRequest,
): Promise<readonly CaseRow[]> {
  const rows = await database.kysely
    .selectFrom('cases')
    .selectAll()
    .where('kvnr', '=', kvnr)
    .where('state', 'in', ['published', 'begun', 'expired'])
    .orderBy('created_at')
    .execute()
  return rows.filter((row) => fits(row, secondFactor))
}

function fits(row: CaseRow, factor: PinRequest['secondFactor']): boolean {
  const known =
    row.second_factor === 'birthdate'
      ? [row.birth_date]
      : [row.card_suffix, row.previous_card_suffix].filter((card) => card !== null)
  const given = factor.kind === 'card' ? factor.digits : factor.date
  const kindFits = (factor.kind === 'birth') === (row.second_factor === 'birthdate')
  return kindFits && known.some((value) => equalText(value, given))
}

async function orderFor(office: Office, request: SealedRequest, row: CaseRow): Promise<void> {
  const caseId = row.case_id
  const allowed = await judge(office, caseId)
  if (allowed !== undefined) return note(office, request, caseId, allowed)
  try {
    await reissue(office, caseId, 'online', 'portal')
    await note(office, request, caseId, 'ordered')
  } catch (error) {
    // Four eyes, or a letter that is just being made: the person hears the same answer as ever.
    if (!(error instanceof ProblemError)) throw error
    await note(office, request, caseId, error.code)
  }
}

async function judge({ database, clock }: Office, caseId: string): Promise<string | undefined> {
  const db = database.kysely
  const rounds = await readRounds(db, caseId)
  const orders = await db
    .selectFrom('pin_requests')
    .select('received_at')
    .where('case_id', '=', caseId)
    .where('outcome', '=', 'ordered')
    .execute()
  const newest = rounds.at(-1)
  // A letter that was made and is not posted yet is on its way all the more.
  const lastPostedOn = newest?.posted_on ?? newest?.made_on
  const verdict = mayOrderOnline(
    {
      lastPostedOn: lastPostedOn as CalendarDate | undefined,
      onlineOrders: orders.map(({ received_at }) => calendarDateIn(BERLIN, received_at)),
    },
    await todayIn(db, clock),
  )
  return verdict.ok ? undefined : verdict.error
}

async function note(
  { database, clock }: Office,
  { id, receivedAt }: SealedRequest,
  caseId: string | null,
  outcome: string,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .insertInto('pin_requests')
      .values({ request_id: id, case_id: caseId, received_at: new Date(receivedAt), outcome })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    if (caseId === null) return
    const action = outcome === 'ordered' ? 'pin.requestedOnline' : 'pin.requestRefused'
    const detail = { outcome }
    await record(transaction, clock, { actor: 'portal', action, subject: caseId, detail })
  })
}
