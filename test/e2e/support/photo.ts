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
