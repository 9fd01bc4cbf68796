// Messages of the office's API: cases, import, letters, inbox and tasks, for clerks, the command line and core systems.
import { type Static, Type } from 'typebox'
import { MAX_LETTERS_IN_A_FILE } from './limits.ts'
import {
  CaseIdShape,
  Day,
  Instant,
  ReceiptNumberShape,
  Round,
  Sha256Hex,
  strict,
} from './primitives.ts'
import { LetterOutcome } from './print-hand-over.ts'

const Text = Type.String({ maxLength: 200 })
/** The name of a clerk. Control characters and half surrogate pairs are no names, and no database holds them. */
const StaffName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[^\\p{Cc}\\p{Cs}]*$',
})
/** One case as a core system hands it in: the columns of the CSV file as an object. */
export const CaseInput = Type.Object(
  {
    caseRef: Text,
    formId: Text,
    kvnr: Text,
    cardNumber: Type.Optional(Text),
    previousCardNumber: Type.Optional(Text),
    salutation: Type.Optional(Text),
    firstName: Text,
    lastName: Text,
    birthDate: Text,
    careOf: Type.Optional(Text),
    street: Text,
    houseNumber: Type.Optional(Text),
    postcode: Text,
    city: Text,
    country: Text,
    letterVariant: Text,
    prefill: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    secondFactor: Type.Optional(Text),
    recipientName: Type.Optional(Text),
    recipientRole: Type.Optional(Text),
  },
  strict,
)
export type CaseInput = Static<typeof CaseInput>

export const ImportProblem = Type.Object(
  {
    line: Type.Integer({ minimum: 1 }),
    field: Type.String(),
    code: Type.String(),
    message: Type.String(),
  },
  strict,
)
export type ImportProblem = Static<typeof ImportProblem>

export const ImportReport = Type.Object(
  {
    imported: Type.Array(
      Type.Object({ line: Type.Integer(), caseRef: Type.String(), caseId: CaseIdShape }, strict),
    ),
    problems: Type.Array(ImportProblem),
  },
  strict,
)
export type ImportReport = Static<typeof ImportReport>

/** The states of a case and of its newest PIN are the life cycles of packages/domain; the clerk's labels are in apps/clerk. */
export const CaseSummary = Type.Object(
  {
    caseId: CaseIdShape,
    caseRef: Type.String(),
    formId: Type.String(),
    formTitle: Type.String(),
    name: Type.String(),
    kvnr: Type.String(),
    state: Type.String(),
    pinState: Type.Union([Type.String(), Type.Null()]),
    letterDate: Type.Union([Day, Type.Null()]),
    lastDay: Type.Union([Day, Type.Null()]),
    createdAt: Instant,
  },
  strict,
)
export type CaseSummary = Static<typeof CaseSummary>

export const CaseList = Type.Object(
  { cases: Type.Array(CaseSummary), next: Type.Union([Type.String(), Type.Null()]) },
  strict,
)
export type CaseList = Static<typeof CaseList>

/** One letter with its PIN's state; days only, never content. */
export const LetterRound = Type.Object(
  {
    round: Round,
    letterId: Type.String(),
    /** Whether a copy without the PIN can be had. */
    hasCopy: Type.Boolean(),
    pinState: Type.String(),
    letterState: Type.String(),
    reissue: Type.String(),
    letterDate: Day,
    lastDay: Day,
    madeOn: Type.Union([Day, Type.Null()]),
    printedOn: Type.Union([Day, Type.Null()]),
    postedOn: Type.Union([Day, Type.Null()]),
    firstLoginOn: Type.Union([Day, Type.Null()]),
    lastActivityOn: Type.Union([Day, Type.Null()]),
    documents: Type.Integer({ minimum: 0 }),
  },
  strict,
)
export type LetterRound = Static<typeof LetterRound>

export const TimelineEntry = Type.Object(
  {
    at: Type.String(),
    event: Type.String(),
    round: Type.Union([Round, Type.Null()]),
    actor: Type.String(),
  },
  strict,
)
export type TimelineEntry = Static<typeof TimelineEntry>

