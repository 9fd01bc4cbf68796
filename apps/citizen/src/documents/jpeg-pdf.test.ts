// The PDF writer's promises, read back byte by byte.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPdf } from '../../../../test/harness/small-pdf.ts'
import { jpegPdf, type PdfSheet } from './jpeg-pdf.ts'
import { sheetsOf } from './jpeg-pdf-reading.ts'
import type { Turn } from './sheet.ts'

const sheet = (fill: number, turn: Turn = 0): PdfSheet => ({
  ...{ jpeg: new Uint8Array(50).fill(fill), width: 300, height: 400, turn },
})
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

test('every object stands where the cross-reference table says', () => {
  const pdf = text(jpegPdf([sheet(1), sheet(2)], { title: 'Größe (1)', language: 'de' }))
  const start = Number(/startxref\n(\d+)/.exec(pdf)?.[1])
  assert.equal(pdf.slice(start, start + 4), 'xref')
  const offsets = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n/gm)].map(([, at]) => Number(at))
  assert.equal(offsets.length, 9)
  for (const [index, at] of offsets.entries()) {
    assert.ok(pdf.startsWith(`${index + 1} 0 obj`, at), `object ${index + 1}`)
  }
})

test('there is one page a photo, with title and language and the photo unchanged', () => {
  const pdf = text(jpegPdf([sheet(7), sheet(8), sheet(9)], { title: 'Ä', language: 'de' }))
  assert.match(pdf, /\/Count 3/)
  assert.match(pdf, /\/Title <FEFF00c4>/)
  assert.match(pdf, /\/Lang \(de\)/)
  assert.ok(pdf.includes(text(new Uint8Array(50).fill(8))))
})

test('a wide photo gets a landscape page', () => {
  const wide = { ...sheet(1), width: 400, height: 300 }
  assert.match(
    text(jpegPdf([wide], { title: 'x', language: 'de' })),
    /MediaBox \[0 0 841.89 595.28\]/,
  )
})

test('a turned sheet keeps its bytes; the page carries the turn', () => {
  const pdf = text(jpegPdf([sheet(1, 270), sheet(2)], { title: 'x', language: 'de' }))
  assert.equal(pdf.match(/\/Rotate 270 /g)?.length, 1)
})

test('what was bound is taken apart again, in order, with its turns', () => {
  const sheets = ([0, 90, 180, 270] as const).map((turn, at) => sheet(at + 1, turn))
  const many = Array.from({ length: 40 }, (_, at) => sheet(at))
  for (const bound of [sheets.slice(0, 1), sheets, many]) {
    const apart = sheetsOf(jpegPdf(bound, { title: 'Größe (1)', language: 'de' }))
    assert.deepEqual(apart, bound)
  }
})

test('bytes of a photo that look like the end of one do no harm', () => {
  const jpeg = Uint8Array.from('x\nendstream\nendobj\n9 0 obj\n', (char) => char.charCodeAt(0))
  const bound = [{ ...sheet(1), jpeg }, sheet(2)]
  assert.deepEqual(sheetsOf(jpegPdf(bound, { title: 'x', language: 'de' })), bound)
})

test("another program's PDF, a damaged one and no PDF at all are not taken apart", () => {
  const ours = jpegPdf([sheet(1), sheet(2)], { title: 'x', language: 'de' })
  const foreign = [smallPdf('Bescheid'), new Uint8Array(), ours.subarray(0, -1), ours.subarray(1)]
  for (const pdf of foreign) assert.equal(sheetsOf(pdf), undefined)
})
