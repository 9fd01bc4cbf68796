// Saves the draft by itself and keeps it in step with other devices (design.md 6, "Autosave").
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { Failure } from '@einmal-pin/wire/http-client'
import { vault, WorkerError } from '../vault-worker/vault.ts'
import { api } from './api.ts'
import { drop, get, put } from './device-storage.ts'
import { bodyFrom, currentBody, mergeBodies, showBody } from './draft-body.ts'
import { handledRefusal, wipe } from './leave.ts'
import { caseState, type DraftBody, NO_DRAFT } from './state.svelte.ts'

const SAVE_AFTER = 1000
const FIRST_RETRY = 2000
const LONGEST_RETRY = 30_000

/** A sealed draft that the portal has not acknowledged yet, with the answers it was made from. */
interface UnsentDraft {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly etag: string
  /** Sealed bytes of the last common draft; null while there was none. */
  readonly base: Uint8Array<ArrayBuffer> | null
}

let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<boolean> | undefined
let changes = 0
let savedChanges = 0
let retryAfter = FIRST_RETRY
let baseAnswers: Answers = {}
let baseBytes: Uint8Array<ArrayBuffer> | null = null
let lastSent: { readonly etag: string; readonly body: DraftBody } | undefined

const caseIdOf = (): string => caseState.place?.caseId ?? ''

/** While an answer was awaited the case was closed, or another one opened. */
const isLeft = (caseId: string): boolean => caseIdOf() !== caseId

export function resetSync(): void {
  clearTimeout(timer)
  changes = 0
  savedChanges = 0
  retryAfter = FIRST_RETRY
  baseAnswers = {}
  baseBytes = null
  lastSent = undefined
}

export const hasUnsaved = (): boolean => changes !== savedChanges

/** Something changed: it is saved a second after the last change. */
export function touch(): void {
  if (caseState.preview) return
  changes += 1
  caseState.saving = 'dirty'
  clearTimeout(timer)
  timer = setTimeout(() => void flush(), SAVE_AFTER)
}

/** Saves now, until nothing is left. Resolves to false when the portal could not take it. */
export async function flush(): Promise<boolean> {
  clearTimeout(timer)
  running ??= saveAll().finally(() => {
    running = undefined
  })
  return running
}

async function saveAll(): Promise<boolean> {
  while (hasUnsaved()) {
    if (caseState.phase !== 'open') return false
    if (!(await saveOnce())) return false
  }
  return true
}

async function saveOnce(): Promise<boolean> {
  caseState.saving = 'saving'
  const caseId = caseIdOf()
  const [upTo, body, { revision, etag }] = [changes, currentBody(), caseState.remote]
  const sealed = await vault('sealDraft', { ...body, revision: revision + 1 }, revision + 1)
  // Whoever has left the case meanwhile has wiped this device: nothing may be laid down behind it.
  if (isLeft(caseId)) return false
  const { bytes, sha256, contentDigest } = sealed
  lastSent = { etag: sha256, body }
  await put('drafts', caseId, { bytes, etag: sha256, base: baseBytes } satisfies UnsentDraft)
  if (isLeft(caseId)) return false
  const answer = await api().saveDraft({
    ...{ bytes, contentDigest, revision: revision + 1, previousEtag: etag },
  })
  if (isLeft(caseId)) return false
  if (!answer.ok) return saveRefused(answer)
  savedChanges = upTo
  useSaved(answer.value, body, bytes)
  if (!hasUnsaved()) await drop('drafts', caseId)
  return true
}

function useSaved(
  saved: { revision: number; etag: string; savedAt: string | null },
  body: DraftBody,
  bytes: Uint8Array<ArrayBuffer>,
): void {
  const { revision, etag, savedAt } = saved
  caseState.remote = { revision, etag, savedAt }
  baseAnswers = body.answers
  baseBytes = bytes
  retryAfter = FIRST_RETRY
  caseState.saving = hasUnsaved() ? 'dirty' : 'saved'
}

