// Reads a finished PDF: text with its places in millimetres, and small pictures of parts of a page.
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'

const MM_PER_POINT = 25.4 / 72
const MM_PER_INCH = 25.4

/** Millimetres from the top left edge of the page. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export type PlacedChar = Area & {
  readonly char: string
  /** Where its line stands, in millimetres from the top edge. */
  readonly baseline: number
}

export interface ReadPage {
  readonly text: string
  readonly chars: () => readonly PlacedChar[]
  readonly picture: (area: Area, dpi: number) => Picture
}

/** RGBA, as the reader of codes takes it. */
export interface Picture {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[]
  readonly close: () => void
}

// What the library's own types leave out of the WASM's exports.
interface Raw {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void }
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(textPage: number): void
  _FPDFText_CountChars(textPage: number): number
  _FPDFText_GetUnicode(textPage: number, index: number): number
  _FPDFText_GetCharBox(text: number, i: number, l: number, r: number, b: number, t: number): number
  _FPDFText_GetCharOrigin(textPage: number, index: number, x: number, y: number): number
  _FPDFBitmap_Create(width: number, height: number, alpha: number): number
  _FPDFBitmap_FillRect(map: number, l: number, t: number, w: number, h: number, color: number): void
  _FPDFBitmap_GetBuffer(bitmap: number): number
  _FPDFBitmap_GetStride(bitmap: number): number
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
}

let library: PDFiumLibrary | undefined

/** Rejects when the bytes are no PDF. Close it: the library's memory knows no garbage collection. */
export async function openPdf(pdf: Uint8Array): Promise<ReadPdf> {
  library ??= await PDFiumLibrary.init()
  const document: PDFiumDocument = await library.loadDocument(pdf)
  const pages = [...document.pages()].map((page) => {
    const { module: raw, pageIdx } = page as unknown as { module: Raw; pageIdx: number }
    const { originalWidth: width, originalHeight: height } = page.getOriginalSize()
    // Read once: making the text of a page takes longer than everything that is done with it.
    const { text, chars } = readText(raw, pageIdx, height)
    return {
      text,
      chars: () => chars,
      picture: (area: Area, dpi: number) => draw(raw, pageIdx, { width, height }, area, dpi),
    }
  })
  return { pages, close: () => document.destroy() }
}

function readText(
  raw: Raw,
  page: number,
  height: number,
): { readonly text: string; readonly chars: readonly PlacedChar[] } {
  const loaded = raw._FPDFText_LoadPage(page)
  const at = raw.wasmExports.malloc(48)
  const chars: PlacedChar[] = []
  let text = ''
  const count = raw._FPDFText_CountChars(loaded)
  for (let index = 0; index < count; index += 1) {
    const char = String.fromCodePoint(raw._FPDFText_GetUnicode(loaded, index) || 0xfffd)
    text += char
    if (char.trim() === '') continue
    raw._FPDFText_GetCharBox(loaded, index, at, at + 8, at + 16, at + 24)
    raw._FPDFText_GetCharOrigin(loaded, index, at + 32, at + 40)
    const view = new DataView(raw.HEAPU8.buffer, at, 48)
    chars.push({
      char,
      left: view.getFloat64(0, true) * MM_PER_POINT,
      right: view.getFloat64(8, true) * MM_PER_POINT,
      bottom: (height - view.getFloat64(16, true)) * MM_PER_POINT,
      top: (height - view.getFloat64(24, true)) * MM_PER_POINT,
      baseline: (height - view.getFloat64(40, true)) * MM_PER_POINT,
    })
  }
  raw.wasmExports.free(at)
  raw._FPDFText_ClosePage(loaded)
  return { text, chars }
}

const WHITE = 0xffffffff
const WITH_ALPHA = 1

/** The whole page is set onto a bitmap that is only as big as `area`. */
function draw(
  raw: Raw,
  page: number,
  size: { readonly width: number; readonly height: number },
  area: Area,
  dpi: number,
): Picture {
  const pixels = (mm: number) => Math.round((mm / MM_PER_INCH) * dpi)
  const width = pixels(area.right - area.left)
  const height = pixels(area.bottom - area.top)
  const bitmap = raw._FPDFBitmap_Create(width, height, WITH_ALPHA)
  raw._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
  const whole = [pixels(size.width * MM_PER_POINT), pixels(size.height * MM_PER_POINT)] as const
  raw._FPDF_RenderPageBitmap(bitmap, page, -pixels(area.left), -pixels(area.top), ...whole, 0, 0)
  const start = raw._FPDFBitmap_GetBuffer(bitmap)
  const length = raw._FPDFBitmap_GetStride(bitmap) * height
  const data = Uint8ClampedArray.from(raw.HEAPU8.subarray(start, start + length))
  raw.HEAPU8.fill(0, start, start + length)
  raw._FPDFBitmap_Destroy(bitmap)
  return { data, width, height }
}
