// Choosing a file or taking a photo: it is made, sealed, kept and sent without another button.
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENTS } from '@einmal-pin/wire/limits'
import { api } from '../case/api.ts'
import { flush } from '../case/draft-sync.ts'
import { handledRefusal } from '../case/leave.ts'
import { caseState } from '../case/state.svelte.ts'
import { m } from '../paraglide/messages.js'
import { vault, WorkerError } from '../vault-worker/vault.ts'
import type { PaperRequest } from './paper.ts'
import { dropFile, keepFile } from './sealed-files.ts'
import { send } from './send.ts'
import { attach, detach } from './slots.ts'
import { type PaperCode, type Upload, uploadOf, uploads } from './uploads.svelte.ts'

/** Where a document goes and what it is called in lists. */
export interface Target {
  readonly slot: string
  readonly title: string
}

const isPdf = (file: File): boolean => file.type === 'application/pdf' || /\.pdf$/i.test(file.name)

const isPhoto = (file: File): boolean =>
  file.type.startsWith('image/') || /\.(?:jpe?g|png|hei[cf])$/i.test(file.name)

let counter = 0

/** Photos chosen together become the sheets of one document; each PDF is a document of its own. */
export async function addFiles(target: Target, files: readonly File[]): Promise<void> {
  const photos = files.filter((file) => !isPdf(file) && isPhoto(file))
  for (const file of files.filter((file) => !isPdf(file) && !isPhoto(file))) {
    refuse(target, file, 'paper.type')
  }
  if (photos.length > 0) await addPhotos(target, photos)
  for (const file of files.filter(isPdf)) await addOne(target, file.name, { kind: 'pdf', file })
}

export async function addPhotos(target: Target, photos: readonly File[]): Promise<boolean> {
  const request = { kind: 'photos', files: photos, title: target.title, language: 'de' } as const
  return addOne(target, nameOf(photos), request, photos)
}

/** Another page for a document that was photographed in this tab. */
export async function addPage(target: Target, upload: Upload, photos: readonly File[]) {
  const all = [...(upload.photos ?? []), ...photos]
  if (await addPhotos(target, all)) await removeDocument(upload)
}

const nameOf = (photos: readonly File[]): string =>
  `${(photos[0]?.name ?? 'Foto').replace(/\.[^.]*$/, '')}.pdf`

function refuse(target: Target, file: File, code: PaperCode): void {
  counter += 1
  uploads.put({ ...blank(target, `new-${counter}`, file.name), state: 'failed', code })
}

const blank = ({ slot }: Target, id: string, name: string): Upload => ({
  ...{ id, slot, name, state: 'preparing', size: 0, pages: 0 },
  ...{ sentBytes: 0, totalBytes: 0, issues: [] },
})

async function addOne(
  target: Target,
  name: string,
  request: PaperRequest,
  photos?: readonly File[],
): Promise<boolean> {
  counter += 1
  const id = `new-${counter}`
  uploads.put(blank(target, id, photos?.[0]?.name ?? name))
  uploads.spoken = m.files_spoken_start({ name })
  const code = await addSealed(target, id, name, request, photos)
  if (code !== undefined) {
    uploads.change(id, { state: 'failed', code })
    uploads.spoken = m.files_spoken_failed({ name })
  }
  return code === undefined
}

type Refusal = NonNullable<Upload['code']>

async function addSealed(
  target: Target,
  temporaryId: string,
  name: string,
  request: PaperRequest,
  photos?: readonly File[],
): Promise<Refusal | undefined> {
  if (caseState.documents.length >= MAX_DOCUMENTS) return 'document.quota'
  if (request.kind === 'pdf' && request.file.size > MAX_DOCUMENT_BYTES) return 'document.tooLarge'
  const caseId = caseState.place?.caseId ?? ''
  try {
    const paper = await vault('makePaper', request)
    if (paper.file.size > MAX_DOCUMENT_BYTES) return 'document.tooLarge'
    const sealed = await vault('sealDocument', paper.file, target.slot, name, paper.pages)
    // Left while the paper was made: nothing may be laid down behind the wipe.
    if (caseState.place?.caseId !== caseId) return 'paper.failed'
    const kept = { meta: sealed.meta, sealedMeta: sealed.sealedMeta }
    const stored = await keepFile(caseId, kept, sealed.file)
    uploads.remove(temporaryId)
    uploads.put({
      ...uploadOf(sealed.meta, 'uploading'),
      ...{ issues: paper.issues, volatile: !stored, ...(photos && { photos }) },
    })
    attach(sealed.meta)
    void send(kept).then(() => speakEnd(sealed.meta.id, name))
    return undefined
  } catch (error) {
    const code = error instanceof WorkerError ? error.code : ''
    return code.startsWith('paper.') ? (code as PaperCode) : 'paper.failed'
  }
}

function speakEnd(id: string, name: string): void {
  const state = uploads.find(id)?.state
  if (state === 'complete') uploads.spoken = m.files_spoken_done({ name })
  if (state === 'failed') uploads.spoken = m.files_spoken_failed({ name })
}

/** The removal is written into the draft first, then the portal deletes the document. */
export async function removeDocument({ id, slot }: Pick<Upload, 'id' | 'slot'>): Promise<void> {
  uploads.remove(id)
  if (id.startsWith('new-')) return
  detach(id, slot)
  const client = api()
  await dropFile(caseState.place?.caseId ?? '', id)
  if (!(await flush())) return
  const answer = await client.removeDocument(id)
  if (!answer.ok) await handledRefusal(answer.code)
}

/** Decrypts a complete document and hands it over as a file to look at. */
export async function openUpload(id: string): Promise<boolean> {
  const meta = caseState.documents.find((document) => document.id === id)
  const answer = await api().documentContent(id)
  if (!meta || !answer.ok) return false
  const file = await vault('openDocument', answer.value, meta.sha256, meta.type)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = meta.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return true
}
