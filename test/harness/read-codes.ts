// Reads the QR codes on a picture, as a phone's camera would.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

let isReady = false

/** `picture` is a PNG or JPEG. */
export async function readCodes(picture: Uint8Array): Promise<readonly string[]> {
  if (!isReady) {
    const wasm = await readFile(
      fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')),
    )
    await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer }, fireImmediately: true })
    isReady = true
  }
  const found = await readBarcodes(picture, { formats: ['QRCode'] })
  return found.map(({ text }) => text)
}
