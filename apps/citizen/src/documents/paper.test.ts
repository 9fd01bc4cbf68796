// Which PDFs pass and which are named at choosing time. Photos need a browser and are tested there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePaper } from './paper.ts'

const pdf = (text: string) =>
  makePaper({ kind: 'pdf', file: new Blob([text], { type: 'application/pdf' }) })

const code = (expected: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === expected

test('a readable PDF passes unchanged and its pages are counted', async () => {
  const text = '%PDF-1.7\n<</Type /Pages /Count 2>> <</Type /Page>> <</Type/Page /X 1>>'
  const paper = await pdf(text)
  assert.equal(await paper.file.text(), text)
  assert.equal(paper.pages, 2)
})

test('a PDF may begin after a few bytes of something else', async () => {
  assert.equal((await pdf('junk\n%PDF-1.4\n')).pages, 0)
})

test('what only calls itself PDF is named', async () => {
  await assert.rejects(pdf('<html>not a document</html>'), code('paper.notPdf'))
  await assert.rejects(pdf(''), code('paper.notPdf'))
})

test('a locked PDF is named, in both spellings of the trailer', async () => {
  await assert.rejects(pdf('%PDF-1.7 trailer <</Encrypt 12 0 R>>'), code('paper.locked'))
  await assert.rejects(pdf('%PDF-1.7 trailer <</Encrypt<</V 4>>>>'), code('paper.locked'))
})

test('a text that merely speaks of /Encrypt is not refused', async () => {
  await assert.doesNotReject(pdf('%PDF-1.7 (how to /Encrypt a file)'))
})
