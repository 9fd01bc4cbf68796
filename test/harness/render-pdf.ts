// Turns a page of a PDF into pixels, to look at what a person would see.
import { PDFiumLibrary } from '@hyzyla/pdfium'

export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha; rows from the top. */
  readonly data: Uint8Array
}

/** `scale` 1 = 72 dpi. */
export async function renderPage(bytes: Uint8Array, number = 0, scale = 1): Promise<Picture> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes)
  try {
    const { width, height, data } = await document.getPage(number).render({ scale })
    return { width, height, data: Uint8Array.from(data) }
  } finally {
    document.destroy()
    library.destroy()
  }
}

/** The colour at a place given as parts of width and height, 0 to 1. */
export function colourAt(
  { width, height, data }: Picture,
  across: number,
  down: number,
): readonly [red: number, green: number, blue: number] {
  const at = (Math.floor(height * down) * width + Math.floor(width * across)) * 4
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
}
