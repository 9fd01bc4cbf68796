// Every route of both zones in one table: the servers register them, the clients call them, a test compares both.

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
}

const get = (path: string) => ({ method: 'GET', path }) as const
const post = (path: string) => ({ method: 'POST', path }) as const
const put = (path: string) => ({ method: 'PUT', path }) as const
const remove = (path: string) => ({ method: 'DELETE', path }) as const

/** What a browser asks of the portal. */
export const PORTAL = {
  keys: get('/api/v1/keys'),
  loginStart: post('/api/v1/login/start'),
  loginFinish: post('/api/v1/login/finish'),
  pinRequest: post('/api/v1/pin-requests'),
  feedback: post('/api/v1/feedback'),
  session: get('/api/v1/cases/:caseId/session'),
  sessionActivity: post('/api/v1/cases/:caseId/session/activity'),
  logout: remove('/api/v1/cases/:caseId/session'),
  casePackage: get('/api/v1/cases/:caseId/package'),
  draft: get('/api/v1/cases/:caseId/draft'),
  saveDraft: put('/api/v1/cases/:caseId/draft'),
  documents: get('/api/v1/cases/:caseId/documents'),
  announceDocument: post('/api/v1/cases/:caseId/documents'),
  uploadPart: put('/api/v1/cases/:caseId/documents/:documentId/parts/:part'),
  completeDocument: post('/api/v1/cases/:caseId/documents/:documentId/complete'),
  documentContent: get('/api/v1/cases/:caseId/documents/:documentId/content'),
  removeDocument: remove('/api/v1/cases/:caseId/documents/:documentId'),
  submit: post('/api/v1/cases/:caseId/submission'),
  receipt: get('/api/v1/cases/:caseId/receipt'),
} as const satisfies Record<string, Route>

/** What the courier asks of the portal's second listener, every request signed (RFC 9421). */
export const LINK = {
  command: put('/office/v1/cases/:caseId/commands/:number'),
  outbox: get('/office/v1/outbox'),
  acknowledgeFacts: post('/office/v1/outbox/acknowledge'),
  submission: get('/office/v1/submissions/:caseId'),
  submissionBlob: get('/office/v1/submissions/:caseId/blobs/:blobId'),
  acknowledgeSubmission: post('/office/v1/submissions/:caseId/acknowledgement'),
  quarantineSubmission: post('/office/v1/submissions/:caseId/quarantine'),
  pinRequests: get('/office/v1/pin-requests'),
  acknowledgePinRequests: post('/office/v1/pin-requests/acknowledge'),
  feedback: get('/office/v1/feedback'),
  cases: get('/office/v1/cases'),
  reconciled: post('/office/v1/reconciled'),
  status: get('/office/v1/status'),
} as const satisfies Record<string, Route>

/** What clerks, the command line and the core system ask of the office. */
export const OFFICE = {
  staffLogin: post('/api/v1/staff/login'),
  staffLogout: remove('/api/v1/staff/session'),
  staff: get('/api/v1/staff/me'),
  importCases: post('/api/v1/cases/import'),
  openCase: post('/api/v1/cases'),
  cases: get('/api/v1/cases'),
  case: get('/api/v1/cases/:caseId'),
  makeLetter: post('/api/v1/cases/:caseId/letter'),
  reissue: post('/api/v1/cases/:caseId/reissue'),
  revoke: post('/api/v1/cases/:caseId/revoke'),
  answeredOnPaper: post('/api/v1/cases/:caseId/answered-on-paper'),
  extend: post('/api/v1/cases/:caseId/extend'),
  changeAddress: post('/api/v1/cases/:caseId/address'),
  changeCard: post('/api/v1/cases/:caseId/second-factors'),
  printLetters: post('/api/v1/letters/print'),
  startRun: post('/api/v1/letters/runs'),
  printRuns: get('/api/v1/letters/runs'),
  previewPeople: get('/api/v1/letters/preview/people'),
  letterPreview: get('/api/v1/letters/preview'),
  letterStatus: post('/api/v1/letters/status'),
  letterReturns: post('/api/v1/letters/returns'),
  letterCopy: get('/api/v1/letters/copies/:letterId'),
  printRun: get('/api/v1/letters/runs/:runId'),
  controlRun: post('/api/v1/letters/runs/:runId/:control'),
  inbox: get('/api/v1/inbox'),
  inboxItem: get('/api/v1/inbox/:caseId'),
  inboxDocument: get('/api/v1/inbox/:caseId/documents/:documentId'),
  assignInboxItem: post('/api/v1/inbox/:caseId/assign'),
  decideInboxItem: post('/api/v1/inbox/:caseId/state'),
  exportManifest: get('/api/v1/inbox/:caseId/export'),
  exportFile: get('/api/v1/inbox/:caseId/export/files/:file'),
  tasks: get('/api/v1/tasks'),
  closeTask: post('/api/v1/tasks/:taskId/close'),
  feedback: get('/api/v1/feedback'),
  forms: get('/api/v1/forms'),
} as const satisfies Record<string, Route>

/** Fills the parameters of a route's path; each value is encoded, so that none can leave its segment. */
export function pathOf(
  route: Route,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  return route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`path parameter ${name} is missing`)
    return encodeURIComponent(String(value))
  })
}
