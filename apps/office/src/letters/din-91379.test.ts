// Every letter of DIN 91379 is set in names and addresses, found by the letter check, and never refused; what the fonts lack is refused by code.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsOf } from '../letter-check/findings-of.ts'
import { ADDRESS_SIGNS, EXTENDED, LATIN_LETTERS, NAME_SIGNS } from './din-91379.ts'
import { LetterError } from './letter-error.ts'
import type { LetterInput, LetterPerson } from './letter-input.ts'
import { SAMPLE_PERSON, sampleLetter } from './letter-samples.ts'
import { postedLetter } from './sample-pdf.ts'

/** So many stand on one line of the window. */
const BATCH = 26
const batches = (characters: readonly string[]) =>
  Array.from({ length: Math.ceil(characters.length / BATCH) }, (_, at) =>
    characters.slice(at * BATCH, (at + 1) * BATCH).join(''),
  )

/** The name stands in the window, in the greeting or, bold, in the text. */
const letterTo = (person: Partial<LetterPerson>): LetterInput =>
  sampleLetter({ person: { ...SAMPLE_PERSON, salutation: '', ...person } })

function refusalOf(letter: LetterInput): string | undefined {
  try {
    postedLetter(letter)
    return undefined
  } catch (error) {
    assert.ok(error instanceof LetterError)
    return error.code
  }
}

// PDF/UA refuses a missing glyph: a letter that is made has none. The check then reads every character back.
test('names of all 649 letters, composed or not', async () => {
  assert.equal(new Set(LATIN_LETTERS).size, 649)
  const lines = batches(LATIN_LETTERS)
  for (const [at, line] of lines.entries()) {
    const careOf = lines[(at + 1) % lines.length]?.normalize('NFD') ?? ''
    const role = at % 2 === 0 ? { recipientRole: 'eltern' as const, recipientName: line } : {}
    const letter = letterTo({ lastName: line, careOf, ...role })
    assert.deepEqual(await findingsOf(letter), [], line)
  }
})

test('large print and Leichte Sprache, too', async () => {
  for (const variant of ['gross', 'leicht'] as const) {
    for (const lastName of batches(LATIN_LETTERS.slice(500))) {
      assert.deepEqual(await findingsOf({ ...letterTo({ lastName }), variant }), [], lastName)
    }
  }
})

test('capitals of a town abroad', async () => {
  for (const city of batches(LATIN_LETTERS.filter((letter) => letter !== letter.toUpperCase()))) {
    const letter = letterTo({ city, postcode: '1010', country: 'AT' })
    assert.deepEqual(await findingsOf(letter), [], city)
  }
})

test('signs in names, streets and towns', async () => {
  for (const signs of batches(NAME_SIGNS)) {
    assert.deepEqual(
      await findingsOf(letterTo({ lastName: `A${signs}B`, careOf: signs })),
      [],
      signs,
    )
  }
  for (const signs of batches(ADDRESS_SIGNS)) {
    const letter = letterTo({ street: `A${signs}B`, city: `A${signs}B`, careOf: signs })
    assert.deepEqual(await findingsOf(letter), [], signs)
  }
})

test('Greek and Cyrillic names; three signs that the fonts lack are refused by code', async () => {
  const lacking = EXTENDED.slice(-3)
  for (const line of batches(EXTENDED.slice(0, -3))) {
    assert.deepEqual(await findingsOf(letterTo({ lastName: line })), [], line)
  }
  for (const sign of lacking) {
    assert.equal(refusalOf(letterTo({ lastName: `A${sign}` })), 'letter.glyph')
    assert.equal(refusalOf(letterTo({ street: `A${sign}` })), 'letter.glyph')
  }
})
