// Takes a PDF of our own apart again into its sheets, so that they can be seen and changed on another day and device.
import type { PdfSheet } from './jpeg-pdf.ts'
import type { Turn } from './sheet.ts'

const PAGE =
  /\/Type \/Page \/Parent 2 0 R \/MediaBox \[[\d. ]+\] (?:\/Rotate (90|180|270) )?\/Contents \d+ 0 R /y
const IMAGE =
  /<<\/Type \/XObject \/Subtype \/Image \/Width (\d+) \/Height (\d+) \/ColorSpace \/DeviceRGB \/BitsPerComponent 8 \/Filter \/DCTDecode \/Length (\d+)>>\nstream\n/y

/** Longest head of an object of ours. */
const HEAD = 400

/** Undefined when the file is not one that jpegPdf wrote: it is then shown as a file. */
export function sheetsOf(pdf: Uint8Array): readonly PdfSheet[] | undefined {
  const offsets = offsetsOf(pdf)
  if (!offsets || offsets.length < 6 || offsets.length % 3 !== 0) return undefined
  const sheets: PdfSheet[] = []
  for (let page = 3; page < offsets.length; page += 3) {
    const sheet = sheetAt(pdf, [offsets[page] ?? 0, page + 1], [offsets[page + 2] ?? 0, page + 3])
    if (!sheet) return undefined
    sheets.push(sheet)
  }
  return sheets
}

const textAt = (pdf: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...pdf.subarray(from, to))

/** Where the objects begin, by the cross-reference table; the first three are catalogue, pages and title. */
function offsetsOf(pdf: Uint8Array): readonly number[] | undefined {
  const end = textAt(pdf, Math.max(0, pdf.length - 60), pdf.length)
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(end)?.[1] ?? Number.NaN)
  if (!(start < pdf.length) || pdf.length - start > 20_000) return undefined
  const table = textAt(pdf, start, pdf.length)
  if (!table.startsWith('xref\n0 ')) return undefined
  return [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
}

/** Offset and number of an object. */
type Place = readonly [number, number]

function sheetAt(pdf: Uint8Array, page: Place, image: Place): PdfSheet | undefined {
  const pageHead = matchAt(pdf, page, '<<', PAGE)
  const imageHead = matchAt(pdf, image, '', IMAGE)
  if (!pageHead || !imageHead) return undefined
  const [width = 0, height = 0, length = 0] = imageHead.groups.map(Number)
  const jpeg = pdf.subarray(imageHead.end, imageHead.end + length)
  const closes = textAt(pdf, imageHead.end + length, imageHead.end + length + 10) === '\nendstream'
  if (!closes) return undefined
  return { jpeg, width, height, turn: Number(pageHead.groups[0] ?? 0) as Turn }
}

function matchAt(pdf: Uint8Array, [offset, number]: Place, lead: string, pattern: RegExp) {
  const text = textAt(pdf, offset, offset + HEAD)
  const opening = `${number} 0 obj\n${lead}`
  if (!text.startsWith(opening)) return undefined
  pattern.lastIndex = opening.length
  const found = pattern.exec(text)
  if (!found) return undefined
  const [whole, ...groups] = found
  return { groups, end: offset + opening.length + whole.length }
}
