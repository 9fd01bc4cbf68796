// The same words, font and pictures as a letter, set by Chromium: what a letter would cost by way of a browser.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'
import { dataMatrix } from '../../../apps/office/src/letters/data-matrix.ts'
import type { LetterInput } from '../../../apps/office/src/letters/letter-input.ts'
import { recordOf } from '../../../apps/office/src/letters/letter-record.ts'
import { qrCode } from '../../../apps/office/src/letters/qr-code.ts'

const FONT = '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'

/** One browser, one page, one letter after the other; letters per second. */
export async function chromiumLetters(letters: readonly LetterInput[]): Promise<number> {
  const executablePath = process.env['EP_CHROMIUM'] ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const print = async (letter: LetterInput) => {
      await page.setContent(pageOf(letter))
      return page.pdf({ format: 'A4', tagged: true })
    }
    const [first] = letters
    if (first !== undefined) await print(first)
    const begun = performance.now()
    for (const letter of letters) await print(letter)
    return (letters.length / (performance.now() - begun)) * 1000
  } finally {
    await browser.close()
  }
}

const font = readFileSync(createRequire(import.meta.url).resolve(FONT)).toString('base64')

function pageOf(letter: LetterInput): string {
  const marks = [1, 2].map((page) => dataMatrix(`${letter.letterId};${page}/2`).toString())
  const code = qrCode(letter.portalUrl).toString()
  const lines = textsIn(recordOf(letter).words).map((text) => `<p>${text.replace(/</g, '&lt;')}`)
  return `<!doctype html><html lang="de"><title>Brief</title><style>
    @font-face { font-family: Letter; src: url(data:font/ttf;base64,${font}) }
    body { font: 11pt Letter } svg { width: 20mm; height: 20mm }</style>${code}${marks.join('')}${lines.join('')}`
}

/** Every text in it, in the order of its keys. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
