// The PDF writer's promises, read back byte by byte.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jpegPdf } from './jpeg-pdf.ts'

const sheet = (fill: number) => ({ jpeg: new Uint8Array(50).fill(fill), width: 300, height: 400 })
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
  const wide = { jpeg: new Uint8Array(3), width: 400, height: 300 }
  assert.match(
    text(jpegPdf([wide], { title: 'x', language: 'de' })),
    /MediaBox \[0 0 841.89 595.28\]/,
  )
})
