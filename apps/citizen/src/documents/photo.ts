// In the worker: makes a sheet of a photo (turned upright, shrunk, without EXIF), and a document of sheets and back.
import { newId } from '@einmal-pin/vault/random'
import { jpegPdf, type PdfInfo } from './jpeg-pdf.ts'
import { sheetsOf } from './jpeg-pdf-reading.ts'
import { PaperError } from './paper-error.ts'
import { issuesOf, SAMPLE_SIDE, sampleOf } from './photo-quality.ts'
import type { PaperIssue, Sheet, Turn } from './sheet.ts'

/** Longest side of a sheet in pixels: a page of A4 at about 190 dpi, legible and small. */
const LONGEST_SIDE = 2200
const JPEG_QUALITY = 0.8
/** Twice what is shown, for dense screens. */
const PREVIEW_SIDE = 360
const PREVIEW_QUALITY = 0.75

/** Rejects with a PaperError. */
export async function readSheet(photo: Blob): Promise<Sheet> {
  if (photo.size === 0) throw new PaperError('paper.empty')
  const image = await decoded(photo)
  const canvas = drawn(image, LONGEST_SIDE)
  image.close()
  const [jpeg, preview] = await Promise.all([encoded(canvas, JPEG_QUALITY), smaller(canvas)])
  const { width, height } = canvas
  return { key: newId(), jpeg, preview, width, height, turn: 0, issues: issuesIn(canvas) }
}

/** The PDF of the sheets, one a page. */
export async function bindSheets(sheets: readonly Sheet[], info: PdfInfo): Promise<Blob> {
  const read = sheets.map(async ({ jpeg, width, height, turn }) => {
    return { jpeg: new Uint8Array(await jpeg.arrayBuffer()), width, height, turn }
  })
  return new Blob([jpegPdf(await Promise.all(read), info)], { type: 'application/pdf' })
}

/** Undefined when the document was not bound here: it is then looked at as a file. */
export async function sheetsIn(document: Blob): Promise<readonly Sheet[] | undefined> {
  const found = sheetsOf(new Uint8Array(await document.arrayBuffer()))
  if (!found) return undefined
  const sheets: Sheet[] = []
  for (const { jpeg: bytes, ...rest } of found) {
    const jpeg = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
    const image = await decoded(jpeg)
    const canvas = drawn(image, SAMPLE_SIDE)
    image.close()
    const preview = await smaller(canvas)
    sheets.push({ ...rest, key: newId(), jpeg, preview, issues: issuesIn(canvas) })
  }
  return sheets
}

/** The whole picture as it is bound, turned, to be looked at closely. */
export async function uprightPicture({ jpeg, turn }: Sheet): Promise<Blob> {
  if (turn === 0) return jpeg
  const image = await decoded(jpeg)
  const { width, height } = image
  const lies = turn === 90 || turn === 270
  const canvas = new OffscreenCanvas(lies ? height : width, lies ? width : height)
  const context = contextOf(canvas)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate(radians(turn))
  context.drawImage(image, -width / 2, -height / 2)
  image.close()
  return encoded(canvas, JPEG_QUALITY)
}

const radians = (turn: Turn): number => (turn * Math.PI) / 180

/** Whole: measured, Chromium is not faster when it shrinks while decoding. Drawing then shrinks without another copy. */
async function decoded(photo: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(photo, { imageOrientation: 'from-image' })
  } catch {
    throw new PaperError((await isHeic(photo)) ? 'paper.heic' : 'paper.photo')
  }
}

/** ISO base media file with one of the HEIF brands (ISO/IEC 23008-12). */
async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 32).arrayBuffer())
  return /^.{4}ftyp.{0,20}(?:heic|heix|hevc|heif|mif1|msf1)/s.test(head)
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new PaperError('paper.photo')
  return context
}

/** The picture on white, no side longer than `longest`. */
function drawn(image: ImageBitmap | OffscreenCanvas, longest: number): OffscreenCanvas {
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  const width = Math.max(3, Math.round(image.width * scale))
  const height = Math.max(3, Math.round(image.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
  return canvas
}

const encoded = (canvas: OffscreenCanvas, quality: number): Promise<Blob> =>
  canvas.convertToBlob({ type: 'image/jpeg', quality })

const smaller = (canvas: OffscreenCanvas): Promise<Blob> =>
  encoded(drawn(canvas, PREVIEW_SIDE), PREVIEW_QUALITY)

function issuesIn(canvas: OffscreenCanvas): PaperIssue[] {
  const small = drawn(canvas, SAMPLE_SIDE)
  const { data, width, height } = contextOf(small).getImageData(0, 0, small.width, small.height)
  return issuesOf(sampleOf(data, width, height))
}
