// Choosing a file or taking a photo: it is made, sealed, kept and sent without another button.
import { m } from '../paraglide/messages.js'
import { vault } from '../vault-worker/vault.ts'
import type { PaperCode } from './paper-error.ts'
import { paperText } from './paper-text.ts'
import { paperCodeOf, type Refusal, sealAndSend } from './seal-and-send.ts'
import type { Sheet } from './sheet.ts'
import { type Upload, uploads } from './uploads.svelte.ts'

/** Where a document goes and what it is called in lists. */
export interface Target {
  readonly slot: string
  readonly title: string
  /** A document that is taken again here: the first new one takes its place. */
  readonly instead?: Upload
}

const isPdf = (file: File): boolean => file.type === 'application/pdf' || /\.pdf$/i.test(file.name)

const isPhoto = (file: File): boolean =>
  file.type.startsWith('image/') || /\.(?:jpe?g|png|hei[cf])$/i.test(file.name)

let counter = 0

/** Photos chosen together become the sheets of one document; each PDF is a document of its own. */
export async function addFiles(target: Target, files: readonly File[]): Promise<void> {
  const photos = files.filter((file) => !isPdf(file) && isPhoto(file))
  const pdfs = files.filter(isPdf)
  for (const file of files.filter((file) => !isPdf(file) && !isPhoto(file))) {
    refuse(target, file.name, 'paper.type')
  }
  if (photos.length > 0) await addPhotos(target, photos)
  const { instead: _, ...elsewhere } = target
  for (const [index, file] of pdfs.entries()) {
    await addPdf(photos.length + index === 0 ? target : elsewhere, file)
  }
}

async function addPhotos(target: Target, photos: readonly File[]): Promise<void> {
  const name = nameOf(photos)
  const id = begin(target, photos[0]?.name ?? name)
  const sheets = await readSheets(target, photos)
  if (sheets.length === 0) return uploads.remove(id)
  const { title, instead, slot } = target
  const code = await sealAndSend(id, { slot, name, title, sheets, ...(instead && { instead }) })
  if (code !== undefined) fail(id, name, code)
}

/** One after the other, as one after the other is what a small phone can do. What cannot be read is named, the others are kept. */
export async function readSheets(
  target: Target,
  photos: readonly File[],
): Promise<readonly Sheet[]> {
  const sheets: Sheet[] = []
  for (const photo of photos) {
    try {
      sheets.push(await vault('readSheet', photo))
    } catch (error) {
      refuse(target, photo.name, paperCodeOf(error))
    }
  }
  return sheets
}

const nameOf = (photos: readonly File[]): string =>
  `${(photos[0]?.name ?? 'Foto').replace(/\.[^.]*$/, '')}.pdf`

async function addPdf({ slot, instead, ...target }: Target, file: File): Promise<void> {
  const { name } = file
  const id = begin({ slot, ...target, ...(instead && { instead }) }, name)
  const code = await sealAndSend(id, { slot, name, file, ...(instead && { instead }) })
  if (code !== undefined) fail(id, name, code)
}

/** A line for the document that is being made; returns its temporary id. */
function begin(target: Target, name: string): string {
  const upload = blank(target, name)
  uploads.put(upload)
  uploads.speak(m.files_spoken_start({ name }))
  return upload.id
}

function blank({ slot, instead }: Target, name: string): Upload {
  counter += 1
  const id = `new-${counter}`
  return {
    ...{ id, slot, name, state: 'preparing', size: 0, pages: 0, sentBytes: 0, totalBytes: 0 },
    ...(instead ? { key: instead.key, replaces: instead.id } : { key: id }),
  }
}

function refuse({ slot, title }: Target, name: string, code: PaperCode): void {
  const upload = blank({ slot, title }, name)
  uploads.put(upload)
  fail(upload.id, name, code)
}

function fail(id: string, name: string, code: Refusal): void {
  uploads.change(id, { state: 'failed', code })
  uploads.speak(`${m.files_spoken_failed({ name })} ${paperText(code)}`)
}
