// Leaving a case: by choice, because the session ended, or because the PIN is over. What must be wiped is wiped here.
import type { ErrorCode } from '@einmal-pin/wire/errors'
import { wipeFiles } from '../documents/sealed-files.ts'
import { uploads } from '../documents/uploads.svelte.ts'
import { vault } from '../vault-worker/vault.ts'
import { apiOf } from './api.ts'
import { wipeDevice } from './device-storage.ts'
import { caseState, clearState, type Phase, type Reason } from './state.svelte.ts'
import { pendingSubmission, wipeTab } from './tab-storage.ts'

const GONE: ReadonlySet<string> = new Set<ErrorCode>([
  'case.expired',
  'case.revoked',
  'case.superseded',
  'case.locked',
  'case.submitted',
])

/** Deletes every trace of the case in this browser: memory, tab, IndexedDB, OPFS. */
export async function wipe(phase: Phase, reason?: Reason): Promise<void> {
  const caseId = caseState.place?.caseId
  clearState(phase, reason)
  uploads.clear()
  wipeTab()
  await Promise.all([
    vault('forget'),
    ...(caseId === undefined ? [] : [wipeDevice(caseId), wipeFiles(caseId)]),
  ])
}

/** "Abmelden": ends the session at the portal and wipes, even if the portal cannot be reached. */
export async function logout(): Promise<void> {
  const caseId = caseState.place?.caseId
  await wipe('closed')
  if (caseId !== undefined) await apiOf(caseId).logout()
}

/** A save or a look at the documents that this tab's own "Absenden" has overtaken: the receipt is on its way. */
const isOwnSubmission = (): boolean =>
  caseState.phase === 'submitted' || pendingSubmission.read() !== undefined

/**
 * Handles the refusals that every call may meet. True when it was one: the PIN is over (wiped) or the
 * session is (what is on screen waits for a login in place).
 */
export async function handledRefusal(code: string): Promise<boolean> {
  const isEnd = GONE.has(code) || code === 'session.missing'
  // Already left: a late answer must not change what is said about it.
  if (isEnd && (caseState.phase === 'closed' || caseState.phase === 'gone')) return true
  if (code === 'case.submitted' && isOwnSubmission()) return true
  if (GONE.has(code)) {
    await wipe('gone', code as ErrorCode)
    return true
  }
  if (code === 'session.missing') {
    // Several requests were on their way when it ended: the second to hear of it must not wipe what waits for the login.
    if (caseState.phase === 'open') caseState.phase = 'paused'
    else if (caseState.phase !== 'paused') await wipe('closed', code)
    return true
  }
  return false
}
