// The tables of the office's database as Kysely sees them; migrations.ts makes them.
import type { PrintRunState } from '@einmal-pin/domain/print-run'
import type { ReissueMode } from '@einmal-pin/wire/office-link'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { LetterRecord } from '../letters/letter-record.ts'

/** A calendar date; the driver keeps it as `YYYY-MM-DD`. */
type DayColumn = ColumnType<string, string, string>
type NullableDay = ColumnType<string | null, string | null | undefined, string | null>
type NullableText = ColumnType<string | null, string | null | undefined, string | null>
type NullableInstant = ColumnType<Date | null, Date | null | undefined, Date | null>

/** One Vorgang with the person it asks. Search needs these columns in clear; they never leave the office. */
export interface CaseTable {
  case_id: string
  case_ref: string
  form_sha256: string
  kvnr: string
  card_suffix: string | null
  previous_card_suffix: string | null
  second_factor: 'egk' | 'birthdate'
  birth_date: string
  salutation: string
  first_name: string
  last_name: string
  care_of: string
  street: string
  house_number: string
  postcode: string
  city: string
  country: string
  letter_variant: string
  recipient_name: string
  recipient_role: string
  prefill: JSONColumnType<Record<string, unknown>>
  state: string
  /** The per-case data key, wrapped by the KEK; deleting it is the erasure. */
  data_key_wrap: string | null
  address_changed_on: NullableDay
  last_command: Generated<number>
  created_at: Date
  created_by: string
  closed_reason: string | null
}

/** The exact definition a case was opened with: texts, checks and parameters stay as they were. */
export interface FormVersionTable {
  form_sha256: string
  form_id: string
  version: string
  title: string
  definition: JSONColumnType<Record<string, unknown>>
}

/** One letter with its PIN's life. `kek_wrap` is the office's wrap of the case secret of this round. */
export interface RoundTable {
  case_id: string
  round: number
  letter_id: string
  reissue: ReissueMode
  pin_state: string
  letter_state: string
  letter_date: DayColumn
  last_day: DayColumn
  expires_at: Date
  kek_wrap: string | null
  made_on: DayColumn
  printed_on: NullableDay
  posted_on: NullableDay
  first_login_on: NullableDay
  last_activity_on: NullableDay
  /** The day on which a reminder was ordered; there is one a letter. */
  reminded_on: NullableDay
  documents: Generated<number>
}

/** Selectors of a person's live and remembered PINs: the primary key is the rule (design.md 4). */
export interface SelectorTable {
  kvnr: string
  selector: string
  case_id: string
  round: number
}

/** An order for a letter and how far it has come; the row is the crash-safe memory of a print run. */
export interface LetterOrderTable {
  order_id: string
  case_id: string
  /** A reminder carries no PIN and changes nothing at the portal. */
  kind: Generated<'pin' | 'reminder'>
  reissue: ReissueMode
  state:
    | 'waiting'
    | 'making'
    | 'made'
    | 'published'
    | 'bundled'
    | 'handedOver'
    | 'withdrawn'
    | 'refused'
  run_id: string | null
  round: number | null
  letter_id: string | null
  bundle_id: string | null
  code: string | null
  /** Place in the run's numbering for the franking, from 1 without a gap; set when the letter left. */
  seq: number | null
  /** The letter check's signature over the sealed letter (b64u); without it no letter leaves. */
  verdict: string | null
  /** Whether the check tried the printed PIN. */
  sampled: Generated<boolean>
  /** Whether it stands on the stop list. */
  stopped: Generated<boolean>
  ordered_at: Date
  ordered_by: string
}

/** Letters sealed to the print centre, until they are posted. The office cannot open them. */
export interface SealedLetterTable {
  letter_id: string
  sealed: Buffer
  /** Of `sealed`, hex. */
  sha256: string
  pages: number
}

/** What a letter said, for copies of it (letters/letter-record.ts). */
export interface LetterRecordTable {
  letter_id: string
  case_id: string
  record: JSONColumnType<LetterRecord>
}

export interface PrintRunTable {
  run_id: string
  state: PrintRunState
  /** Whether the letters leave as soon as all are checked, or wait for somebody's word. */
  auto_release: boolean
  /** Why it was stopped or waits. */
  code: string | null
  /** Where in the letters folder the fault lies for which it waits. */
  place: NullableText
  /** How many were ordered; never changes. */
  letters: number
  created_at: Date
  created_by: string
}

export interface BundleTable {
  bundle_id: string
  state: 'writing' | 'handedOver' | 'posted'
  run_id: string | null
  created_at: Date
}

/** Commands to the portal in the exact bytes that are sent; the number is per case and only rises. */
export interface CommandTable {
  case_id: string
  number: number
  type: string
  round: number | null
  /** Emptied once nothing can need it again: the PIN is dead. */
  body: string | null
  state: 'pending' | 'applied' | 'refused'
  attempts: Generated<number>
  not_before: Date
  code: string | null
}

/** What arrived from the portal: verified and stored, or quarantined. */
export interface SubmissionTable {
  case_id: string
  round: number
  receipt: JSONColumnType<Record<string, unknown>>
  receipt_number: string
  submitted_at: Date
  manifest_sha256: string
  state: string
  /** The MAC that the person's page verifies; made with the key that opened the submission. */
  acknowledgement: string | null
  acknowledged_at: NullableInstant
  assigned_to: string | null
  /** Everything decrypted (answers, manifest, deviations), sealed under the case's data key. */
  sealed_content: Buffer | null
  documents: number
  changes: number
  deviations: number
  received_at: Date
}

export interface TaskTable {
  task_id: string
  kind: string
  case_id: string | null
  code: string
  state: 'open' | 'closed'
  created_at: Date
  closed_by: string | null
}

/** Append-only by trigger. `subject` is a case, run or task id, never a KVNR. */
export interface AuditTable {
  seq: Generated<number>
  at: Date
  actor: string
  action: string
  subject: string
  round: number | null
  detail: JSONColumnType<Record<string, unknown>>
}

export interface StaffSessionTable {
  token_hash: string
  name: string
  expires_at: Date
}

/** Orders for a new PIN that came in online, for the limits of design.md 6. */
export interface PinRequestTable {
  request_id: string
  case_id: string | null
  received_at: Date
  outcome: string
}

/** A new PIN to a fresh address: the first person's word, and the second's. */
export interface ReissueRequestTable {
  request_id: string
  case_id: string
  reason: string
  requested_by: string
  requested_at: Date
  approved_by: NullableText
  approved_at: NullableInstant
}

/** Facts that were applied; the portal may hand over the same one again. */
export interface FactTable {
  fact_id: string
  applied_at: Date
}

/** Counters of "Waren diese Informationen hilfreich?", as the portal counted them. */
export interface FeedbackTable {
  day: string
  page: string
  language: string
  helpful: string
  count: number
}

export interface OfficeSchema {
  cases: CaseTable
  form_versions: FormVersionTable
  rounds: RoundTable
  selectors: SelectorTable
  letter_orders: LetterOrderTable
  sealed_letters: SealedLetterTable
  letter_records: LetterRecordTable
  print_runs: PrintRunTable
  bundles: BundleTable
  commands: CommandTable
  submissions: SubmissionTable
  tasks: TaskTable
  audit: AuditTable
  staff_sessions: StaffSessionTable
  pin_requests: PinRequestTable
  reissue_requests: ReissueRequestTable
  facts: FactTable
  feedback: FeedbackTable
}
