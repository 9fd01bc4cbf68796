// After opening: brings together the draft's documents, the portal's list and what waits on this device.
import type { DocumentState } from '@einmal-pin/wire/case-session'
import { api, type CaseApi } from '../case/api.ts'
import { handledRefusal } from '../case/leave.ts'
import { caseState } from '../case/state.svelte.ts'
import { vault } from '../vault-worker/vault.ts'
import { dropFile, keptUploads } from './sealed-files.ts'
import { send } from './send.ts'
import { attach } from './slots.ts'
import { uploadOf, uploads } from './uploads.svelte.ts'

export async function adoptDocuments(): Promise<void> {
  const client = api()
  const answer = await client.documents()
  if (!answer.ok) {
    await handledRefusal(answer.code)
    return
  }
  const listed = answer.value.documents
  await deleteRemoved(client, listed)
  await adoptComplete(listed)
  await resumeKept()
  listDocuments(listed)
}

/** A removal is in the draft before the portal deletes: finish what was begun. */
async function deleteRemoved(client: CaseApi, listed: readonly DocumentState[]): Promise<void> {
  const gone = listed.filter(({ id }) => caseState.removed.includes(id))
  for (const { id } of gone) await client.removeDocument(id)
}

/** A complete document that the draft lacks: its sealed metadata says where it belongs. */
async function adoptComplete(listed: readonly DocumentState[]): Promise<void> {
  for (const state of listed) {
    if (!state.complete || caseState.removed.includes(state.id)) continue
    if (caseState.documents.some(({ id }) => id === state.id)) continue
    try {
      attach(await vault('openDocumentMeta', state.metadata, state))
    } catch {
      // Not ours, or sealed for an earlier secret: it cannot be used and is left out.
    }
  }
}

async function resumeKept(): Promise<void> {
  const caseId = caseState.place?.caseId ?? ''
  for (const kept of await keptUploads(caseId)) {
    if (caseState.removed.includes(kept.meta.id)) {
      await dropFile(caseId, kept.meta.id)
      continue
    }
    const { meta, replaces } = kept
    const upload = uploadOf(meta, 'uploading')
    if (replaces !== undefined) uploads.put({ ...upload, key: replaces, replaces })
    else {
      if (!caseState.documents.some(({ id }) => id === meta.id)) attach(meta)
      uploads.put(upload)
    }
    void send(kept)
  }
}

function listDocuments(listed: readonly DocumentState[]): void {
  for (const meta of caseState.documents) {
    const known = uploads.find(meta.id)
    if (known && known.state !== 'elsewhere') continue
    const complete = listed.some(({ id, complete }) => id === meta.id && complete)
    uploads.put(uploadOf(meta, complete ? 'complete' : 'elsewhere'))
  }
}

/** Documents that another device added or removed while this page is open. */
export async function followDocuments(): Promise<void> {
  const ids = new Set(caseState.documents.map(({ id }) => id))
  for (const { id, replaces } of uploads.list) {
    if (!id.startsWith('new-') && replaces === undefined && !ids.has(id)) uploads.remove(id)
  }
  if (!isAnyElsewhere()) return
  const answer = await api().documents()
  if (answer.ok) listDocuments(answer.value.documents)
}

/** Whether a document of the draft is not known to be complete, and not sent from here. */
const isAnyElsewhere = (): boolean =>
  caseState.documents.some(({ id }) => {
    const state = uploads.find(id)?.state
    return state === undefined || state === 'elsewhere'
  })

const LOOK_EVERY = 4000

/** The other device tells nobody when its upload is through: while one is awaited, this one asks. */
export function watchDocuments(): () => void {
  const timer = setInterval(() => {
    const isAwaited = caseState.phase === 'open' && !document.hidden && isAnyElsewhere()
    if (isAwaited) void followDocuments()
  }, LOOK_EVERY)
  return () => clearInterval(timer)
}
