// The first page of a letter, drawn by the browser from the pixels of the PDF.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { renderPage } from '../../test/harness/render-pdf.ts'
import { FOLDER } from './shoot.ts'

export async function letterPage(browser: Browser, path: string): Promise<void> {
  const picture = await renderPage(readFileSync(path), 0, 1.4)
  const page = await browser.newPage()
  const url = await page.evaluate(
    ({ width, height, base64 }) => {
      const bytes = Uint8ClampedArray.from(atob(base64), (character) => character.charCodeAt(0))
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
      return canvas.toDataURL('image/png')
    },
    { ...picture, base64: Buffer.from(picture.data).toString('base64') },
  )
  writeFileSync(join(FOLDER, 'letter.png'), Buffer.from(url.split(',')[1] ?? '', 'base64'))
  await page.close()
}
