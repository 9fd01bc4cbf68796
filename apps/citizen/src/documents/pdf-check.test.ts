// Which PDFs pass and which are named at choosing time; the encrypted ones were made by qpdf 11.3 (owner password "owner").
import assert from 'node:assert/strict'
import { test } from 'node:test'
import encrypted from './encrypted-pdfs.fixture.json' with { type: 'json' }
import { checkPdf } from './pdf-check.ts'

const pdf = (text: string | Buffer<ArrayBuffer>) => checkPdf(new Blob([text]))

const code = (expected: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === expected

test('the pages of a readable PDF are counted', async () => {
  const text = '%PDF-1.7\n<</Type /Pages /Count 2>> <</Type /Page>> <</Type/Page /X 1>>'
  assert.equal(await pdf(text), 2)
})

test('a PDF may begin after a few bytes of something else', async () => {
  assert.equal(await pdf('junk\n%PDF-1.4\n'), 0)
})

test('what only calls itself PDF is named', async () => {
  await assert.rejects(pdf('<html>not a document</html>'), code('paper.notPdf'))
  await assert.rejects(pdf('PK\u0003\u0004 word/document.xml'), code('paper.notPdf'))
  await assert.rejects(pdf(''), code('paper.empty'))
})

for (const [name, base64] of Object.entries(encrypted)) {
  const file = Buffer.from(base64, 'base64')
  if (name.endsWith('-open')) {
    test(`${name}: a PDF that opens without a password passes`, async () => {
      await assert.doesNotReject(pdf(file))
    })
  } else {
    test(`${name}: a PDF with a password of the reader is locked`, async () => {
      await assert.rejects(pdf(file), code('paper.locked'))
    })
  }
}

test('an encryption that we do not know counts as locked, in both spellings of the trailer', async () => {
  await assert.rejects(pdf('%PDF-1.7 trailer <</Encrypt 12 0 R>>'), code('paper.locked'))
  await assert.rejects(pdf('%PDF-1.7 trailer <</Encrypt<</V 4>>>>'), code('paper.locked'))
  const foreign = '/Encrypt<</Filter /Adobe.PubSec /R 4 /P 0 /O (o) /U (u)>>'
  await assert.rejects(pdf(`%PDF-1.7 trailer <<${foreign}>>`), code('paper.locked'))
})

test('a text that merely speaks of /Encrypt is not refused', async () => {
  await assert.doesNotReject(pdf('%PDF-1.7 (how to /Encrypt a file)'))
})

test('the entries may be written in either kind of string, with escapes', async () => {
  const binary = Buffer.from(encrypted['R3-open'], 'base64').toString('latin1')
  const literal = (hex: string) =>
    `(${hex.replace(/../g, (pair) => `\\${Number.parseInt(pair, 16).toString(8).padStart(3, '0')}`)})`
  const rewritten = binary.replace(
    /\/([OU]) <([0-9a-f]+)>/g,
    (_, key, hex) => `/${key} ${literal(hex)}`,
  )
  assert.notEqual(rewritten, binary)
  await assert.doesNotReject(pdf(Buffer.from(rewritten, 'latin1')))
})

test('a damaged entry locks: nothing passes by accident', async () => {
  const binary = Buffer.from(encrypted['R6-open'], 'base64').toString('latin1')
  const damaged = binary.replace(/\/U <(..)/, (_, first) => `/U <${first === '00' ? '01' : '00'}`)
  assert.notEqual(damaged, binary)
  await assert.rejects(pdf(Buffer.from(damaged, 'latin1')), code('paper.locked'))
})
