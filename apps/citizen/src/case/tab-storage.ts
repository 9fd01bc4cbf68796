// What this tab remembers over a reload: which case, and the case secret sealed under the session's resume key.

export interface TabCase {
  readonly caseId: string
  readonly round: number
  /** Opens only with the resume key, which only the live session can fetch. */
  readonly kept: string
}

/** A submission on its way: the same key and bytes go out again after a reload. */
export interface PendingSubmission {
  readonly key: string
  readonly body: string
}

const CASE = 'ep-case'
const SENDING = 'ep-sending'
const COPY = 'ep-copy'

function read<T>(name: string): T | undefined {
  try {
    const text = sessionStorage.getItem(name)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

function write(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Without storage a reload asks for the PIN again; nothing else is lost.
  }
}

export const tabCase = {
  read: () => read<TabCase>(CASE),
  write: (value: TabCase) => write(CASE, value),
}

export const pendingSubmission = {
  read: () => read<PendingSubmission>(SENDING),
  write: (value: PendingSubmission) => write(SENDING, value),
  drop: () => sessionStorage.removeItem(SENDING),
}

/** The person's copy of what was sent, sealed under the resume key. */
export const keptCopy = {
  read: () => read<string>(COPY),
  write: (value: string) => write(COPY, value),
}

/** Everything, the framework's notes about scrolling included. */
export function wipeTab(): void {
  sessionStorage.clear()
}
