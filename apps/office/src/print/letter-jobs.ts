// Turns an order into a job for the letter child: case, texts, selectors and secret, read at one moment.

import type { BirthDate } from '@einmal-pin/domain/birth-date'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { CardSuffix } from '@einmal-pin/domain/card-number'
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import type { CaseId } from '@einmal-pin/domain/ids'
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import { type LetterState, mayBeSeen } from '@einmal-pin/domain/letter-life'
import type { SecondFactor } from '@einmal-pin/domain/second-factor'
import { expiresAt, lastDay } from '@einmal-pin/domain/validity'
import { type CaseSecret, newCaseSecret } from '@einmal-pin/vault/case-secret'
import { unwrapForOffice, wrapForOffice } from '@einmal-pin/vault/kek'
import type { ReissueMode } from '@einmal-pin/wire/office-link'
import { actionsOf } from '../cases/case-detail.ts'
import { type CaseRow, type RoundRow, readCase, readRounds } from '../cases/case-rows.ts'
import { todayIn } from '../cases/today.ts'
import type { LetterInput, LetterPerson } from '../letters/letter-input.ts'
import type { LetterJob, PlainLetterJob } from '../letters/letter-job.ts'
import type { Office } from '../office.ts'
import { decodeWrap, encodeWrap } from '../secrets/wrap-text.ts'
import type { OfficeQueryable } from '../store/office-database.ts'
import { itemsAskedFor } from './letter-items.ts'

export interface LetterOrder {
  readonly order_id: string
  readonly case_id: string
  readonly run_id: string | null
  readonly kind: 'pin' | 'reminder'
  readonly reissue: ReissueMode
}

/** A letter without a PIN: nothing is stored beside it. */
export interface PreparedReminder {
  readonly order: LetterOrder
  readonly job: PlainLetterJob
}

/** A job with everything that is stored beside its result. */
export interface PreparedLetter {
  readonly order: LetterOrder
  readonly job: LetterJob
  readonly letterDate: CalendarDate
  readonly lastDay: CalendarDate
  readonly expiresAt: Date
  /** The office's wrap of the case secret, committed with the letter and before any publication. */
  readonly kekWrap: string
  readonly rewrapped: boolean
}

export type Prepared = PreparedLetter | PreparedReminder

/** Undefined when the case no longer needs this letter: it was ended or answered meanwhile. */
export async function prepareLetter(
  office: Office,
  order: LetterOrder,
): Promise<Prepared | undefined> {
  const db = office.database.kysely
  const row = await readCase(db, order.case_id)
  const rounds = await readRounds(db, order.case_id)
  if (order.kind === 'reminder') return prepareReminder(office, order, row, rounds.at(-1))
  if (!isStillNeeded(order, row, rounds)) return undefined
  const letterDate = await todayIn(db, office.clock)
  const last = lastDay(letterDate, office.tenant.validityDays)
  const { secret, kekWrap, rewrapped } = await secretFor(office, order, rounds.at(-1))
  const round = (rounds.at(-1)?.round ?? 0) + 1
  const definition = await readDefinition(db, row.form_sha256)
  const hasEarlier = rounds.some(({ letter_state }) => mayBeSeen(letter_state as LetterState))
  const frame = { order, round, letterDate, lastDay: last, hasEarlier }
  const job: LetterJob = {
    caseId: row.case_id as CaseId,
    round,
    revision: row.last_command + 1,
    kvnr: row.kvnr as Kvnr,
    takenSelectors: await takenSelectors(db, row.kvnr),
    secondFactors: secondFactorsFor(row),
    letter: letterInput(office, row, definition, frame),
    package: casePackage(office, row, definition, frame),
    caseSecret: secret,
  }
  return { order, job, letterDate, lastDay: last, expiresAt: expiresAt(last), kekWrap, rewrapped }
}

/** Only of a letter whose PIN still works: the answer may have come in since the night it was ordered. */
async function prepareReminder(
  office: Office,
  order: LetterOrder,
  row: CaseRow,
  newest: RoundRow | undefined,
): Promise<PreparedReminder | undefined> {
  if (newest === undefined || !isReminded(row.state, newest.pin_state)) return undefined
  const db = office.database.kysely
  const definition = await readDefinition(db, row.form_sha256)
  const { case_id, round } = newest
  const [letterDate, pinLetterDate] = [await todayIn(db, office.clock), newest.letter_date]
  const frame = { order, round, letterDate, lastDay: newest.last_day as CalendarDate }
  const letter = {
    ...letterInput(office, row, definition, { ...frame, hasEarlier: false }),
    kind: 'reminder' as const,
    letterId: reminderId(case_id, round),
    pinLetterDate: pinLetterDate as CalendarDate,
  }
  return { order, job: { caseId: row.case_id as CaseId, round, letter } }
}

