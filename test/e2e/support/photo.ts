// A photo as a phone takes it: 12 megapixels, lying on its side with a note to turn it, and the place it was taken.
import type { Page } from '@playwright/test'
import { withExif } from '../../harness/exif.ts'

/** Upright, the red corner is at the top right; as stored by the sensor it is at the top left. */
export async function phonePhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4000, 3000)
    const paint = canvas.getContext('2d')
    if (paint === null) throw new Error('no canvas')
    paint.fillStyle = '#f4f1e8'
    paint.fillRect(0, 0, 4000, 3000)
    paint.fillStyle = '#333'
    for (let line = 400; line < 3700; line += 90) paint.fillRect(line, 300, 36, 2400)
    paint.fillStyle = '#e00000'
    paint.fillRect(0, 0, 500, 500)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  })
  return withExif(Buffer.from(base64, 'base64'), {
    ...{ orientation: 6, latitude: 51.05, longitude: 13.74, camera: 'Musterphone 12' },
  })
}

export interface DrawnSheet {
  /** Colour of a block in the middle, to tell the sheets apart. */
  readonly colour: 'red' | 'lime' | 'blue'
  readonly flaw?: 'dark' | 'cut' | 'soft'
}

/** A letter on a table, photographed upright; with a flaw it is dark, blurred or runs out of the photo. */
export async function drawnPhoto(page: Page, sheet: DrawnSheet): Promise<Buffer> {
  const base64 = await page.evaluate(async ({ colour, flaw }) => {
    const [width, height] = [1500, 2000]
    const canvas = new OffscreenCanvas(width, height)
    const paint = canvas.getContext('2d')
    if (paint === null) throw new Error('no canvas')
    paint.fillStyle = '#6b5a45'
    paint.fillRect(0, 0, width, height)
    const [left, right] = [100, 1400]
    const [top, bottom] = [120, flaw === 'cut' ? height : 1880]
    paint.fillStyle = '#f7f5ef'
    paint.fillRect(left, top, right - left, bottom - top)
    paint.fillStyle = '#222'
    paint.font = '34px sans-serif'
    for (let line = top + 160; line < bottom; line += 60) {
      if (flaw === 'cut' || line < bottom - 120) {
        paint.fillText(
          'Hiermit bescheinigen wir den Erhalt Ihrer Unterlagen vom Juli.',
          left + 120,
          line,
        )
      }
    }
    paint.fillStyle = colour
    paint.fillRect(500, 700, 500, 600)
    if (flaw === 'dark') {
      paint.fillStyle = 'rgb(0 0 0 / 85%)'
      paint.fillRect(0, 0, width, height)
    }
    if (flaw === 'soft') {
      paint.filter = 'blur(14px)'
      paint.drawImage(canvas, 0, 0)
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  }, sheet)
  return Buffer.from(base64, 'base64')
}
