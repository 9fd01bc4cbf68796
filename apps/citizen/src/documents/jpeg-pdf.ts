// The smallest PDF that holds JPEG photos, one a page (ISO 32000-1): title and language set, no other metadata.

import { concat } from '@einmal-pin/vault/bytes'
import type { Turn } from './sheet.ts'

export interface PdfSheet {
  readonly jpeg: Uint8Array
  /** Pixels, before turning. */
  readonly width: number
  readonly height: number
  /** The reader turns the page: no pixel is made anew. */
  readonly turn: Turn
}

export interface PdfInfo {
  readonly title: string
  /** BCP 47, for example `de`. */
  readonly language: string
}

/** A4 in points; a landscape photo gets a landscape page. */
const SHORT_SIDE = 595.28
const LONG_SIDE = 841.89

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** A text string as UTF-16BE in hexadecimal, so that umlauts and brackets need no escaping. */
function textString(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return `<FEFF${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}>`
}

const placed = (value: number): string => value.toFixed(2)

interface Layout {
  readonly media: string
  readonly content: string
}

/** The photo as large as the page allows, in its middle. */
function layout(sheet: PdfSheet): Layout {
  const landscape = sheet.width > sheet.height
  const [pageWidth, pageHeight] = landscape ? [LONG_SIDE, SHORT_SIDE] : [SHORT_SIDE, LONG_SIDE]
  const scale = Math.min(pageWidth / sheet.width, pageHeight / sheet.height)
  const [width, height] = [sheet.width * scale, sheet.height * scale]
  const [x, y] = [(pageWidth - width) / 2, (pageHeight - height) / 2]
  const matrix = [width, 0, 0, height, x, y].map(placed).join(' ')
  return {
    media: `[0 0 ${placed(pageWidth)} ${placed(pageHeight)}]`,
    content: `q ${matrix} cm /I Do Q`,
  }
}

type Part = string | Uint8Array

/** Objects 4, 5, 6 are the first photo's page, content and image; 7, 8, 9 the second's, and so on. */
function sheetObjects(sheet: PdfSheet, index: number): Part[][] {
  const page = 4 + index * 3
  const { media, content } = layout(sheet)
  const rotate = sheet.turn === 0 ? '' : `/Rotate ${sheet.turn} `
  const size = `/Width ${sheet.width} /Height ${sheet.height}`
  return [
    [
      `<</Type /Page /Parent 2 0 R /MediaBox ${media} ${rotate}/Contents ${page + 1} 0 R ` +
        `/Resources <</XObject <</I ${page + 2} 0 R>>>>>>`,
    ],
    [`<</Length ${content.length}>>\nstream\n${content}\nendstream`],
    [
      `<</Type /XObject /Subtype /Image ${size} /ColorSpace /DeviceRGB /BitsPerComponent 8 ` +
        `/Filter /DCTDecode /Length ${sheet.jpeg.length}>>\nstream\n`,
      sheet.jpeg,
      '\nendstream',
    ],
  ]
}

/** The bytes of the file. The JPEGs must be RGB without EXIF rotation. */
export function jpegPdf(sheets: readonly PdfSheet[], info: PdfInfo): Uint8Array<ArrayBuffer> {
  const kids = sheets.map((_, index) => `${4 + index * 3} 0 R`).join(' ')
  const objects: Part[][] = [
    [
      `<</Type /Catalog /Pages 2 0 R /Lang (${info.language}) ` +
        '/ViewerPreferences <</DisplayDocTitle true>>>>',
    ],
    [`<</Type /Pages /Kids [${kids}] /Count ${sheets.length}>>`],
    [`<</Title ${textString(info.title)}>>`],
    ...sheets.flatMap(sheetObjects),
  ]
  return assemble(objects)
}

function assemble(objects: readonly Part[][]): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = []
  let offset = 0
  const put = (part: Part) => {
    const bytes = typeof part === 'string' ? ascii(part) : part
    chunks.push(bytes)
    offset += bytes.length
  }
  put('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n')
  const offsets = objects.map((parts, index) => {
    const start = offset
    for (const part of [`${index + 1} 0 obj\n`, ...parts, '\nendobj\n']) put(part)
    return start
  })
  const start = offset
  const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  put(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`)
  put(
    `trailer\n<</Size ${objects.length + 1} /Root 1 0 R /Info 3 0 R>>\nstartxref\n${start}\n%%EOF\n`,
  )
  return concat(...chunks)
}
