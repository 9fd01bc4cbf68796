// Opening a case in this tab: after a login, or again after a reload without the PIN.

import { withLastPage } from '@einmal-pin/domain/form/last-page'
import { applyPrefill } from '@einmal-pin/domain/form/prefill'
import type { SessionState } from '@einmal-pin/wire/case-session'
import type { Failure } from '@einmal-pin/wire/http-client'
import { adoptDocuments } from '../documents/adopt.ts'
import { uploads } from '../documents/uploads.svelte.ts'
import type { Place } from '../vault-worker/protocol.ts'
import { vault, WorkerError } from '../vault-worker/vault.ts'
import { api, apiOf } from './api.ts'
import { flush, pull, recoverUnsent, resetSync } from './draft-sync.ts'
import { handledRefusal, wipe } from './leave.ts'
import { useSession } from './session.ts'
import { type CasePackage, caseState, clearState } from './state.svelte.ts'
import { tabCase } from './tab-storage.ts'

/** After the vault was unlocked by a login: remembers the secret for reloads and loads the case. */
export async function enterCase(place: Place): Promise<void> {
  const isSameCase = caseState.place?.caseId === place.caseId && caseState.contents !== undefined
  if (!isSameCase) clearState('opening')
  const session = await apiOf(place.caseId).session()
  if (!session.ok) return fail(session)
  const kept = await vault('keepSecret', session.value.resumeKey)
  tabCase.write({ ...place, kept })
  if (isSameCase) return reenter(place, session.value)
  await load(place, session.value)
}

/** Logged in again in place: what is on screen stays and is merged with what was saved meanwhile. */
async function reenter(place: Place, session: SessionState): Promise<void> {
  caseState.place = place
  useSession(session)
  caseState.phase = session.state
  await pull()
  await flush()
  await adoptDocuments()
}

let restoring: Promise<void> | undefined

/** After a reload: asks the portal whether the session still lives, and goes on without the PIN. */
export function restoreCase(): Promise<void> {
  restoring ??= restore().finally(() => {
    restoring = undefined
  })
  return restoring
}

async function restore(): Promise<void> {
  if (caseState.phase !== 'opening' && caseState.phase !== 'failed') return
  // What was refused right after the login stays on screen: there is nothing to go back to.
  if (caseState.reason === 'case.tampered') return
  const kept = tabCase.read()
  if (!kept) return clearState('closed')
  const { caseId, round } = kept
  clearState('opening')
  caseState.place = { caseId, round }
  const session = await apiOf(caseId).session()
  if (!session.ok) return fail(session)
  try {
    await vault('resume', { caseId, round }, kept.kept, session.value.resumeKey)
  } catch {
    return wipe('closed', 'session.missing')
  }
  await load({ caseId, round }, session.value)
}

async function fail({ code }: Failure): Promise<void> {
  if (await handledRefusal(code)) return
  caseState.phase = 'failed'
  caseState.reason = code
}

async function load(place: Place, session: SessionState): Promise<void> {
  caseState.place = place
  useSession(session)
  if (session.state === 'submitted') {
    caseState.phase = 'submitted'
    return
  }
  resetSync()
  uploads.clear()
  try {
    await loadContents()
  } catch (error) {
    if (!(error instanceof WorkerError)) throw error
    await wipe('failed', 'case.tampered')
  }
}

async function loadContents(): Promise<void> {
  const answer = await api().casePackage()
  if (!answer.ok) return fail(answer)
  const contents = (await vault('openPackage', answer.value)).value as CasePackage
  const form = withLastPage(contents.form)
  caseState.contents = { ...contents, form }
  caseState.answers = applyPrefill(form, contents.prefill)
  if (!(await pull())) {
    if (caseState.phase === 'opening') caseState.phase = 'failed'
    caseState.reason ??= 'network'
    return
  }
  await recoverUnsent()
  caseState.phase = 'open'
  await adoptDocuments()
}
