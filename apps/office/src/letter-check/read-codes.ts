// Reads QR codes and DataMatrix marks from a picture, with their places.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Area, Picture } from './open-pdf.ts'

export interface FoundCode {
  readonly format: string
  readonly text: string
  /** Pixels of the picture. */
  readonly place: Area
}

let isReady = false

/** Loads the decoder; without it the first letter would wait. */
export async function prepareCodes(): Promise<void> {
  if (isReady) return
  const path = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasm = await readFile(path)
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer }, fireImmediately: true })
  isReady = true
}

export async function readCodes(
  picture: Picture,
  format: 'QRCode' | 'DataMatrix',
): Promise<readonly FoundCode[]> {
  await prepareCodes()
  const found = await readBarcodes(picture as unknown as ImageData, {
    formats: [format],
    tryHarder: false,
    tryRotate: false,
    tryInvert: false,
    tryDownscale: false,
  })
  return found.map(({ text, format: read, position }) => {
    const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight]
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
    const place = {
      left: Math.min(...xs),
      right: Math.max(...xs),
      top: Math.min(...ys),
      bottom: Math.max(...ys),
    }
    return { format: read, text, place }
  })
}
