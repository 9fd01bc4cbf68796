// Reads finished letters back for the tests: text, places in millimetres, structure, pixels.
import { PDFiumLibrary } from '@hyzyla/pdfium'

const MM_PER_POINT = 25.4 / 72

/** Millimetres from the top left edge of the page. */
export interface PlacedChar {
  readonly char: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** One element of the tag tree, flattened in reading order: `H1: text` or `Figure[alt]`. */
export type StructureLine = string

export interface ProbedPage {
  readonly text: string
  readonly chars: readonly PlacedChar[]
  readonly structure: readonly StructureLine[]
  readonly render: (scale: number) => Promise<{ width: number; height: number; data: Uint8Array }>
}

// What the library's own types leave out of the WASM's exports.
interface RawPdfium {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void }
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(textPage: number): void
  _FPDFText_CountChars(textPage: number): number
  _FPDFText_GetUnicode(textPage: number, index: number): number
  _FPDFText_GetCharBox(
    textPage: number,
    i: number,
    l: number,
    r: number,
    b: number,
    t: number,
  ): number
  _FPDFText_GetTextObject(textPage: number, index: number): number
  _FPDFPageObj_GetMarkedContentID(object: number): number
  _FPDF_StructTree_GetForPage(page: number): number
  _FPDF_StructTree_Close(tree: number): void
  _FPDF_StructTree_CountChildren(tree: number): number
  _FPDF_StructTree_GetChildAtIndex(tree: number, index: number): number
  _FPDF_StructElement_GetType(element: number, buffer: number, length: number): number
  _FPDF_StructElement_GetAltText(element: number, buffer: number, length: number): number
  _FPDF_StructElement_CountChildren(element: number): number
  _FPDF_StructElement_GetChildAtIndex(element: number, index: number): number
  _FPDF_StructElement_GetChildMarkedContentID(element: number, index: number): number
}

let library: PDFiumLibrary | undefined

/** All pages of a PDF. The document stays open until the process ends: tests are short. */
export async function probePdf(pdf: Uint8Array): Promise<ProbedPage[]> {
  library ??= await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  return [...document.pages()].map((page) => {
    const { module: raw, pageIdx } = page as unknown as { module: RawPdfium; pageIdx: number }
    const height = page.getOriginalSize().originalHeight
    const { chars, textOf } = readChars(raw, pageIdx, height)
    return {
      text: page.getText(),
      chars,
      structure: readStructure(raw, pageIdx, textOf),
      render: (scale) => page.render({ scale, render: 'bitmap' }),
    }
  })
}

/** The box around the first place where `text` stands (blanks of any kind are equal); undefined when nowhere. */
export function boxOf(page: ProbedPage, text: string): Omit<PlacedChar, 'char'> | undefined {
  const kept = page.chars.filter(({ char }) => char.trim() !== '')
  const at = kept
    .map(({ char }) => char)
    .join('')
    .indexOf(text.replace(/\s/gu, ''))
  if (at < 0) return undefined
  const found = kept.slice(at, at + text.replace(/\s/gu, '').length)
  return {
    left: Math.min(...found.map((char) => char.left)),
    top: Math.min(...found.map((char) => char.top)),
    right: Math.max(...found.map((char) => char.right)),
    bottom: Math.max(...found.map((char) => char.bottom)),
  }
}

function readChars(raw: RawPdfium, page: number, height: number) {
  const textPage = raw._FPDFText_LoadPage(page)
  const byMark = new Map<number, string>()
  const chars: PlacedChar[] = []
  for (let index = 0; index < raw._FPDFText_CountChars(textPage); index++) {
    const char = String.fromCodePoint(raw._FPDFText_GetUnicode(textPage, index) || 0xfffd)
    chars.push({ char, ...charBox(raw, textPage, index, height) })
    const object = raw._FPDFText_GetTextObject(textPage, index)
    // No id: an artifact (header, footer, drawing), which nobody reads out.
    const mark = object === 0 ? -1 : raw._FPDFPageObj_GetMarkedContentID(object)
    if (mark >= 0) byMark.set(mark, (byMark.get(mark) ?? '') + char)
  }
  raw._FPDFText_ClosePage(textPage)
  return { chars, textOf: (mark: number) => byMark.get(mark) ?? '' }
}

function charBox(raw: RawPdfium, textPage: number, index: number, height: number) {
  const pointer = raw.wasmExports.malloc(32)
  raw._FPDFText_GetCharBox(textPage, index, pointer, pointer + 8, pointer + 16, pointer + 24)
  const view = new DataView(raw.HEAPU8.buffer, pointer, 32)
  const [left, right, bottom, top] = [0, 8, 16, 24].map((at) => view.getFloat64(at, true))
  raw.wasmExports.free(pointer)
  return {
    left: (left ?? 0) * MM_PER_POINT,
    right: (right ?? 0) * MM_PER_POINT,
    top: (height - (top ?? 0)) * MM_PER_POINT,
    bottom: (height - (bottom ?? 0)) * MM_PER_POINT,
  }
}

function readStructure(raw: RawPdfium, page: number, textOf: (mark: number) => string) {
  const tree = raw._FPDF_StructTree_GetForPage(page)
  const lines: StructureLine[] = []
  const walk = (element: number): string => {
    const type = utf16(raw, (buffer, length) =>
      raw._FPDF_StructElement_GetType(element, buffer, length),
    )
    const alt = utf16(raw, (buffer, length) =>
      raw._FPDF_StructElement_GetAltText(element, buffer, length),
    )
    const at = lines.push('') - 1
    let own = ''
    for (let i = 0; i < raw._FPDF_StructElement_CountChildren(element); i++) {
      const child = raw._FPDF_StructElement_GetChildAtIndex(element, i)
      const mark = raw._FPDF_StructElement_GetChildMarkedContentID(element, i)
      own += child === 0 ? textOf(mark) : inline(child, walk(child))
    }
    const text = own.replace(/\s+/gu, ' ').trim()
    if (type !== 'Span' && (text !== '' || alt !== ''))
      lines[at] = alt ? `${type}[${alt}]` : `${type}: ${text}`
    return text
  }
  const inline = (child: number, text: string): string => {
    const type = utf16(raw, (buffer, length) =>
      raw._FPDF_StructElement_GetType(child, buffer, length),
    )
    return type === 'Span' ? ` ${text} ` : ''
  }
  for (let i = 0; i < raw._FPDF_StructTree_CountChildren(tree); i++) {
    walk(raw._FPDF_StructTree_GetChildAtIndex(tree, i))
  }
  raw._FPDF_StructTree_Close(tree)
  return lines.filter((line) => line !== '')
}

function utf16(raw: RawPdfium, read: (buffer: number, length: number) => number): string {
  const pointer = raw.wasmExports.malloc(2048)
  const length = Math.min(read(pointer, 2048), 2048)
  const text = Buffer.from(raw.HEAPU8.slice(pointer, pointer + Math.max(length - 2, 0))).toString(
    'utf16le',
  )
  raw.wasmExports.free(pointer)
  return text
}
