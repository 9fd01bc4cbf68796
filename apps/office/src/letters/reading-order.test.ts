// The order in which a screen reader reads a letter, for every kind in every variant. After a wanted change: node --test --test-update-snapshots
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { LETTER_LOOKS, sampleLook } from './letter-samples.ts'
import { type ProbedPage, probePdf } from './pdf-probe.ts'
import { postedLetter } from './sample-pdf.ts'

const FOLDER = join(import.meta.dirname, 'reading-order')
/** Beginnings are enough for the order. */
const LENGTH = 44

const shortened = (line: string) =>
  line.length > LENGTH ? `${line.slice(0, LENGTH).trim()}…` : line

const outline = (pages: readonly ProbedPage[]) =>
  pages
    .map(({ structure }, index) =>
      [`-- ${index + 1} --`, ...structure.map(shortened), ''].join('\n'),
    )
    .join('')

for (const { kind, variant } of LETTER_LOOKS) {
  test(`${kind}, ${variant}`, async (context: TestContext) => {
    const { pdf } = postedLetter(sampleLook(kind, variant))
    assert.match(pdf.toString('latin1'), /pdfuaid:part>1</)
    const pages = await probePdf(pdf)
    context.assert.fileSnapshot(outline(pages), join(FOLDER, `${kind}-${variant}.txt`), {
      serializers: [String],
    })
    // Two lines that run together are read as one word.
    const text = pages.map(({ structure }) => structure.join('\n')).join('\n')
    assert.doesNotMatch(text, /[a-zäöüß][.?!][A-ZÄÖÜ]/u)
  })
}
