// The letter child's end of the pipe to the letter check: no other process ever sees a finished letter.
import { Socket } from 'node:net'

/** Given at the start beside the channel to the office (letter-pair.ts). */
const PIPE = 4

let pipe: Socket | undefined

/**
 * Length and text of the letter's id, length and bytes of the PDF (32 bits, big-endian), as letter-check/pdf-pipe.ts reads them. The PDF is
 * filled with zeros once it has left this process.
 */
export async function passOn(letterId: string, pdf: Buffer): Promise<void> {
  pipe ??= new Socket({ fd: PIPE, readable: false, writable: true })
  const out = pipe
  const id = Buffer.from(letterId)
  const head = Buffer.alloc(8 + id.length)
  head.writeUInt32BE(id.length, 0)
  id.copy(head, 4)
  head.writeUInt32BE(pdf.length, 4 + id.length)
  await new Promise<void>((resolve, reject) => {
    out.write(head)
    out.write(pdf, (error) => (error ? reject(error) : resolve()))
  })
  pdf.fill(0)
}
