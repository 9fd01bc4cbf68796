// What the command line prints with --json, one schema for each command and one for each way to fail.
import { type Static, Type } from 'typebox'
import {
  CaseDetail,
  CaseList,
  ExportManifest,
  ImportProblem,
  ImportReport,
  InboxDetail,
  InboxList,
  PrintRun,
  PrintRunList,
  ReturnsReport,
  StatusReport,
} from './office-api.ts'
import { strict } from './primitives.ts'

export const CliHelp = Type.Object({ help: Type.String() }, strict)
export type CliHelp = Static<typeof CliHelp>

/**
 * A command that failed or was not understood. `code` is one of the catalogue (a refusal of the office, which then
 * adds `status` and its extra members) or begins with `cli.`.
 */
export const CliFailure = Type.Object({
  code: Type.String({ minLength: 1 }),
  detail: Type.String({ minLength: 1 }),
  status: Type.Optional(Type.Integer()),
})
export type CliFailure = Static<typeof CliFailure>

/** `cases import` when nothing of the file was imported. */
export const RefusedImport = Type.Object(
  {
    code: Type.Literal('import.rejected'),
    detail: Type.String({ minLength: 1 }),
    imported: Type.Array(Type.Never(), { maxItems: 0 }),
    problems: Type.Array(ImportProblem, { minItems: 1 }),
  },
  strict,
)
export type RefusedImport = Static<typeof RefusedImport>

/** `letters print` when the run stands still. */
export const StuckRun = Type.Object(
  {
    ...PrintRun.properties,
    code: Type.Literal('run.stuck'),
    detail: Type.String({ minLength: 1 }),
  },
  strict,
)
export type StuckRun = Static<typeof StuckRun>

/** `inbox export`: what was written, and the folder (absolute). */
export const ExportedFolder = Type.Object(
  { ...ExportManifest.properties, out: Type.String({ minLength: 1 }) },
  strict,
)
export type ExportedFolder = Static<typeof ExportedFolder>

/** `advice` is empty where all is well. */
export const DoctorReport = Type.Object(
  {
    ok: Type.Boolean(),
    checks: Type.Array(
      Type.Object({ check: Type.String(), ok: Type.Boolean(), advice: Type.String() }, strict),
    ),
  },
  strict,
)
export type DoctorReport = Static<typeof DoctorReport>

/** Lines and columns count from 1; `file` is the path to open. */
export const FormFinding = Type.Object(
  {
    file: Type.String({ minLength: 1 }),
    line: Type.Integer({ minimum: 1 }),
    column: Type.Integer({ minimum: 1 }),
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
    code: Type.String({ pattern: '^form\\.' }),
    message: Type.String({ minLength: 1 }),
  },
  strict,
)
export type FormFinding = Static<typeof FormFinding>

/** `form check`: `ok` while there is no error; warnings do not count. */
export const FormCheckReport = Type.Object(
  {
    ok: Type.Boolean(),
    errors: Type.Integer({ minimum: 0 }),
    warnings: Type.Integer({ minimum: 0 }),
    forms: Type.Array(Type.String()),
    findings: Type.Array(FormFinding),
  },
  strict,
)
export type FormCheckReport = Static<typeof FormCheckReport>

/** `form preview`: where the form was shown until the command ended. */
export const FormPreview = Type.Object(
  { url: Type.String({ minLength: 1 }), form: Type.String({ minLength: 1 }) },
  strict,
)
export type FormPreview = Static<typeof FormPreview>

/** `letters copy`: a copy on disk. */
export const LetterCopyReport = Type.Object(
  {
    letterId: Type.String({ minLength: 1 }),
    out: Type.String({ minLength: 1 }),
    bytes: Type.Integer({ minimum: 1 }),
  },
  strict,
)
export type LetterCopyReport = Static<typeof LetterCopyReport>

/** `letters check`: `place` is a file of the folder, with line and column where they are known. */
export const LettersCheckReport = Type.Object(
  {
    ok: Type.Boolean(),
    folder: Type.String({ minLength: 1 }),
    letters: Type.Integer({ minimum: 0 }),
    findings: Type.Array(
      Type.Object(
        {
          place: Type.String({ minLength: 1 }),
          code: Type.String({ pattern: '^letter\\.' }),
          message: Type.String(),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type LettersCheckReport = Static<typeof LettersCheckReport>

/** `letters preview`: a specimen on disk; nothing was registered. */
export const LetterPreview = Type.Object(
  {
    out: Type.String({ minLength: 1 }),
    person: Type.String(),
    variant: Type.String(),
    language: Type.String(),
    pages: Type.Integer({ minimum: 1 }),
    bytes: Type.Integer({ minimum: 1 }),
  },
  strict,
)
export type LetterPreview = Static<typeof LetterPreview>

/** The document of each command that did what it was asked. */
export const CLI_DOCUMENTS = {
  '--help': CliHelp,
  'cases import': ImportReport,
  'cases list': CaseList,
  'cases show': CaseDetail,
  'cases reissue': CaseDetail,
  'cases revoke': CaseDetail,
  'cases extend': CaseDetail,
  'cases move': CaseDetail,
  'letters print': PrintRun,
  'letters status': StatusReport,
  'letters returns': ReturnsReport,
  'letters run list': PrintRunList,
  'letters run start': PrintRun,
  'letters run show': PrintRun,
  'letters run pause': PrintRun,
  'letters run resume': PrintRun,
  'letters run release': PrintRun,
  'letters run cancel': PrintRun,
  'letters preview': LetterPreview,
  'letters check': LettersCheckReport,
  'letters copy': LetterCopyReport,
  'inbox list': InboxList,
  'inbox show': InboxDetail,
  'inbox export': ExportedFolder,
  'form check': FormCheckReport,
  'form preview': FormPreview,
  doctor: DoctorReport,
} as const
export type CliCommand = Exclude<keyof typeof CLI_DOCUMENTS, '--help'>
