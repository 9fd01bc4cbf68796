// Orders for a new PIN that came in online: opened, matched and limited here, where the portal can see nothing of it.
import { BERLIN, type CalendarDate, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import { mayOrderOnline } from '@einmal-pin/domain/reissue'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { utf8 } from '@einmal-pin/vault/bytes'
import { equalText } from '@einmal-pin/vault/constant-time'
import { sha256Hex } from '@einmal-pin/vault/digest'
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
import { openTask } from '../tasks.ts'
import type { PortalLink } from './link.ts'
import { attempt, type StepResult } from './step.ts'

type SealedRequest = PinRequestList['requests'][number]

/** Orders of one round; the portal hands out no more at once. */
const ROUND = 100

export async function fetchPinRequests(office: Office, link: PortalLink): Promise<StepResult> {
  const answer = await link.pinRequests()
  if (!answer.ok) return answer.code === 'network' ? 'unreachable' : 'failed'
  const requests = answer.value.requests.slice(0, ROUND)
  if (requests.length === 0) return 'done'
  const handled: string[] = []
  for (const request of requests) {
    const outcome = await attempt(office, 'pinRequest.failed', 'pinRequest', async () => {
      await handleRequest(office, request)
      return 'handled'
    })
    if (outcome !== undefined) handled.push(request.id)
  }
  const result = handled.length === requests.length ? 'done' : 'failed'
  if (handled.length === 0) return result
  const acknowledged = await link.acknowledgePinRequests(handled)
  return acknowledged.ok || acknowledged.code !== 'network' ? result : 'unreachable'
}

/**
 * Idempotent: an order that was handled before its acknowledgement got through changes nothing. It is known by its sealed bytes, which
 * only a browser makes, and not by the portal's id: an order cannot be played again under another one. What fits nobody leaves
 * nothing behind.
 */
export async function handleRequest(office: Office, { sealed }: SealedRequest): Promise<void> {
  const request = await opened(office.secrets.requestPair.identity, sealed)
  if (request === undefined) return
  const id = await sha256Hex(utf8(sealed))
  for (const row of await matching(office, request)) {
    await orderFor(office, `${id}-${row.case_id}`, row)
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

async function orderFor(office: Office, requestId: string, row: CaseRow): Promise<void> {
  const caseId = row.case_id
  const known = await office.database.kysely
    .selectFrom('pin_requests')
    .select('request_id')
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  if (known !== undefined) return
  const note = (outcome: string) => noteOutcome(office, requestId, caseId, outcome)
  const refusal = await judge(office, caseId)
  if (refusal !== undefined) return note(refusal)
  try {
    await reissue(office, caseId, 'online', 'portal')
    await note('ordered')
  } catch (error) {
    // Four eyes, or a letter that is just being made: the person hears the same answer as ever.
    if (!(error instanceof ProblemError)) throw error
    await note(error.code)
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

/** The day of an order is that of the office's own clock: the portal's word would let it shorten the pauses between two letters. */
async function noteOutcome(
  { database, clock }: Office,
  requestId: string,
  caseId: string,
  outcome: string,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .insertInto('pin_requests')
      .values({ request_id: requestId, case_id: caseId, received_at: clock.sql, outcome })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    // The person waits for a letter that only a second person may let go.
    if (outcome === 'reissue.fourEyes') {
      await openTask(transaction, clock, { kind: 'pinRequest', caseId, code: outcome })
    }
    const action = outcome === 'ordered' ? 'pin.requestedOnline' : 'pin.requestRefused'
    const detail = { outcome }
    await record(transaction, clock, { actor: 'portal', action, subject: caseId, detail })
  })
}
