// Reads a letter as its recipient does: opens the PDF from the postbox and finds the PIN printed in four groups.
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parsePin } from '@einmal-pin/domain/pin'
import { PDFiumLibrary } from '@hyzyla/pdfium'

let library: Promise<PDFiumLibrary> | undefined

/** The text of every page. */
export async function textOfPdf(bytes: Uint8Array): Promise<string[]> {
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(bytes)
  try {
    return [...document.pages()].map((page) => page.getText())
  } finally {
    document.destroy()
  }
}

/** The one number in the letter that is a PIN: 16 digits in four groups with a right check digit. */
export function pinInText(text: string): string {
  for (const [candidate] of text.matchAll(/\b\d{4}\s\d{4}\s\d{4}\s\d{4}\b/g)) {
    const pin = parsePin(candidate)
    if (pin.ok) return pin.value
  }
  throw new Error('no PIN in this letter')
}

/** Waits until the letter lies in the postbox and returns its PIN. */
export async function pinFromLetter(path: string, waitMilliseconds = 60_000): Promise<string> {
  const until = performance.now() + waitMilliseconds
  while (!existsSync(path)) {
    if (performance.now() > until) throw new Error('the letter did not arrive')
    await sleep(50)
  }
  return pinInText((await textOfPdf(readFileSync(path))).join('\n'))
}