export const reminderId = (caseId: string, round: number): string => `${caseId}-${round}-r`

/** Whether a case in this state, with this newest PIN, still waits for an answer. */
export const isReminded = (caseState: string, pinState: string): boolean =>
  (caseState === 'published' || caseState === 'begun') && pinState === 'live'

// A letter that was thrown away before the portal had answered leaves its case without one: the next is its first to leave.
function isStillNeeded(order: LetterOrder, row: CaseRow, rounds: readonly RoundRow[]): boolean {
  const actions = actionsOf(row, rounds.at(-1))
  if (order.reissue === 'none') return actions.includes('printLetter')
  return actions.includes('reissue') || (rounds.length > 0 && actions.includes('printLetter'))
}

/** Fresh for a first and for a stolen letter; otherwise the old one, so that the draft survives. */
async function secretFor(
  { secrets }: Office,
  { case_id, reissue }: LetterOrder,
  newest: RoundRow | undefined,
): Promise<{ secret: CaseSecret; kekWrap: string; rewrapped: boolean }> {
  const caseId = case_id as CaseId
  const keeps = (reissue === 'lost' || reissue === 'online') && newest !== undefined
  const secret = keeps
    ? await unwrapForOffice(secrets.kek, decodeWrap(newest.kek_wrap), caseId)
    : newCaseSecret()
  const kekWrap = encodeWrap(await wrapForOffice(secrets.kek, secret, caseId))
  return { secret, kekWrap, rewrapped: keeps }
}

export async function takenSelectors(db: OfficeQueryable, kvnr: string): Promise<string[]> {
  const rows = await db
    .selectFrom('selectors')
    .select('selector')
    .where('kvnr', '=', kvnr)
    .execute()
  return rows.map(({ selector }) => selector)
}

async function readDefinition(db: OfficeQueryable, sha256: string): Promise<FormDefinition> {
  const row = await db
    .selectFrom('form_versions')
    .select('definition')
    .where('form_sha256', '=', sha256)
    .executeTakeFirstOrThrow()
  return row.definition as unknown as FormDefinition
}

function secondFactorsFor(row: CaseRow): readonly SecondFactor[] {
  if (row.second_factor === 'birthdate')
    return [{ kind: 'birth', date: row.birth_date as BirthDate }]
  const cards = [row.card_suffix, row.previous_card_suffix].filter((card) => card !== null)
  return [...new Set(cards)].map((digits) => ({ kind: 'card', digits: digits as CardSuffix }))
}

interface LetterFrame {
  readonly order: LetterOrder
  readonly round: number
  readonly letterDate: CalendarDate
  readonly lastDay: CalendarDate
  /** Whether a letter of this case may have left: only then does the new one speak of it. */
  readonly hasEarlier: boolean
}

function letterInput(
  { tenant, config }: Office,
  row: CaseRow,
  definition: FormDefinition,
  { order, round, letterDate, lastDay: last, hasEarlier }: LetterFrame,
): LetterInput {
  return {
    kind: 'pin',
    variant: row.letter_variant as LetterInput['variant'],
    letterId: `${row.case_id}-${round}`,
    caseRef: row.case_ref,
    letterDate,
    lastDay: last,
    reissue: hasEarlier ? order.reissue : 'none',
    secondFactor: row.second_factor,
    person: letterPerson(row),
    form: definition,
    items: itemsAskedFor(definition, row.prefill as Answers),
    portalUrl: config.publicUrl,
    tenant,
  }
}

function letterPerson(row: CaseRow): LetterPerson {
  const role = row.recipient_role as 'eltern' | 'betreuung' | 'vollmacht' | ''
  return {
    firstName: row.first_name,
    lastName: row.last_name,
    street: row.street,
    houseNumber: row.house_number,
    postcode: row.postcode,
    city: row.city,
    country: row.country,
    ...(row.salutation !== '' && { salutation: row.salutation }),
    ...(row.care_of !== '' && { careOf: row.care_of }),
    ...(role !== '' && { recipientRole: role }),
    ...(row.recipient_name !== '' && { recipientName: row.recipient_name }),
  }
}

/** Everything the browser needs to know of the case; the portal carries it sealed (design.md 5). */
function casePackage(
  { tenant }: Office,
  row: CaseRow,
  form: FormDefinition,
  { letterDate, lastDay: last }: LetterFrame,
) {
  const { name, legalName, phone, phoneHours, address, email } = tenant
  return {
    form,
    formSha256: row.form_sha256,
    prefill: row.prefill,
    parameters: form.parameters,
    letter: { caseRef: row.case_ref, letterDate, lastDay: last },
    insurer: { name, legalName, phone, phoneHours, address, email },
  }
}
