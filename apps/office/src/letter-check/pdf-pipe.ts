// The letter check's end of the pipe: finished letters by their id, in the order in which they come.
import type { Readable } from 'node:stream'

/** A letter is at most some hundred kilobytes; more is no letter. */
const MAX_PDF_BYTES = 20 * 1024 * 1024
const MAX_ID_BYTES = 64

export interface PdfPipe {
  /** The next letter on the pipe, whichever it is. Rejects when the pipe ends or carries something else, and ever after. */
  readonly next: () => Promise<{ readonly letterId: string; readonly pdf: Buffer }>
}

/** The frame is described in letters/pass-on.ts. */
export function readPdfs(source: Readable): PdfPipe {
  const bytes = exactly(source)
  const read = async () => {
    const idLength = (await bytes(4)).readUInt32BE()
    if (idLength > MAX_ID_BYTES) throw new RangeError('pipe: no letter')
    const letterId = (await bytes(idLength)).toString('utf8')
    const pdfLength = (await bytes(4)).readUInt32BE()
    if (pdfLength > MAX_PDF_BYTES) throw new RangeError('pipe: no letter')
    return { letterId, pdf: await bytes(pdfLength) }
  }
  let failure: Promise<never> | undefined
  const next = () =>
    failure ??
    read().catch((error: unknown) => {
      failure = Promise.reject(error)
      return failure
    })
  return { next }
}

/** Reads so and so many bytes, whatever the pieces are in which they arrive; used pieces are filled with zeros. */
function exactly(source: Readable): (length: number) => Promise<Buffer> {
  const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let kept: Buffer = Buffer.alloc(0)
  return async (length) => {
    const wanted = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      if (kept.length === 0) {
        const { done, value } = await pieces.next()
        if (done === true) throw new RangeError('pipe: ended')
        kept = value
      }
      const taken = kept.subarray(0, length - filled)
      wanted.set(taken, filled)
      filled += taken.length
      kept = kept.subarray(taken.length)
      taken.fill(0)
    }
    return wanted
  }
}
