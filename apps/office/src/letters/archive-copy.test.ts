// The archive copy of every kind of letter: PDF/A-2a, the words of the letter, and nothing in it that opens anything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPdf } from '../letter-check/open-pdf.ts'
import { readCodes } from '../letter-check/read-codes.ts'
import { LETTER_KINDS } from './letter-input.ts'
import { recordOf } from './letter-record.ts'
import { SAMPLE_PERSON, sampleLetter, sampleLook } from './letter-samples.ts'
import { makeArchiveCopy } from './letter-workshop.ts'
import { probePdf } from './pdf-probe.ts'
import { postedLetter } from './sample-pdf.ts'

const PIN_TEXT = '4711 0815 4711 0815'
const MASKED = '•••• •••• •••• ••••'
const PAGE = { left: 0, top: 0, right: 210, bottom: 297 }

for (const kind of LETTER_KINDS) {
  test(`the archive copy of a ${kind} letter says what the letter says, but for its PIN and code`, async () => {
    const letter = sampleLook(kind, 'standard')
    const [archive, posted] = [await makeArchiveCopy(recordOf(letter)), postedLetter(letter)]
    assert.match(archive.pdf.toString('latin1'), /pdfaid:part>2<[\s\S]*pdfaid:conformance>A</)

    const copied = await probePdf(archive.pdf)
    const original = await probePdf(posted.pdf)
    assert.equal(copied.length, archive.pages)
    assert.deepEqual(
      copied.map(({ structure }) => structure),
      original.map(({ structure }) => structure.map((line) => line.replace(PIN_TEXT, MASKED))),
    )
    const text = copied.map((page) => page.text).join('\n')
    assert.ok(!text.includes('0815') && text.includes(MASKED) === (kind !== 'reminder'))

    const read = await openPdf(archive.pdf)
    for (const page of read.pages) {
      assert.deepEqual(await readCodes(page.picture(PAGE, 200), 'QRCode'), [])
    }
    read.close()
  })
}

test('an archive copy that cannot be printed is refused by code', async () => {
  const person = { ...SAMPLE_PERSON, lastName: '東' }
  await assert.rejects(makeArchiveCopy(recordOf(sampleLetter({ person }))), {
    code: 'letter.glyph',
  })
})
