// Addresses at home and abroad, short and endless: set line by line inside the window, or refused by code; never cut, never overlapping.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsOf } from '../letter-check/findings-of.ts'
import { openPdf, type PlacedChar } from '../letter-check/open-pdf.ts'
import { LetterError } from './letter-error.ts'
import type { LetterPerson } from './letter-input.ts'
import { SAMPLE_PERSON, sampleLetter } from './letter-samples.ts'
import { inkIn } from './page-ink.ts'
import { postedLetter } from './sample-pdf.ts'

/** What can be seen of the sheet beside the address when it slides. */
const SHOWN = { left: 15, top: 40, right: 115, bottom: 95 }
const WINDOW = { left: 20, top: 62.7, right: 105, bottom: 90 }

type Changes = Partial<LetterPerson>
const letterTo = (changes: Changes) => sampleLetter({ person: { ...SAMPLE_PERSON, ...changes } })

/** The lines of the window, measured and read; or the code of the refusal. */
async function windowOf(changes: Changes): Promise<readonly string[] | string> {
  const letter = letterTo(changes)
  let pdf: Buffer
  try {
    pdf = postedLetter(letter).pdf
  } catch (error) {
    assert.ok(error instanceof LetterError)
    return error.code
  }
  const read = await openPdf(pdf)
  const [page] = read.pages
  assert.ok(page)
  const ink = inkIn(page, SHOWN)
  assert.ok(ink && ink.left >= 24.5 && ink.right <= WINDOW.right && ink.bottom <= WINDOW.bottom)
  const rows = rowsOf(page.chars())
  for (const [at, row] of rows.entries()) {
    const lowest = Math.max(...row.map(({ bottom }) => bottom))
    const next = Math.min(...(rows[at + 1] ?? []).map(({ top }) => top))
    assert.ok(lowest < next, `line ${at + 1} touches the next`)
  }
  read.close()
  assert.deepEqual(await findingsOf(letter), [])
  return rows.map((row) => row.map(({ char }) => char).join(''))
}

function rowsOf(chars: readonly PlacedChar[]): readonly (readonly PlacedChar[])[] {
  const shown = chars.filter(
    ({ left, right, top }) =>
      right > SHOWN.left && left < SHOWN.right && top > WINDOW.top && top < SHOWN.bottom,
  )
  const row = ({ top, bottom }: PlacedChar) => Math.floor(((top + bottom) / 2 - WINDOW.top) / 4.55)
  return [...Map.groupBy(shown, row).entries()].toSorted(([a], [b]) => a - b).map(([, own]) => own)
}

const bare = (lines: readonly string[]) => lines.map((line) => line.replace(/\s/gu, ''))

/** Country, postcode, town, street, number; and the last three lines as they are printed. */
const ABROAD: readonly (readonly [string, string, string, string, string, readonly string[]])[] = [
  ['AT', '5084', 'Großgmain', 'Salzweg', '3', ['Salzweg 3', '5084 GROSSGMAIN', 'ÖSTERREICH']],
  ['CH', '8001', 'Zürich', 'Gasse', '1', ['Gasse 1', '8001 ZÜRICH', 'SCHWEIZ']],
  ['FR', '75001', 'Paris', 'Rue X', '12', ['12 Rue X', '75001 PARIS', 'FRANKREICH']],
  ['LU', 'L-1111', 'Luxembourg', 'Rue Y', '2', ['2 Rue Y', 'L-1111 LUXEMBOURG', 'LUXEMBURG']],
  ['BE', '1000', 'Bruxelles', 'Rue Z', '4', ['Rue Z 4', '1000 BRUXELLES', 'BELGIEN']],
  ['NL', '1012 AB', 'Amsterdam', 'Dam', '1', ['Dam 1', '1012 AB AMSTERDAM', 'NIEDERLANDE']],
  ['DK', '1050', 'København', 'Gade', '5', ['Gade 5', '1050 KØBENHAVN', 'DÄNEMARK']],
  ['SE', '111 22', 'Malmö', 'Gatan', '6', ['Gatan 6', '111 22 MALMÖ', 'SCHWEDEN']],
  ['NO', '0150', 'Ålesund', 'Vegen', '7', ['Vegen 7', '0150 ÅLESUND', 'NORWEGEN']],
  ['FI', '00100', 'Jyväskylä', 'Katu', '8', ['Katu 8', '00100 JYVÄSKYLÄ', 'FINNLAND']],
  ['PL', '00-001', 'Łódź', 'Ulica', '9', ['Ulica 9', '00-001 ŁÓDŹ', 'POLEN']],
  ['CZ', '110 00', 'Plzeň', 'Ulice', '1/2', ['Ulice 1/2', '110 00 PLZEŇ', 'TSCHECHIEN']],
  ['HU', '1051', 'Győr', 'Utca', '3', ['Utca 3', '1051 GYŐR', 'UNGARN']],
  ['RO', '010011', 'Iași', 'Strada', '4', ['Strada 4', '010011 IAȘI', 'RUMÄNIEN']],
  ['TR', '34000', 'İstanbul', 'Sokak', '5', ['Sokak 5', '34000 İSTANBUL', 'TÜRKEI']],
  ['GR', '105 57', 'Αθήνα', 'Οδός', '6', ['Οδός 6', '105 57 ΑΘΉΝΑ', 'GRIECHENLAND']],
  ['BG', '1000', 'София', 'Улица', '7', ['Улица 7', '1000 СОФИЯ', 'BULGARIEN']],
  ['VN', '100000', 'Hà Nội', 'Phố', '8', ['Phố 8', '100000 HÀ NỘI', 'VIETNAM']],
  [
    'GB',
    'SW1A 1AA',
    'London',
    'Road',
    '9',
    ['9 Road', 'LONDON SW1A 1AA', 'VEREINIGTES KÖNIGREICH'],
  ],
  ['US', 'NY 10001', 'New York', 'Ave', '1', ['1 Ave', 'NEW YORK NY 10001', 'VEREINIGTE STAATEN']],
  ['AU', '2000', 'Sydney', 'Street', '2', ['2 Street', 'SYDNEY 2000', 'AUSTRALIEN']],
]

