// Issues a letter like the office does: PIN, login record, wrapped case secret and sealed package in one publish command.
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import type { CaseId } from '@einmal-pin/domain/ids'
import { type Pin, selectorOf } from '@einmal-pin/domain/pin'
import { expiresAt, lastDay } from '@einmal-pin/domain/validity'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import {
  type CaseKeys,
  type CaseSecret,
  deriveCaseKeys,
  newCaseSecret,
} from '@einmal-pin/vault/case-secret'
import { birthDigest, cardDigest } from '@einmal-pin/vault/digests'
import { register } from '@einmal-pin/vault/opaque-issue'
import { pepperIdentity, pepperSecondFactor } from '@einmal-pin/vault/pepper'
import { newCaseId } from '@einmal-pin/vault/random'
import { sealJsonFrame } from '@einmal-pin/vault/seal-json'
import { wrapForPin } from '@einmal-pin/vault/wrap'
import type { Command, PublishCommand, ReissueMode } from '@einmal-pin/wire/office-link'
import type { Static } from 'typebox'
import type { OfficeLink } from './office-link.ts'
import { type Credentials, credentialsOf, makePerson, makePin, type Person } from './person.ts'
import type { TestOfficeKeys } from './test-secrets.ts'

/** A letter in the person's hands, and what only the office knows of it. */
export type Letter = {
  readonly caseId: CaseId
  readonly round: number
  readonly person: Person
  readonly pin: Pin
  readonly secret: CaseSecret
  readonly keys: CaseKeys
  readonly lastDay: CalendarDate
  /** With the current card. */
  readonly credentials: Credentials
  readonly command: Static<typeof PublishCommand>
}

export type LetterOptions = {
  readonly person?: Person
  readonly caseId?: CaseId
  readonly round?: number
  readonly reissue?: Static<typeof ReissueMode>
  readonly secret?: CaseSecret
  readonly letterDate?: CalendarDate
  readonly takenSelectors?: readonly string[]
  readonly content?: unknown
}

const today = (): CalendarDate => calendarDateIn(BERLIN, new Date())

export async function makeLetter(
  office: TestOfficeKeys,
  options: LetterOptions = {},
): Promise<Letter> {
  const { round = 1, reissue = 'none', letterDate = today() } = options
  const person = options.person ?? makePerson()
  const caseId = options.caseId ?? newCaseId()
  const secret = options.secret ?? newCaseSecret()
  const keys = await deriveCaseKeys(secret)
  const pin = makePin(options.takenSelectors)
  const credentials = await credentialsOf(person, pin)
  const { identity, password } = credentials
  const { record, exportKey } = await register({ setup: office.opaqueSetup, identity, password })
  const value = options.content ?? { form: 'test', known: {} }
  const sealed = await sealJsonFrame({ kind: 'package', caseId, round, revision: 1, value, keys })
  const last = lastDay(letterDate)
  const command: Letter['command'] = {
    type: 'publish',
    round,
    reissue,
    identity: toBase64url(await pepperIdentity(office.pepper, fromBase64url(identity))),
    secondFactors: await secondFactorsOf(office, person),
    opaqueRecord: record,
    wrappedSecret: await wrapForPin(exportKey, secret, caseId, round),
    letterDate,
    lastDay: last,
    expiresAt: expiresAt(last).toISOString(),
    package: toBase64url(sealed),
  }
  return { caseId, round, person, pin, secret, keys, lastDay: last, credentials, command }
}

/** Current card, previous card and birth date, as the portal stores them. */
export async function secondFactorsOf(
  { pepper }: TestOfficeKeys,
  { kvnr, card, previousCard, birthDate }: Person,
): Promise<string[]> {
  const digests = await Promise.all([
    cardDigest(kvnr, card),
    cardDigest(kvnr, previousCard),
    birthDigest(kvnr, birthDate),
  ])
  const peppered = await Promise.all(digests.map((digest) => pepperSecondFactor(pepper, digest)))
  return peppered.map(toBase64url)
}

/** Makes the letter and publishes it; throws when the portal refuses. */
export async function issueLetter(
  office: TestOfficeKeys,
  link: OfficeLink,
  options: LetterOptions & { readonly number?: number } = {},
): Promise<Letter> {
  const letter = await makeLetter(office, options)
  await mustApply(link, letter.caseId, options.number ?? letter.round, letter.command)
  return letter
}

/** A new letter for the same case and person; the secret goes on unless the old letter was stolen. */
export function reissueLetter(
  office: TestOfficeKeys,
  link: OfficeLink,
  old: Letter,
  reissue: 'lost' | 'online' | 'stolen',
  number = old.round + 1,
): Promise<Letter> {
  return issueLetter(office, link, {
    person: old.person,
    caseId: old.caseId,
    round: old.round + 1,
    reissue,
    number,
    takenSelectors: [selectorOf(old.pin)],
    ...(reissue !== 'stolen' && { secret: old.secret }),
  })
}

export async function mustApply(
  link: OfficeLink,
  caseId: string,
  number: number,
  command: Command,
): Promise<void> {
  const answer = await link.command(caseId, number, command)
  if (!answer.ok) throw new Error(`the portal refused ${command.type}: ${answer.code}`)
}