export const CaseDetail = Type.Object(
  {
    ...CaseSummary.properties,
    addressLines: Type.Array(Type.String()),
    birthDate: Type.String(),
    secondFactor: Type.String(),
    cardSuffix: Type.Union([Type.String(), Type.Null()]),
    previousCardSuffix: Type.Union([Type.String(), Type.Null()]),
    letterVariant: Type.String(),
    recipient: Type.String(),
    daysLeft: Type.Union([Type.Integer(), Type.Null()]),
    locked: Type.Boolean(),
    receiptNumber: Type.Union([ReceiptNumberShape, Type.Null()]),
    submittedAt: Type.Union([Instant, Type.Null()]),
    rounds: Type.Array(LetterRound),
    timeline: Type.Array(TimelineEntry),
    allowedActions: Type.Array(Type.String()),
  },
  strict,
)
export type CaseDetail = Static<typeof CaseDetail>

export const ReissueOrder = Type.Object(
  { reason: Type.Union([Type.Literal('lost'), Type.Literal('stolen')]) },
  strict,
)
export type ReissueOrder = Static<typeof ReissueOrder>
export const RevokeReason = Type.Union([
  Type.Literal('death'),
  Type.Literal('wrongAddressee'),
  Type.Literal('openedInError'),
])
export const RevokeOrder = Type.Object({ reason: RevokeReason }, strict)
export type RevokeOrder = Static<typeof RevokeOrder>
/** Where a person lives now, as the core system reports it; the columns of the CSV file. */
export const AddressInput = Type.Pick(
  CaseInput,
  ['careOf', 'street', 'houseNumber', 'postcode', 'city', 'country'],
  strict,
)
export type AddressInput = Static<typeof AddressInput>
export const CardChange = Type.Object({ cardNumber: Text }, strict)
export type CardChange = Static<typeof CardChange>

const RunState = Type.Union([
  Type.Literal('making'),
  Type.Literal('paused'),
  Type.Literal('checked'),
  Type.Literal('released'),
  Type.Literal('stopped'),
  Type.Literal('cancelled'),
  Type.Literal('done'),
])
export const RunControlShape = Type.Union([
  Type.Literal('pause'),
  Type.Literal('resume'),
  Type.Literal('release'),
  Type.Literal('cancel'),
])

const Count = Type.Integer({ minimum: 0 })

/**
 * A print run and its balance: ordered = open + handedOver + withdrawn + refusals at every moment, and open is 0 once it is over.
 * Posted and spoiled letters are among those handed over.
 */
const PrintRunSummary = Type.Object(
  {
    runId: Type.String(),
    state: RunState,
    /** Whether its letters leave as soon as all are checked. */
    autoRelease: Type.Boolean(),
    createdAt: Instant,
    createdBy: Type.String(),
    /** Why it was stopped or waits: a code of the catalogue. */
    code: Type.Union([Type.String(), Type.Null()]),
    /** File of the letters folder, with line and column, that must be mended before it goes on. */
    place: Type.Union([Type.String(), Type.Null()]),
    ordered: Count,
    open: Count,
    made: Count,
    published: Count,
    handedOver: Count,
    posted: Count,
    spoiled: Count,
    withdrawn: Count,
    refusals: Count,
    bundles: Count,
    /** Letters with the letter check's signature, and of how many of them the PIN was tried. */
    check: Type.Object({ letters: Count, sampled: Count }, strict),
    controls: Type.Array(RunControlShape),
  },
  strict,
)
export type PrintRunSummary = Static<typeof PrintRunSummary>

export const PrintRun = Type.Object(
  {
    ...PrintRunSummary.properties,
    /** The first hundred letters that a clerk has to look at. */
    refused: Type.Array(
      Type.Object({ caseId: CaseIdShape, caseRef: Type.String(), code: Type.String() }, strict),
      { maxItems: 100 },
    ),
  },
  strict,
)
export type PrintRun = Static<typeof PrintRun>

/** The latest first; `waiting` letters belong to no run yet. */
export const PrintRunList = Type.Object(
  { waiting: Count, runs: Type.Array(PrintRunSummary, { maxItems: 50 }) },
  strict,
)
export type PrintRunList = Static<typeof PrintRunList>

export const RunOrder = Type.Object(
  { release: Type.Optional(Type.Boolean()) },
  { ...strict, description: 'release: letters leave as soon as all are checked; else they wait' },
)
export type RunOrder = Static<typeof RunOrder>

export const StatusOrder = Type.Object(
  { letters: Type.Array(LetterOutcome, { minItems: 1, maxItems: MAX_LETTERS_IN_A_FILE }) },
  strict,
)
export type StatusOrder = { readonly letters: readonly LetterOutcome[] }
/** `replaced`: spoiled letters that were ordered anew with a new PIN. */
export const StatusReport = Type.Object(
  { applied: Count, unchanged: Count, unknown: Type.Array(Type.String()), replaced: Count },
  strict,
)
export type StatusReport = Static<typeof StatusReport>