async function saveRefused({ code }: Failure): Promise<boolean> {
  if (code === 'draft.conflict' || code === 'draft.revision') return pull()
  if (await handledRefusal(code)) return false
  caseState.saving = code === 'network' ? 'offline' : 'failed'
  clearTimeout(timer)
  timer = setTimeout(() => void flush(), retryAfter)
  retryAfter = Math.min(retryAfter * 2, LONGEST_RETRY)
  return false
}

/** Fetches the portal's draft and takes over or merges what another device changed. False: no answer that could be used. */
export async function pull(): Promise<boolean> {
  const caseId = caseIdOf()
  const { etag } = caseState.remote
  const answer = await api().draft(etag ?? undefined)
  if (isLeft(caseId)) return false
  if (!answer.ok) {
    await handledRefusal(answer.code)
    return false
  }
  if (answer.status === 204) caseState.remote = NO_DRAFT
  if (answer.status !== 200) return true
  const opened = await openOrRefuse(caseId, answer.value)
  if (opened === undefined || isLeft(caseId)) return false
  const newEtag = (answer.headers.get('etag') ?? '').replace(/^W\/|"/g, '')
  const savedAt = answer.headers.get('ep-saved-at')
  take({ revision: opened.revision, etag: newEtag, savedAt }, bodyFrom(opened.value), answer.value)
  return true
}

/** A draft that is not ours, or was changed on its way, closes the case here: nothing of it may be shown or built upon. */
async function openOrRefuse(caseId: string, bytes: Uint8Array<ArrayBuffer>) {
  try {
    return await vault('openDraft', bytes)
  } catch (error) {
    if (!(error instanceof WorkerError)) throw error
    // A worker that broke says nothing about the draft: it is asked again with the next look.
    if (error.isOpinion && !isLeft(caseId)) await wipe('failed', 'case.tampered')
    return undefined
  }
}

type Remote = { revision: number; etag: string; savedAt: string | null }

function take(remote: Remote, theirs: DraftBody, bytes: Uint8Array<ArrayBuffer>): void {
  // The answer to our own save was lost on the way: it is saved all the same.
  const ours = lastSent?.etag === remote.etag
  if (ours && lastSent) baseAnswers = lastSent.body.answers
  if (!ours && hasUnsaved()) mergeOntoScreen(baseAnswers, theirs)
  if (!ours && !hasUnsaved()) showBody(theirs)
  useSaved(remote, theirs, bytes)
}

function mergeOntoScreen(base: Answers, theirs: DraftBody): void {
  const { body, overwritten } = mergeBodies(base, currentBody(), theirs)
  showBody(body)
  caseState.overwritten = [...new Set([...caseState.overwritten, ...overwritten])]
}

/** After opening: a draft that this device could not send last time is brought back and sent. */
export async function recoverUnsent(): Promise<void> {
  const unsent = await get<UnsentDraft>('drafts', caseIdOf())
  if (!unsent) return
  if (unsent.etag === caseState.remote.etag) return drop('drafts', caseIdOf())
  try {
    const mine = bodyFrom((await vault('openDraft', unsent.bytes)).value)
    const base = unsent.base && bodyFrom((await vault('openDraft', unsent.base)).value)
    const { body } = mergeBodies(base?.answers ?? {}, mine, currentBody())
    showBody(body)
    touch()
  } catch {
    // Sealed for an earlier secret (a stolen letter) or damaged: it cannot be read any more.
    await drop('drafts', caseIdOf())
  }
}

const POLL_EVERY = 4000

/** Laptop and phone side by side: while the page is visible, it asks every few seconds whether something changed. */
export function watchDraft(): () => void {
  const timerId = setInterval(() => {
    const quiet = caseState.phase === 'open' && !document.hidden && !running && !hasUnsaved()
    if (quiet) void pull()
  }, POLL_EVERY)
  const syncNow = () => {
    if (caseState.phase !== 'open') return
    retryAfter = FIRST_RETRY
    if (hasUnsaved()) void flush()
    // Another device may have begun meanwhile: whoever comes back to this one sees it.
    else if (!document.hidden && !running) void pull()
  }
  addEventListener('online', syncNow)
  document.addEventListener('visibilitychange', syncNow)
  return () => {
    clearInterval(timerId)
    removeEventListener('online', syncNow)
    document.removeEventListener('visibilitychange', syncNow)
  }
}
