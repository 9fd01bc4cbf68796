// Publishes a round: the record of a new PIN, and what becomes of the PIN before it.
import { type CalendarDate, parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import { expiresAt } from '@einmal-pin/domain/validity'
import type { BlobKey } from '@einmal-pin/platform/blob-store'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import type { PublishCommand } from '@einmal-pin/wire/office-link'
import { problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import type { Static } from 'typebox'
import { deleteDraft } from '../store/drafts.ts'
import { deleteDocuments } from '../store/parts.ts'
import { type CaseRow, endPins, makeCurrent, pinsOf } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'

type Tx = Transaction<PortalTables>
type Publication = {
  readonly caseId: string
  readonly number: number
  readonly digest: string
  readonly command: Static<typeof PublishCommand>
}

/** States in which a new letter makes sense; whatever was sent or withdrawn stays so. */
const MAY_PUBLISH = ['open', 'expired', 'locked', 'superseded']

/** Throws `command.notAllowed`, `command.conflict` or `request.invalid`. */
export async function publish(
  tx: Tx,
  before: CaseRow | undefined,
  publication: Publication,
): Promise<readonly BlobKey[]> {
  const { caseId, command } = publication
  checkLastDay(command)
  checkContent(command)
  if (before === undefined) await insertCase(tx, publication)
  else await checkRound(tx, before, command)
  await checkIdentity(tx, command.identity)
  const { round, reissue } = command
  const hasOld = before?.state === 'open'
  // An order made without a PIN must not be a kill switch: then the old PIN stands until the first login with the new one.
  const oldStands = reissue === 'online' && hasOld
  const lastDead = oldStands ? before.round - 1 : round - 1
  await endPins(tx, caseId, 'supersede', { to: lastDead })
  if (oldStands) await endPins(tx, caseId, 'supersede', { from: before.round + 1, to: round - 1 })
  await insertPin(tx, publication)
  if (!oldStands) {
    const { lastDay: last_day } = command
    await makeCurrent(tx, caseId, { round, last_day, expires_at: new Date(command.expiresAt) })
  }
  if (reissue !== 'stolen') return []
  await deleteDraft(tx, caseId)
  return await deleteDocuments(tx, caseId)
}

/** One definition of the last moment, also between the zones. */
export function checkLastDay(given: {
  readonly lastDay: string
  readonly expiresAt: string
}): void {
  const instant = expiresAt(given.lastDay as CalendarDate)
  const same = !Number.isNaN(instant.getTime()) && instant.toISOString() === given.expiresAt
  if (!same) throw problem('request.invalid')
}

/** The shape of the message allows days that no calendar has, and endings that are no base64url. */
function checkContent(command: Publication['command']): void {
  const isDay = parseCalendarDate(command.letterDate).ok
  const texts = [command.opaqueRecord, command.wrappedSecret, command.package]
  if (!isDay || !texts.every(isBase64url)) throw problem('request.invalid')
}

function isBase64url(text: string): boolean {
  try {
    return fromBase64url(text).length > 0
  } catch {
    return false
  }
}

async function checkRound(
  tx: Tx,
  before: CaseRow,
  { round, reissue }: Publication['command'],
): Promise<void> {
  const rounds = (await pinsOf(tx, before.case_id)).map((pin) => pin.round)
  const allowed =
    MAY_PUBLISH.includes(before.state) && reissue !== 'none' && round > Math.max(0, ...rounds)
  if (!allowed) throw problem('command.notAllowed')
}

/** Every PIN of a person has its own selector; two records under one identity would be a mistake of the office. */
async function checkIdentity(tx: Tx, identity: string): Promise<void> {
  const taken = await tx
    .selectFrom('pins')
    .where('identity', '=', identity)
    .select('round')
    .executeTakeFirst()
  if (taken !== undefined) throw problem('command.notAllowed')
}

async function insertCase(tx: Tx, { caseId, number, digest, command }: Publication): Promise<void> {
  const inserted = await tx
    .insertInto('cases')
    .values({
      case_id: caseId,
      state: 'open',
      round: command.round,
      last_day: command.lastDay,
      expires_at: command.expiresAt,
      command_number: number,
      command_digest: digest,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('case_id')
    .executeTakeFirst()
  // Another command made the case a moment ago; the courier asks again and meets the row.
  if (inserted === undefined) throw problem('command.conflict')
}

async function insertPin(tx: Tx, { caseId, number, command }: Publication): Promise<void> {
  await tx
    .insertInto('pins')
    .values({
      case_id: caseId,
      round: command.round,
      identity: command.identity,
      second_factors: [...command.secondFactors],
      opaque_record: command.opaqueRecord,
      wrapped_secret: command.wrappedSecret,
      package: Buffer.from(fromBase64url(command.package)),
      publication: number,
      letter_date: command.letterDate,
      last_day: command.lastDay,
      expires_at: command.expiresAt,
    })
    .execute()
}
