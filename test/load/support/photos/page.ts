// The worker's code for photos on a page's main thread, where DevTools can slow it down.
import { bindSheets, readSheet } from '../../../../apps/citizen/src/documents/photo.ts'

/** Twelve megapixels, as a phone takes them. */
const WIDTH = 4000
const HEIGHT = 3000

/** A page of print on a table: lines of text, shadows and grain, so that it compresses like a photo. */
async function takePhoto(number: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  const shade = context.createLinearGradient(0, 0, WIDTH, HEIGHT)
  shade.addColorStop(0, '#8a7a6a')
  shade.addColorStop(1, '#b9ab98')
  context.fillStyle = shade
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.fillStyle = '#f4f1ea'
  context.fillRect(500, 200, 3000, 2600)
  context.fillStyle = '#222222'
  context.font = '48px serif'
  for (let line = 0; line < 40; line += 1) {
    context.fillText(
      `Blatt ${number}, Zeile ${line}: Bescheinigung über ${line * 37} Tage`,
      640,
      320 + line * 60,
    )
  }
  for (let grain = 0; grain < 60_000; grain += 1) {
    context.fillStyle = grain % 2 === 0 ? 'rgba(0,0,0,.06)' : 'rgba(255,255,255,.06)'
    context.fillRect((grain * 7919) % WIDTH, (grain * 104_729) % HEIGHT, 3, 3)
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
}

let photos: readonly Blob[] = []

const bench = {
  prepare: async (count: number) => {
    photos = await Promise.all(Array.from({ length: count }, (_, number) => takePhoto(number)))
    return photos.reduce((sum, { size }) => sum + size, 0)
  },
  /** From chosen photos to the finished PDF, milliseconds and bytes. */
  make: async () => {
    const begun = performance.now()
    const sheets = []
    for (const photo of photos) sheets.push(await readSheet(photo))
    const file = await bindSheets(sheets, { title: 'Bescheinigung', language: 'de' })
    return { milliseconds: performance.now() - begun, bytes: file.size }
  },
}

export type PhotoBench = typeof bench

Object.assign(globalThis, { bench })