test('21 countries', async () => {
  for (const [country, postcode, city, street, houseNumber, lines] of ABROAD) {
    const printed = await windowOf({ country, postcode, city, street, houseNumber })
    assert.ok(typeof printed !== 'string', country)
    assert.deepEqual(printed, bare(['Frau Erika Beispiel', ...lines]))
  }
})

const GREAT_BRITAIN = { country: 'GB', postcode: 'SW1A 1AA', city: 'London' }

/** Who gets the letter, and the lines above the street. */
const RECIPIENTS: readonly (readonly [Changes, readonly string[]])[] = [
  [{ careOf: 'Meier' }, ['Frau Erika Beispiel', 'c/o Meier']],
  [{ careOf: 'bei Meier' }, ['Frau Erika Beispiel', 'bei Meier']],
  [{ careOf: 'C/O  Meier' }, ['Frau Erika Beispiel', 'C/O Meier']],
  [{ salutation: 'Herr' }, ['Herrn Erika Beispiel']],
  [{ salutation: 'divers' }, ['Erika Beispiel']],
  [{ recipientRole: 'eltern' }, ['An die Eltern von', 'Erika Beispiel']],
  [
    { recipientRole: 'eltern', recipientName: 'Dr. Sabine Beispiel' },
    ['An die Eltern von', 'Erika Beispiel', 'z. Hd. Dr. Sabine Beispiel'],
  ],
  [
    { recipientRole: 'eltern', recipientName: 'Dr. Sabine Beispiel', careOf: 'Familie Łuk' },
    ['An die Eltern von', 'Erika Beispiel', 'z. Hd. Dr. Sabine Beispiel', 'c/o Familie Łuk'],
  ],
  [
    { recipientRole: 'betreuung', recipientName: 'Verein Ölßnitz e. V.' },
    ['Verein Ölßnitz e. V.', 'für Erika Beispiel'],
  ],
  [{ recipientRole: 'vollmacht', recipientName: 'Jo Ik' }, ['Jo Ik', 'für Erika Beispiel']],
  [{ recipientRole: 'vollmacht' }, ['Frau Erika Beispiel']],
]

test('care-of lines, parents and representatives', async () => {
  for (const [changes, lines] of RECIPIENTS) {
    assert.deepEqual(await windowOf(changes), bare([...lines, 'Lindenweg 12 a', '01099 Dresden']))
  }
})

test('six lines; the parents move onto one line for the country', async () => {
  const changes: Changes = {
    ...GREAT_BRITAIN,
    recipientRole: 'eltern',
    recipientName: 'Dr. Sabine Beispiel',
    careOf: 'Familie Łukasiewicz',
  }
  assert.deepEqual(
    await windowOf(changes),
    bare([
      'An die Eltern von Erika Beispiel',
      'z. Hd. Dr. Sabine Beispiel',
      'c/o Familie Łukasiewicz',
      '12 a Lindenweg',
      'LONDON SW1A 1AA',
      'VEREINIGTES KÖNIGREICH',
    ]),
  )
})

const letters = (sample: string, length: number) => sample.repeat(length).slice(0, length)

test('names of 80 letters, narrow and wide, in every line', async () => {
  const names = ['il', 'Aal', 'Freifrau von und zu ', 'Mwu', 'ÄÅÂ', 'ĳ'].map((sample) =>
    letters(sample, 80).trim(),
  )
  const found: string[] = []
  for (const name of names) {
    const roles: readonly Changes[] = [
      { lastName: name },
      { careOf: name },
      { street: name },
      { city: name, country: 'AT' },
      { recipientRole: 'eltern', recipientName: name, lastName: name, ...GREAT_BRITAIN },
    ]
    for (const role of roles) {
      const printed = await windowOf(role)
      found.push(typeof printed === 'string' ? printed : 'set')
    }
  }
  // Some of these fit and some do not; no other refusal is known.
  assert.deepEqual([...new Set(found)].toSorted(), ['letter.addressTooLong', 'set'])
})

test('the widest name that fits is set, one letter more is refused', async () => {
  const fits = async (length: number) =>
    typeof (await windowOf({ salutation: '', firstName: '', lastName: letters('n', length) })) !==
    'string'
  let [set, refused] = [10, 120]
  while (refused - set > 1) {
    const middle = Math.floor((set + refused) / 2)
    if (await fits(middle)) set = middle
    else refused = middle
  }
  assert.ok(set >= 40 && set < 80, `${set} letters`)
})
