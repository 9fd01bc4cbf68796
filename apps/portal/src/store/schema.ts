// The portal's tables as Kysely sees them; migrations.ts makes them. Everything in them is a pseudonym, a date or ciphertext.

import type { PinState } from '@einmal-pin/domain/pin-life'
import type { Fact, PortalCaseState } from '@einmal-pin/wire/office-link'
import type { Receipt } from '@einmal-pin/wire/submission'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
/** 'YYYY-MM-DD'; a calendar date has no time zone. */
type Day = ColumnType<string, string, string>

/** One row. `applied_commands` counts every write of the office and is compared with the file beside the secrets. */
type PortalStateTable = {
  singleton: Generated<boolean>
  applied_commands: Generated<number>
  logins_open: Generated<boolean>
}

/** One row a case. `round`, `last_day` and `expires_at` are those of the PIN that opens it now. */
export type CaseTable = {
  case_id: string
  state: PortalCaseState
  round: number
  last_day: Day
  expires_at: Instant
  command_number: number
  command_digest: string
}

/** One row a round: the login record while it lives, the tombstone afterwards. */
export type PinTable = {
  case_id: string
  round: number
  /** HMAC of the identity digest under the pepper, b64u. */
  identity: string
  second_factors: string[]
  opaque_record: string
  /** The case secret under the OPAQUE export key, and the sealed case package; both null unless the PIN is live. */
  wrapped_secret: string | null
  package: Buffer | null
  publication: number
  state: Generated<PinState>
  letter_date: Day
  last_day: Day
  expires_at: Instant
  first_login_day: ColumnType<string | null, string | null, string | null>
  second_factor_failures: Generated<number>
  second_factor_not_before: ColumnType<Date, never, Date>
}

type SessionTable = {
  /** SHA-256 of the cookie's value: who reads the table cannot use it. */
  token_sha256: string
  case_id: string
  round: number
  scope: Generated<'case' | 'receipt'>
  /** Null once another device has sent the case. */
  resume_key: string | null
  idle_expires_at: Instant
  absolute_expires_at: Instant
}

type LoginStateTable = {
  login_id: string
  identity: string
  network: string
  server_state: string
  /** The number of this try in its network's row: the refund undoes the pause only if it was the last one. */
  attempt: number
  not_before: Instant
  expires_at: Instant
}

type NetworkAttemptTable = {
  identity: string
  network: string
  failures: number
  not_before: Instant
  last_failure_at: Instant
}

type TotalAttemptTable = { identity: string; failures: number; last_failure_at: Instant }

type NetworkBudgetTable = {
  network: string
  purpose: string
  tokens: number
  refilled_at: Instant
}

type DraftTable = {
  case_id: string
  round: number
  revision: number
  /** SHA-256 of the bytes, hex. */
  etag: string
  bytes: Buffer
  saved_at: Instant
}

type DocumentTable = {
  case_id: string
  document_id: string
  size: number
  part_size: number
  sha256: string
  metadata: string
  complete: Generated<boolean>
  created_at: Instant
}

type PartTable = {
  case_id: string
  document_id: string
  part: number
  sha256: string
  size: number
  /** Drawn anew for every upload, so that no delete can ever hit a later upload. */
  blob_key: string
  received_at: Instant
}

export type SubmissionTable = {
  case_id: string
  round: number
  idempotency_key: string
  receipt: JSONColumnType<Receipt>
  receipt_number: string
  received_at: Instant
  manifest: Buffer | null
  answers: Buffer | null
  answers_sha256: string
  acknowledgement: string | null
  acknowledged_at: ColumnType<Date | null, Date | string | null, Date | string | null>
}

type ActivityTable = { case_id: string; day: Day; documents: number }

export type OutboxTable = {
  id: string
  number: Generated<number>
  case_id: string
  round: number
  type: Fact['type']
  day: ColumnType<string | null, string | null, string | null>
  documents: number | null
  receipt: JSONColumnType<Receipt> | null
}

type NonceTable = { key_id: string; nonce: string; expires_at: Instant }

type PinRequestTable = { id: string; sealed: string; received_at: Instant }

/** One counter of a day, page, language and answer. */
type FeedbackTable = { day: Day; page: string; language: string; helpful: string; count: number }

export type PortalTables = {
  portal_state: PortalStateTable
  cases: CaseTable
  pins: PinTable
  sessions: SessionTable
  login_states: LoginStateTable
  network_attempts: NetworkAttemptTable
  total_attempts: TotalAttemptTable
  network_budgets: NetworkBudgetTable
  drafts: DraftTable
  documents: DocumentTable
  parts: PartTable
  submissions: SubmissionTable
  activity: ActivityTable
  outbox: OutboxTable
  nonces: NonceTable
  pin_requests: PinRequestTable
  feedback: FeedbackTable
}
