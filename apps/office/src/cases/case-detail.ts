// One case for the clerk on the telephone: person, letters, timeline and what may be done; never content.
import type { BirthDate } from '@einmal-pin/domain/birth-date'
import { formatBirthDate } from '@einmal-pin/domain/birth-date'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { allowedActions, type CaseState, type Round } from '@einmal-pin/domain/case'
import type { Country } from '@einmal-pin/domain/country'
import type { LetterState } from '@einmal-pin/domain/letter-life'
import type { PinState } from '@einmal-pin/domain/pin-life'
import { addressLines } from '@einmal-pin/domain/postal-address'
import { daysLeft } from '@einmal-pin/domain/validity'
import type { CaseDetail, LetterRound } from '@einmal-pin/wire/office-api'
import type { OfficeQueryable, Store } from '../store/office-database.ts'
import { type CaseRow, type RoundRow, readCase, readRounds } from './case-rows.ts'
import { summarise } from './list-cases.ts'
import { readTimeline } from './timeline.ts'
import { todayIn } from './today.ts'

/** Throws `case.none`. */
export async function readCaseDetail(
  { database, clock }: Store,
  caseId: string,
): Promise<CaseDetail> {
  const db = database.kysely
  const row = await readCase(db, caseId)
  const rounds = await readRounds(db, caseId)
  const newest = rounds.at(-1)
  const today = await todayIn(db, clock)
  const copies = await copiesOf(db, caseId)
  return {
    ...summarise(row, newest),
    ...personOf(row),
    daysLeft: newest?.pin_state === 'live' ? leftOf(newest, today) : null,
    locked: newest?.pin_state === 'locked',
    ...(await submissionOf(db, caseId)),
    rounds: rounds.map((round) => letterRound(round, copies)),
    timeline: await readTimeline(db, caseId, rounds),
    allowedActions: actionsOf(row, newest).filter(
      (action) => action !== 'extend' || isOfferedLater(newest),
    ),
  }
}

async function copiesOf(db: OfficeQueryable, caseId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('letter_records')
    .select('letter_id')
    .where('case_id', '=', caseId)
    .execute()
  return new Set(rows.map(({ letter_id }) => letter_id))
}

/** "Frist neu" is of use where the letter was posted after its date; how late does not matter to the person. */
const isOfferedLater = (newest: RoundRow | undefined): boolean =>
  newest !== undefined && newest.posted_on !== null && newest.posted_on > newest.letter_date

const leftOf = (round: RoundRow, today: CalendarDate): number =>
  daysLeft(round.last_day as CalendarDate, today)

/** What a clerk may do now, by the tables of packages/domain. */
export const actionsOf = (row: Pick<CaseRow, 'state'>, newest: RoundRow | undefined) =>
  allowedActions(row.state as CaseState, newest && roundOf(newest))

const roundOf = (row: RoundRow): Round => ({
  pin: row.pin_state as PinState,
  letter: row.letter_state as LetterState,
})

const personOf = (row: CaseRow) => ({
  addressLines: [
    ...addressLines(namesOf(row), {
      ...(row.care_of !== '' && { careOf: row.care_of }),
      street: row.street,
      houseNumber: row.house_number,
      postcode: row.postcode,
      city: row.city,
      country: row.country as Country,
    }),
  ],
  birthDate: formatBirthDate(row.birth_date as BirthDate),
  secondFactor: row.second_factor,
  cardSuffix: row.card_suffix,
  previousCardSuffix: row.previous_card_suffix,
  letterVariant: row.letter_variant,
  recipient: recipientOf(row),
})

const namesOf = (row: CaseRow): readonly string[] => {
  const name = [row.salutation, row.first_name, row.last_name]
    .filter((part) => part !== '')
    .join(' ')
  const recipient = recipientOf(row)
  return recipient === '' ? [name] : [recipient, name]
}

const ROLE_TEXTS: Readonly<Record<string, string>> = {
  eltern: 'An die Eltern / Sorgeberechtigten',
  betreuung: 'Betreuung',
  vollmacht: 'Bevollmächtigte Person',
}

const recipientOf = (row: CaseRow): string =>
  [ROLE_TEXTS[row.recipient_role] ?? '', row.recipient_name]
    .filter((part) => part !== '')
    .join(': ')

async function submissionOf(db: OfficeQueryable, caseId: string) {
  const row = await db
    .selectFrom('submissions')
    .select(['receipt_number', 'submitted_at'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return {
    receiptNumber: row?.receipt_number ?? null,
    submittedAt: row?.submitted_at.toISOString() ?? null,
  }
}

const letterRound = (row: RoundRow, copies: ReadonlySet<string>): LetterRound => ({
  round: row.round,
  letterId: row.letter_id,
  hasCopy: copies.has(row.letter_id),
  pinState: row.pin_state,
  letterState: row.letter_state,
  reissue: row.reissue,
  letterDate: row.letter_date,
  lastDay: row.last_day,
  madeOn: row.made_on,
  printedOn: row.printed_on,
  postedOn: row.posted_on,
  firstLoginOn: row.first_login_on,
  lastActivityOn: row.last_activity_on,
  documents: row.documents,
})