/** Letter ids, or what a scanner reads from a page: `<letterId>;<page>/<pages>`. */
export const ReturnsOrder = Type.Object(
  {
    letterIds: Type.Array(
      Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{1,63}(;[0-9]{1,3}/[0-9]{1,3})?$' }),
      { minItems: 1, maxItems: MAX_LETTERS_IN_A_FILE },
    ),
  },
  strict,
)
export type ReturnsOrder = { readonly letterIds: readonly string[] }
export const ReturnsReport = Type.Object(
  {
    returned: Count,
    unchanged: Count,
    unknown: Type.Array(Type.String()),
    notPosted: Type.Array(Type.String()),
  },
  strict,
)
export type ReturnsReport = Static<typeof ReturnsReport>

export const InboxItem = Type.Object(
  {
    caseId: CaseIdShape,
    caseRef: Type.String(),
    formTitle: Type.String(),
    name: Type.String(),
    receiptNumber: ReceiptNumberShape,
    submittedAt: Instant,
    state: Type.String(),
    assignedTo: Type.Union([Type.String(), Type.Null()]),
    documents: Type.Integer(),
    changes: Type.Integer(),
    flags: Type.Integer(),
  },
  strict,
)
export type InboxItem = Static<typeof InboxItem>
export const InboxList = Type.Object({ items: Type.Array(InboxItem) }, strict)
export type InboxList = Static<typeof InboxList>

/** One answer as the clerk reads it; `known` is the prefilled value where the person changed it. */
export const InboxAnswer = Type.Object(
  {
    path: Type.String(),
    label: Type.String(),
    value: Type.String(),
    known: Type.Union([Type.String(), Type.Null()]),
    changed: Type.Boolean(),
  },
  strict,
)
export type InboxAnswer = Static<typeof InboxAnswer>
export const InboxDocument = Type.Object(
  {
    documentId: Type.String(),
    slot: Type.String(),
    slotLabel: Type.String(),
    name: Type.String(),
    type: Type.String(),
    size: Type.Integer(),
    sha256: Sha256Hex,
    scan: Type.Literal('unscanned'),
  },
  strict,
)
export type InboxDocument = Static<typeof InboxDocument>
export const InboxDetail = Type.Object(
  {
    ...InboxItem.properties,
    formId: Type.String(),
    formVersion: Type.String(),
    sections: Type.Array(
      Type.Object({ title: Type.String(), answers: Type.Array(InboxAnswer) }, strict),
    ),
    proofs: Type.Array(
      Type.Object({ label: Type.String(), status: Type.String(), note: Type.String() }, strict),
    ),
    documentList: Type.Array(InboxDocument),
    deviations: Type.Array(
      Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() }, strict),
    ),
    documentsOpen: Type.Boolean(),
  },
  strict,
)
export type InboxDetail = Static<typeof InboxDetail>
export const AssignOrder = Type.Object({ to: Type.Union([StaffName, Type.Null()]) }, strict)
export type AssignOrder = Static<typeof AssignOrder>
export const DecideOrder = Type.Object({ state: Type.Literal('accepted') }, strict)
export type DecideOrder = Static<typeof DecideOrder>

export const ExportManifest = Type.Object(
  {
    caseId: CaseIdShape,
    files: Type.Array(
      Type.Object({ path: Type.String(), size: Type.Integer(), sha256: Sha256Hex }, strict),
    ),
  },
  strict,
)
export type ExportManifest = Static<typeof ExportManifest>

export const ClerkTask = Type.Object(
  {
    taskId: Type.String(),
    kind: Type.String(),
    caseId: Type.Union([CaseIdShape, Type.Null()]),
    caseRef: Type.Union([Type.String(), Type.Null()]),
    code: Type.String(),
    createdAt: Instant,
    state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  },
  strict,
)
export type ClerkTask = Static<typeof ClerkTask>
export const TaskList = Type.Object({ tasks: Type.Array(ClerkTask) }, strict)
export type TaskList = Static<typeof TaskList>

export const StaffLogin = Type.Object({ name: StaffName }, strict)
export type StaffLogin = Static<typeof StaffLogin>
export const Staff = Type.Object({ name: Type.String(), demo: Type.Boolean() }, strict)
export type Staff = Static<typeof Staff>

export const FormList = Type.Object(
  {
    forms: Type.Array(
      Type.Object({ formId: Type.String(), version: Type.String(), title: Type.String() }, strict),
    ),
  },
  strict,
)
export type FormList = Static<typeof FormList>
