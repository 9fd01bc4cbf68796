// The documents as the pages list them: those in the draft, with how far each one has come.
import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import type { Failure } from '@einmal-pin/wire/http-client'
import type { PaperCode } from './paper-error.ts'
import type { Sheet } from './sheet.ts'

export type UploadState =
  /** Being made from photos or checked, then sealed. */
  | 'preparing'
  | 'uploading'
  /** The line is down; it goes on by itself. */
  | 'waiting'
  | 'complete'
  /** Begun on another device, or its sealed copy is gone: it must be added here again. */
  | 'elsewhere'
  | 'failed'

export interface Upload {
  /** Stays the same while the document is rebuilt: the page knows it by this. */
  readonly key: string
  /** Document id, or `new-...` while preparing. */
  readonly id: string
  /** The document whose place this one takes once it is safe at the portal. */
  readonly replaces?: string | undefined
  readonly slot: string
  readonly name: string
  readonly state: UploadState
  readonly size: number
  readonly pages: number
  readonly sentBytes: number
  readonly totalBytes: number
  readonly code?: PaperCode | Failure['code'] | undefined
  /** The photographed sheets as they are shown, and as they were when the document was sealed. */
  readonly sheets?: readonly Sheet[]
  readonly bound?: readonly Sheet[]
  /** Kept in memory only: closing the page loses it. */
  readonly volatile?: boolean
}

class Uploads {
  list = $state.raw<readonly Upload[]>([])
  /** What is read to screen readers: starts, sums, failures and what became of a sheet, never single parts. */
  spoken = $state('')

  /** Those that no other is about to replace. */
  get shown(): readonly Upload[] {
    return this.list.filter(({ id }) => !this.list.some(({ replaces }) => replaces === id))
  }

  /** The same text twice is read twice. */
  speak(text: string): void {
    this.spoken = text === this.spoken ? `${text}\u00a0` : text
  }

  change(id: string, part: Partial<Upload>): void {
    this.list = this.list.map((upload) => (upload.id === id ? { ...upload, ...part } : upload))
  }

  /** A document that takes another's place stands where that one stood. */
  put(upload: Upload): void {
    const at = this.list.findIndex(({ id, key }) => id === upload.id || key === upload.key)
    const others = this.list.filter(({ id }) => id !== upload.id)
    const place = at < 0 ? others.length : at
    this.list = [...others.slice(0, place), upload, ...others.slice(place)]
  }

  remove(id: string): void {
    this.list = this.list.filter((upload) => upload.id !== id)
  }

  clear(): void {
    this.list = []
    this.spoken = ''
  }

  find(id: string): Upload | undefined {
    return this.list.find((upload) => upload.id === id)
  }

  /** The document or what is about to replace it. */
  latest(id: string): Upload | undefined {
    return this.list.find(({ replaces }) => replaces === id) ?? this.find(id)
  }
}

export const uploads = new Uploads()

/** Sheets were turned, moved, added or taken out since the document was sealed. */
export const isChanged = ({ sheets, bound }: Upload): boolean => sheets !== bound

export const isUnfinished = (upload: Upload): boolean =>
  ['preparing', 'uploading', 'waiting'].includes(upload.state) || isChanged(upload)

export const isBroken = ({ state }: Upload): boolean => state === 'elsewhere' || state === 'failed'

export const uploadOf = (meta: DocumentMeta, state: UploadState): Upload => ({
  ...{ key: meta.id, id: meta.id, slot: meta.slot, name: meta.name, size: meta.size },
  ...{ pages: meta.pages, state, sentBytes: 0, totalBytes: meta.size },
})
