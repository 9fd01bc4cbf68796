// The promise about the pipe: a frame that is wrong ends it, and what comes after is never taken for a letter.
import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { test } from 'node:test'
import { readPdfs } from './pdf-pipe.ts'

function frame(letterId: string, pdf: string, lengths: { id?: number; pdf?: number } = {}): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(lengths.id ?? letterId.length)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(lengths.pdf ?? pdf.length)
  return Buffer.concat([head, Buffer.from(letterId), length, Buffer.from(pdf)])
}

const inPieces = (bytes: Buffer, size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      Buffer.from(bytes.subarray(at * size, (at + 1) * size)),
    ),
  )

for (const size of [1, 3, 7, 1000]) {
  test(`letters are read in their order from pieces of ${size} bytes`, async () => {
    const bytes = Buffer.concat([frame('a-1', 'first'), frame('b-1', ''), frame('c-1', 'third')])
    const letters = readPdfs(inPieces(bytes, size))
    for (const [letterId, text] of [
      ['a-1', 'first'],
      ['b-1', ''],
      ['c-1', 'third'],
    ]) {
      const read = await letters.next()
      assert.deepEqual([read.letterId, read.pdf.toString()], [letterId, text])
    }
    await assert.rejects(letters.next(), /pipe: ended/)
  })
}

const WRONG: readonly (readonly [string, Buffer, RegExp])[] = [
  ['an id that is too long', frame('a'.repeat(65), 'pdf'), /pipe: no letter/],
  ['the length of such an id alone', Buffer.from([0, 0, 0, 65]), /pipe: no letter/],
  ['bytes that are no frame', Buffer.from('%PDF-1.7 and so on'), /pipe: no letter/],
  ['a PDF that is too long', frame('a-1', 'pdf', { pdf: 21 * 1024 * 1024 }), /pipe: no letter/],
  ['an end inside the id', frame('a-1', 'pdf').subarray(0, 6), /pipe: ended/],
  ['an end inside the PDF', frame('a-1', 'pdf', { pdf: 4 }), /pipe: ended/],
]

for (const [what, bytes, error] of WRONG) {
  test(`${what} ends the pipe`, async () => {
    const source = new PassThrough()
    const letters = readPdfs(source)
    source.write(bytes)
    if (error.source.includes('ended')) source.end()
    else source.end(frame('b-1', 'a whole letter'))
    await assert.rejects(letters.next(), error)
    await assert.rejects(letters.next(), error)
  })
}
