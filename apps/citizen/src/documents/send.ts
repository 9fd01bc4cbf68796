// Sends a sealed document in parts, three at a time, and goes on by itself after every break.
import type { DocumentState } from '@einmal-pin/wire/case-session'
import type { Failure } from '@einmal-pin/wire/http-client'
import { api, type CaseApi } from '../case/api.ts'
import { handledRefusal } from '../case/leave.ts'
import { caseState } from '../case/state.svelte.ts'
import { vault } from '../vault-worker/vault.ts'
import { deleteAtPortal } from './remove.ts'
import { dropFile, type KeptUpload, keptFile } from './sealed-files.ts'
import { replace } from './slots.ts'
import { uploads } from './uploads.svelte.ts'

/** 1 MiB: small enough to move on a bad line, the least that the portal takes. */
const PART_SIZE = 1024 * 1024
const PARALLEL = 3
const FIRST_RETRY = 1500
const LONGEST_RETRY = 20_000

/** Refusals that another try cannot mend. */
const FINAL: ReadonlySet<string> = new Set([
  'document.quota',
  'document.tooLarge',
  'document.differs',
  'request.invalid',
  'request.tooLarge',
])

const sending = new Set<string>()

/** Starts or resumes the upload of a kept document; at most one run per document. */
export async function send(kept: KeptUpload): Promise<void> {
  const { id } = kept.meta
  if (sending.has(id)) return
  sending.add(id)
  try {
    await sendUntilDone(kept)
  } finally {
    sending.delete(id)
  }
}

async function sendUntilDone(kept: KeptUpload): Promise<void> {
  const { id } = kept.meta
  let pause = FIRST_RETRY
  while (uploads.find(id) && caseState.phase === 'open') {
    uploads.change(id, { state: 'uploading' })
    const failure = await sendOnce(kept)
    if (!failure || (await handledRefusal(failure.code))) return
    if (FINAL.has(failure.code)) {
      await refused(kept, failure.code)
      return
    }
    uploads.change(id, { state: 'waiting' })
    await lineIsBack(pause)
    pause = Math.min(pause * 2, LONGEST_RETRY)
  }
}

/** What it should have replaced stays as it is, and says why. */
async function refused({ meta, replaces }: KeptUpload, code: Failure['code']): Promise<void> {
  if (replaces === undefined || !uploads.find(replaces)) {
    uploads.change(meta.id, { state: 'failed', code })
    return
  }
  uploads.remove(meta.id)
  uploads.change(replaces, { code })
  await dropFile(caseState.place?.caseId ?? '', meta.id)
}

function lineIsBack(pause: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, pause)
    function done() {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    addEventListener('online', done)
  })
}

async function sendOnce(kept: KeptUpload): Promise<Failure | undefined> {
  const { meta, sealedMeta } = kept
  const caseId = caseState.place?.caseId ?? ''
  const client = api()
  const file = await keptFile(caseId, meta.id)
  if (!file) {
    uploads.change(meta.id, { state: 'elsewhere' })
    return undefined
  }
  const announced = await client.announceDocument({
    ...{ id: meta.id, sha256: meta.sha256, metadata: sealedMeta },
    ...{ size: file.size, partSize: PART_SIZE },
  })
  if (!announced.ok) return announced
  const sent = await sendParts(client, announced.value, file)
  if (!sent.ok) return sent
  // A document of one part is complete with it.
  const completed = sent.complete ? sent : await client.completeDocument(meta.id)
  if (!completed.ok) return completed
  // Removed or replaced while the last part was on its way: whoever did that deletes it.
  if (!uploads.find(meta.id)) return undefined
  uploads.change(meta.id, { state: 'complete', sentBytes: file.size })
  if (kept.replaces !== undefined) await takePlace(kept.replaces, kept)
  await dropFile(caseId, meta.id)
  return undefined
}

/** Only now, when the new document is safe at the portal, the old one goes. */
async function takePlace(oldId: string, { meta }: KeptUpload): Promise<void> {
  replace(oldId, meta)
  uploads.remove(oldId)
  uploads.change(meta.id, { replaces: undefined })
  await deleteAtPortal(oldId)
}

type Sent = { readonly ok: true; readonly complete: boolean }

async function sendParts(
  client: CaseApi,
  { id, received, partSize, complete }: DocumentState,
  file: Blob,
): Promise<Failure | Sent> {
  let last: Failure | Sent = { ok: true, complete }
  if (complete) return last
  const count = Math.ceil(file.size / partSize)
  const missing = Array.from({ length: count }, (_, part) => part).filter(
    (part) => !received.includes(part),
  )
  const sizeOf = (part: number) => Math.min(partSize, file.size - part * partSize)
  let sentBytes = received.reduce((sum, part) => sum + sizeOf(part), 0)
  uploads.change(id, { sentBytes, totalBytes: file.size })
  const lane = async () => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      if (!last.ok || !uploads.find(id)) return
      const slice = file.slice(part * partSize, part * partSize + sizeOf(part))
      const answer = await sendPart(client, id, part, slice)
      if (!answer.ok) {
        last = answer
        return
      }
      if (answer.value.complete) last = { ok: true, complete: true }
      sentBytes += sizeOf(part)
      uploads.change(id, { sentBytes })
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, lane))
  return last
}

async function sendPart(client: CaseApi, id: string, part: number, slice: Blob) {
  const bytes = new Uint8Array(await slice.arrayBuffer())
  return client.uploadPart(id, part, { bytes, contentDigest: await vault('digest', bytes) })
}
