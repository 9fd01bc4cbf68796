// The typed client of the office's API, for the clerk's app and the command line.
import type { RunControl } from '@einmal-pin/domain/print-run'
import type { FeedbackReport } from './feedback.ts'
import { type CallOptions, callBytes, callJson, type Send } from './http-client.ts'
import type { PreviewPeople, PreviewQuery } from './letter-preview.ts'
import type {
  AddressInput,
  AssignOrder,
  CardChange,
  CaseDetail,
  CaseInput,
  CaseList,
  CaseSummary,
  DecideOrder,
  ExportManifest,
  FormList,
  ImportReport,
  InboxDetail,
  InboxList,
  PrintRun,
  PrintRunList,
  ReissueOrder,
  ReturnsOrder,
  ReturnsReport,
  RevokeOrder,
  RunOrder,
  Staff,
  StaffLogin,
  StatusOrder,
  StatusReport,
  TaskList,
} from './office-api.ts'
import { OFFICE, type Route } from './routes.ts'

export interface CaseQuery {
  readonly q?: string
  /** Exactly this Aktenzeichen: one case or none. */
  readonly caseRef?: string
  readonly state?: string
  readonly limit?: number
  readonly after?: string
}

/** `headers` carries the bearer token of the command line; the clerk's browser adds its cookie by itself. */
export function officeClient(
  origin: string,
  headers: Readonly<Record<string, string>> = {},
  send: Send = (request) => fetch(request),
) {
  const json = <T>(route: Route, options: CallOptions = {}) =>
    callJson<T>(send, origin, route, { ...options, headers: { ...headers, ...options.headers } })
  const bytes = (route: Route, options: CallOptions = {}) =>
    callBytes(send, origin, route, { ...options, headers: { ...headers, ...options.headers } })
  const ofCase = (caseId: string) => ({ parameters: { caseId } })
  return {
    login: (order: StaffLogin) => json<Staff>(OFFICE.staffLogin, { json: order }),
    logout: () => json<undefined>(OFFICE.staffLogout),
    staff: () => json<Staff>(OFFICE.staff),
    forms: () => json<FormList>(OFFICE.forms),
    importCases: (csv: string, skipBad: boolean) =>
      json<ImportReport>(OFFICE.importCases, { text: csv, query: { skipBad } }),
    openCase: (input: CaseInput) => json<CaseSummary>(OFFICE.openCase, { json: input }),
    cases: (query: CaseQuery = {}) => json<CaseList>(OFFICE.cases, { query: { ...query } }),
    case: (caseId: string) => json<CaseDetail>(OFFICE.case, ofCase(caseId)),
    makeLetter: (caseId: string) => json<CaseDetail>(OFFICE.makeLetter, ofCase(caseId)),
    reissue: (caseId: string, order: ReissueOrder) =>
      json<CaseDetail>(OFFICE.reissue, { ...ofCase(caseId), json: order }),
    revoke: (caseId: string, order: RevokeOrder) =>
      json<CaseDetail>(OFFICE.revoke, { ...ofCase(caseId), json: order }),
    answeredOnPaper: (caseId: string) => json<CaseDetail>(OFFICE.answeredOnPaper, ofCase(caseId)),
    extend: (caseId: string) => json<CaseDetail>(OFFICE.extend, ofCase(caseId)),
    changeAddress: (caseId: string, input: AddressInput) =>
      json<CaseDetail>(OFFICE.changeAddress, { ...ofCase(caseId), json: input }),
    changeCard: (caseId: string, order: CardChange) =>
      json<CaseDetail>(OFFICE.changeCard, { ...ofCase(caseId), json: order }),
    printLetters: () => json<PrintRun>(OFFICE.printLetters),
    startRun: (order: RunOrder) => json<PrintRun>(OFFICE.startRun, { json: order }),
    printRuns: () => json<PrintRunList>(OFFICE.printRuns),
    controlRun: (runId: string, control: RunControl) =>
      json<PrintRun>(OFFICE.controlRun, { parameters: { runId, control } }),
    previewPeople: () => json<PreviewPeople>(OFFICE.previewPeople),
    letterPreview: (query: PreviewQuery) => bytes(OFFICE.letterPreview, { query: { ...query } }),
    letterCopy: (letterId: string) => bytes(OFFICE.letterCopy, { parameters: { letterId } }),
    letterStatus: (order: StatusOrder) => json<StatusReport>(OFFICE.letterStatus, { json: order }),
    letterReturns: (order: ReturnsOrder) =>
      json<ReturnsReport>(OFFICE.letterReturns, { json: order }),
    printRun: (runId: string) => json<PrintRun>(OFFICE.printRun, { parameters: { runId } }),
    inbox: (state?: string) => json<InboxList>(OFFICE.inbox, { query: { state } }),
    inboxItem: (caseId: string) => json<InboxDetail>(OFFICE.inboxItem, ofCase(caseId)),
    document: (caseId: string, documentId: string) =>
      bytes(OFFICE.inboxDocument, { parameters: { caseId, documentId } }),
    assign: (caseId: string, order: AssignOrder) =>
      json<InboxDetail>(OFFICE.assignInboxItem, { ...ofCase(caseId), json: order }),
    decide: (caseId: string, order: DecideOrder) =>
      json<InboxDetail>(OFFICE.decideInboxItem, { ...ofCase(caseId), json: order }),
    exportManifest: (caseId: string) => json<ExportManifest>(OFFICE.exportManifest, ofCase(caseId)),
    exportFile: (caseId: string, file: string) =>
      bytes(OFFICE.exportFile, { parameters: { caseId, file } }),
    feedback: () => json<FeedbackReport>(OFFICE.feedback),
    tasks: () => json<TaskList>(OFFICE.tasks),
    closeTask: (taskId: string) => json<TaskList>(OFFICE.closeTask, { parameters: { taskId } }),
  }
}

export type OfficeClient = ReturnType<typeof officeClient>
