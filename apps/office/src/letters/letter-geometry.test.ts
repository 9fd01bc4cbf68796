// Where things stand on the rendered page, for every kind of letter in every variant (domain.md 6.1), and that its codes can be read.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Area, openPdf, type ReadPage, type ReadPdf } from '../letter-check/open-pdf.ts'
import { readCodes } from '../letter-check/read-codes.ts'
import { LETTER_LOOKS, sampleLook } from './letter-samples.ts'
import { inkBands, inkIn } from './page-ink.ts'
import { boxOf, type ProbedPage, probePdf } from './pdf-probe.ts'
import { postedLetter } from './sample-pdf.ts'

const PIN_TEXT = '4711 0815 4711 0815'
const PAGE: Area = { left: 0, top: 0, right: 210, bottom: 297 }
/** A window of 90 x 45 mm, with the 5 mm by which the sheet slides in each direction. */
const SHOWN: Area = { left: 15, top: 40, right: 115, bottom: 95 }
/** Below the zone that is kept for the franking. */
const ADDRESS: Area = { left: 20, top: 58, right: 105, bottom: 90 }
const FOLDS = [105, 210]
const MARGIN: Area = { left: 0, top: 0, right: 15, bottom: 297 }
/** The lower left corner with the mark. */
const CORNER: Area = { left: 10, top: 274, right: 34, bottom: 297 }
/** The lower third with the code. */
const BOX: Area = { left: 138, top: 216, right: 200, bottom: 275 }

const isInside = (inner: Area, outer: Area) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom

function assertSecretPlace(place: Area): void {
  assert.ok(place.top >= SHOWN.bottom + 15, `${place.top} mm: too near to the window`)
  for (const fold of FOLDS) {
    assert.ok(place.bottom <= fold - 5 || place.top >= fold + 5, `${place.top} mm: on a fold`)
  }
  assert.ok(place.top >= 215 && place.bottom <= 275, `${place.top} to ${place.bottom} mm`)
}

for (const { kind, variant } of LETTER_LOOKS) {
  describe(`${kind}, ${variant}`, () => {
    const letter = sampleLook(kind, variant)
    let read: ReadPdf
    let first: ReadPage
    let probed: ProbedPage

    before(async () => {
      const { pdf } = postedLetter(letter)
      read = await openPdf(pdf)
      const [page] = read.pages
      const [probedPage] = await probePdf(pdf)
      assert.ok(page && probedPage)
      first = page
      probed = probedPage
    })

    after(() => read.close())

    it('shows the address in the window and nothing else, however the sheet slides', () => {
      const ink = inkIn(first, SHOWN)
      assert.ok(ink && isInside(ink, ADDRESS), JSON.stringify(ink))
      const name = boxOf(probed, 'Frau Erika Beispiel')
      const town = boxOf(probed, '01099 Dresden')
      assert.ok(name && name.left >= 24.5 && name.top >= 62.7)
      assert.ok(town && town.bottom <= 90)
    })

    it('is marked for folding and punching, and the margin is free for the inserter', () => {
      const [upper = 0, middle = 0, lower = 0, ...more] = inkBands(first, MARGIN)
      assert.deepEqual(more, [])
      for (const [mark, where] of [
        [upper, 105],
        [middle, 148.5],
        [lower, 210],
      ] as const) {
        assert.ok(Math.abs(mark - where) < 0.3, `${mark} mm instead of ${where}`)
      }
      for (const page of read.pages.slice(1)) assert.equal(inkIn(page, MARGIN), undefined)
    })

    it('has its PIN far from window and folds, or none', () => {
      const pin = boxOf(probed, PIN_TEXT)
      if (kind === 'reminder') assert.equal(pin, undefined)
      else {
        assert.ok(pin)
        assertSecretPlace(pin)
      }
    })

    it('has its QR code there, too, and it opens the portal and nothing else at 100, 200 and 300 dpi', async () => {
      for (const dpi of [100, 200, 300]) {
        const codes = await readCodes(first.picture(PAGE, dpi), 'QRCode')
        assert.deepEqual(
          codes.map(({ text }) => text),
          ['https://pin.musterkasse.example'],
        )
        const mm = (pixels: number) => (pixels / dpi) * 25.4
        const [code] = codes
        assert.ok(code)
        const { left, top, right, bottom } = code.place
        const place = { left: mm(left), top: mm(top), right: mm(right), bottom: mm(bottom) }
        assert.ok(isInside(place, BOX), JSON.stringify(place))
        assertSecretPlace(place)
      }
      for (const page of read.pages.slice(1)) {
        assert.deepEqual(await readCodes(page.picture(PAGE, 100), 'QRCode'), [])
      }
    })

    it('carries a mark on every page that is read at 200 and 300 dpi', async () => {
      for (const [index, page] of read.pages.entries()) {
        for (const dpi of [200, 300]) {
          const codes = await readCodes(page.picture(CORNER, dpi), 'DataMatrix')
          const marks = codes.map(({ text }) => text)
          assert.deepEqual(marks, [`${letter.letterId};${index + 1}/${read.pages.length}`])
        }
      }
    })
  })
}
