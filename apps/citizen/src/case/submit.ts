// "Absenden": sealed once, sent with one key until an answer comes, whatever happens in between.
import { listDocumentIds } from '@einmal-pin/domain/form/documents'
import type { Disclosure } from '@einmal-pin/vault/disclosure'
import type { Failure } from '@einmal-pin/wire/http-client'
import type { Receipt, Submission } from '@einmal-pin/wire/submission'
import type { ReadableCopy } from '../receipt-file/readable-copy.ts'
import { vault } from '../vault-worker/vault.ts'
import { api } from './api.ts'
import { flush, pull } from './draft-sync.ts'
import { handledRefusal } from './leave.ts'
import { readableCopy } from './readable-copy.ts'
import { useSession } from './session.ts'
import { caseState } from './state.svelte.ts'
import { keptCopy, pendingSubmission } from './tab-storage.ts'

/** The person's copy: what was sent, in words, and what proves it together with the receipt. */
export interface SentCopy {
  readonly readable: ReadableCopy
  readonly documents: readonly { readonly name: string; readonly size: number }[]
  readonly manifestSha256: string
  /** For the saved receipt: the sealed manifest, its key, and `readable` as it was digested. */
  readonly proof: Pick<Disclosure, 'manifest' | 'manifestKey' | 'copy'>
}

export type SendResult =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** Nothing was sent and nothing is on its way. */
  | { readonly kind: 'refused'; readonly code: Failure['code'] }
  /** Another page has taken over: the session ended or the PIN is over. */
  | { readonly kind: 'left' }

/** Called before every new try after a broken line. */
export type OnRetry = (tries: number) => void

const RETRY_AFTER = 2500

let running: Promise<SendResult> | undefined

/** A second call while one is running joins it: a double click sends once. */
export function submit(onRetry: OnRetry): Promise<SendResult> {
  running ??= prepareAndSend(onRetry).finally(() => {
    running = undefined
  })
  return running
}

async function prepareAndSend(onRetry: OnRetry): Promise<SendResult> {
  const pending = pendingSubmission.read()
  if (pending) return send(pending.key, JSON.parse(pending.body) as Submission, onRetry)
  if (!(await flush())) return { kind: 'refused', code: 'network' }
  const prepared = await prepare()
  if (!prepared) return { kind: 'refused', code: 'submission.documents' }
  return send(prepared.key, prepared.submission, onRetry)
}

async function prepare(): Promise<{ key: string; submission: Submission } | undefined> {
  const { contents, view, remote, session, documents } = caseState
  if (!contents || !view || remote.etag === null || !session) return undefined
  const { form } = contents
  const ids = listDocumentIds(form, caseState.answers, caseState.context)
  const metas = ids.flatMap((id) => documents.filter((meta) => meta.id === id))
  if (metas.length !== ids.length) return undefined
  const readable = readableCopy()
  if (!readable) return undefined
  const copy = JSON.stringify(readable)
  const { submission, manifestSha256, manifestKey } = await vault('sealSubmission', {
    ...{ draftRevision: remote.revision, draftEtag: remote.etag, answers: view.answers },
    ...{ documents: metas, declaredAt: new Date(Date.now() + caseState.clockSkew).toISOString() },
    form: { id: form.id, version: form.version, sha256: contents.formSha256 },
    copy,
  })
  const kept: SentCopy = {
    readable,
    documents: metas.map(({ name, size }) => ({ name, size })),
    manifestSha256,
    proof: { manifest: submission.manifest, manifestKey, copy },
  }
  keptCopy.write(await vault('keepCopy', kept, session.resumeKey))
  const key = await vault('newId')
  pendingSubmission.write({ key, body: JSON.stringify(submission) })
  return { key, submission }
}

async function send(key: string, submission: Submission, onRetry: OnRetry): Promise<SendResult> {
  for (let tries = 1; ; tries += 1) {
    const answer = await api().submit(submission, key)
    if (answer.ok) return { kind: 'sent', receipt: await arrived(answer.value) }
    if (answer.code !== 'network' && answer.status < 500) return refused(answer)
    onRetry(tries)
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER))
  }
}

async function arrived(receipt: Receipt): Promise<Receipt> {
  pendingSubmission.drop()
  const session = await api().session()
  if (session.ok) useSession(session.value)
  caseState.phase = 'submitted'
  return receipt
}

async function refused({ code }: Failure): Promise<SendResult> {
  // With the session gone the same bytes go out after the login; every other refusal means: not sent.
  if (code !== 'session.missing') pendingSubmission.drop()
  if (await handledRefusal(code)) return { kind: 'left' }
  if (code === 'submission.draft') await pull()
  return { kind: 'refused', code }
}
