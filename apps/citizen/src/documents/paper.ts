// Makes one PDF of what was chosen: photos are turned, shrunk and stripped of EXIF; a PDF passes if it is readable.
import { jpegPdf, type Sheet } from './jpeg-pdf.ts'
import { looksDark, looksSoft } from './photo-quality.ts'

export type PaperRequest =
  | {
      readonly kind: 'photos'
      readonly files: readonly Blob[]
      readonly title: string
      readonly language: string
    }
  | { readonly kind: 'pdf'; readonly file: Blob }

/** Warnings only: a photo is never refused for its quality. */
export type PaperIssue = 'soft' | 'dark'

export interface Paper {
  readonly file: Blob
  /** 0 = a PDF whose pages cannot be counted from outside. */
  readonly pages: number
  readonly issues: PaperIssue[]
}

/** Why a file cannot be taken; the page has a message for each code. */
export class PaperError extends Error {
  readonly code: string

  constructor(code: 'paper.heic' | 'paper.photo' | 'paper.notPdf' | 'paper.locked') {
    super(code)
    this.name = 'PaperError'
    this.code = code
  }
}

/** Longest side of a sheet in pixels: a page of A4 at about 190 dpi, legible and small. */
const LONGEST_SIDE = 2200
const JPEG_QUALITY = 0.8

/** Rejects with a PaperError. */
export function makePaper(request: PaperRequest): Promise<Paper> {
  return request.kind === 'pdf' ? checkedPdf(request.file) : paperOfPhotos(request)
}

async function paperOfPhotos(request: PaperRequest & { kind: 'photos' }): Promise<Paper> {
  const sheets: Sheet[] = []
  const issues = new Set<PaperIssue>()
  // One after the other: three photos of 12 megapixels at once are too much for a small phone.
  for (const file of request.files) {
    const canvas = await draw(file)
    for (const issue of issuesOf(canvas)) issues.add(issue)
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY })
    const bytes = new Uint8Array(await jpeg.arrayBuffer())
    sheets.push({ jpeg: bytes, width: canvas.width, height: canvas.height })
  }
  const { title, language } = request
  const file = new Blob([jpegPdf(sheets, { title, language })], { type: 'application/pdf' })
  return { file, pages: sheets.length, issues: [...issues] }
}

async function draw(file: Blob): Promise<OffscreenCanvas> {
  const image = await decoded(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new PaperError('paper.photo')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
  image.close()
  return canvas
}

async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new PaperError((await isHeic(file)) ? 'paper.heic' : 'paper.photo')
  }
}

/** ISO base media file with one of the HEIF brands (ISO/IEC 23008-12). */
async function isHeic(file: Blob): Promise<boolean> {
  const head = await latin1(file.slice(0, 32))
  return /^.{4}ftyp.{0,20}(?:heic|heix|hevc|heif|mif1|msf1)/s.test(head)
}

function issuesOf(canvas: OffscreenCanvas): PaperIssue[] {
  const issues: PaperIssue[] = []
  if (looksSoft(canvas)) issues.push('soft')
  if (looksDark(canvas)) issues.push('dark')
  return issues
}

async function checkedPdf(file: Blob): Promise<Paper> {
  const head = await latin1(file.slice(0, 1024))
  if (!head.includes('%PDF-')) throw new PaperError('paper.notPdf')
  const text = await latin1(file)
  if (/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text)) throw new PaperError('paper.locked')
  const pages = text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0
  return { file, pages, issues: [] }
}

async function latin1(part: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await part.arrayBuffer())
}
