// Seals one document, keeps it on this device until the portal has it, and sends it.
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENTS } from '@einmal-pin/wire/limits'
import { caseState } from '../case/state.svelte.ts'
import { m } from '../paraglide/messages.js'
import type { SealedDocument } from '../vault-worker/protocol.ts'
import { vault, WorkerError } from '../vault-worker/vault.ts'
import type { PaperCode } from './paper-error.ts'
import { dropDocuments } from './remove.ts'
import { dropFile, type KeptUpload, keepFile } from './sealed-files.ts'
import { send } from './send.ts'
import type { Sheet } from './sheet.ts'
import { attach } from './slots.ts'
import { type Upload, uploadOf, uploads } from './uploads.svelte.ts'

interface Place {
  readonly slot: string
  readonly name: string
  /** The document that it replaces once it is safe. */
  readonly instead?: Upload
}

/** Sheets are bound into a PDF with this title; a chosen PDF goes as it is. */
export type Making = Place &
  (
    | { readonly sheets: readonly Sheet[]; readonly title: string }
    | { readonly file: File; readonly sheets?: undefined }
  )

export type Refusal = NonNullable<Upload['code']>

export function paperCodeOf(error: unknown): PaperCode {
  const code = error instanceof WorkerError ? error.code : ''
  return code.startsWith('paper.') ? (code as PaperCode) : 'paper.failed'
}

/**
 * Replaces the line `lineId` of the list by the sealed document. Returns why it could not be taken; nothing has
 * changed then. When the line was changed or removed meanwhile, nothing happens at all.
 */
export async function sealAndSend(lineId: string, making: Making): Promise<Refusal | undefined> {
  if (!making.instead && caseState.documents.length >= MAX_DOCUMENTS) return 'document.quota'
  const caseId = caseState.place?.caseId
  if (caseId === undefined) return 'paper.failed'
  const before = uploads.find(lineId)
  try {
    const sealed = await seal(making)
    if (typeof sealed === 'string') return sealed
    // Left while the paper was made: nothing may be laid down behind the wipe.
    if (caseState.place?.caseId !== caseId) return 'paper.failed'
    if (before === undefined || uploads.find(lineId)?.sheets !== before.sheets) return undefined
    await keepAndList(caseId, before, making, sealed)
    return undefined
  } catch (error) {
    return paperCodeOf(error)
  }
}

async function seal(making: Making): Promise<SealedDocument | Refusal> {
  const { slot, name } = making
  if (making.sheets) {
    const info = { title: making.title, language: 'de' }
    const file = await vault('bindSheets', making.sheets, info)
    if (file.size > MAX_DOCUMENT_BYTES) return 'document.tooLarge'
    return vault('sealDocument', file, slot, name, making.sheets.length)
  }
  const { file } = making
  if (file.size > MAX_DOCUMENT_BYTES) return 'document.tooLarge'
  return vault('sealDocument', file, slot, name, await vault('checkPdf', file))
}

async function keepAndList(
  caseId: string,
  before: Upload,
  { sheets, instead }: Making,
  { file, meta, sealedMeta }: SealedDocument,
): Promise<void> {
  // A replacement on its way is itself replaced: what it was for is still the document at the portal.
  const keptOf = (old: Upload | undefined): KeptUpload => {
    const replaces = old?.replaces ?? old?.id
    return { meta, sealedMeta, ...(replaces !== undefined && { replaces }) }
  }
  const stored = await keepFile(caseId, keptOf(instead), file)
  // Removed, or the whole case left, while it was laid down.
  const line = uploads.find(before.id)
  if (!line) return dropFile(caseId, meta.id)
  const old = instead && (uploads.find(instead.id) ?? instead)
  const kept = keptOf(old)
  uploads.put({
    ...uploadOf(meta, 'uploading'),
    ...{ key: before.key, volatile: !stored, totalBytes: file.size, replaces: kept.replaces },
    ...(sheets && { sheets: line.sheets ?? sheets, bound: sheets }),
  })
  if (before.id.startsWith('new-')) uploads.remove(before.id)
  if (!old) attach(meta)
  else if (old.replaces === undefined) uploads.change(old.id, boundOf(old))
  else void dropDocuments([old])
  void send(kept).then(() => speakEnd(meta.id, meta.name))
}

/** As it was sealed: what is shown when the one that replaces it is refused. */
const boundOf = ({ bound }: Upload): Partial<Upload> =>
  bound ? { sheets: bound, pages: bound.length } : {}

function speakEnd(id: string, name: string): void {
  const state = uploads.find(id)?.state
  if (state === 'complete') uploads.speak(m.files_spoken_done({ name }))
  if (state === 'failed') uploads.speak(m.files_spoken_failed({ name }))
}
