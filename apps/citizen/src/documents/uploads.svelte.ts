// The documents as the pages list them: those in the draft, with how far each one has come.
import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import type { Failure } from '@einmal-pin/wire/http-client'
import type { PaperIssue } from './paper.ts'

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

/** Reasons why a file was not taken, beside those of the portal. */
export type PaperCode =
  | 'paper.heic'
  | 'paper.photo'
  | 'paper.notPdf'
  | 'paper.locked'
  | 'paper.type'
  | 'paper.failed'

export interface Upload {
  /** Document id, or `new-...` while preparing. */
  readonly id: string
  readonly slot: string
  readonly name: string
  readonly state: UploadState
  readonly size: number
  readonly pages: number
  readonly sentBytes: number
  readonly totalBytes: number
  readonly issues: readonly PaperIssue[]
  readonly code?: PaperCode | Failure['code']
  /** Chosen photos, so that another page can be added while this tab lives. */
  readonly photos?: readonly File[]
  /** Kept in memory only: closing the page loses it. */
  readonly volatile?: boolean
}

class Uploads {
  list = $state.raw<readonly Upload[]>([])
  /** What is read to screen readers: starts, sums and failures, never single parts. */
  spoken = $state('')

  change(id: string, part: Partial<Upload>): void {
    this.list = this.list.map((upload) => (upload.id === id ? { ...upload, ...part } : upload))
  }

  put(upload: Upload): void {
    const others = this.list.filter(({ id }) => id !== upload.id)
    this.list = [...others, upload]
  }

  remove(id: string): void {
    this.list = this.list.filter((upload) => upload.id !== id)
  }

  find(id: string): Upload | undefined {
    return this.list.find((upload) => upload.id === id)
  }
}

export const uploads = new Uploads()

export const isUnfinished = ({ state }: Upload): boolean =>
  state === 'preparing' || state === 'uploading' || state === 'waiting'

export const uploadOf = (meta: DocumentMeta, state: UploadState): Upload => ({
  ...{ id: meta.id, slot: meta.slot, name: meta.name, size: meta.size, pages: meta.pages },
  ...{ state, sentBytes: 0, totalBytes: meta.size, issues: [] },
})
