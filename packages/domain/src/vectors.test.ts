// Known answers for every identifier and period: our own table, and the project's shared one where it lies beside the checkout.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type CalendarDate, parseCalendarDate } from './calendar-date.ts'
import { type CardDigits, cardSuffixOf, parseCardNumber, parseCardSuffix } from './card-number.ts'
import { dammCheckDigit } from './damm.ts'
import { type Region, responseDeadline } from './holidays.ts'
import { ikCheckDigit, parseIk } from './ik.ts'
import { kvnrCheckDigit, parseKvnr } from './kvnr.ts'
import { formatPin, parsePin, selectorOf } from './pin.ts'
import type { Result } from './result.ts'
import { deemedDelivery, expiresAt, isExpired, lastDay } from './validity.ts'
import own from './vectors.json' with { type: 'json' }

type Wrong = { number: string; error: string }
type Vectors = {
  kvnr: {
    valid: string[]
    invalid: Wrong[]
    typed: { input: string; number: string }[]
    refused: string[]
  }
  card: {
    whole: { number: string; six: string; five: string }[]
    notWhole: string[]
    typed: { input: string; ask: number; digits: string }[]
    refused: { input: string; ask: number }[]
  }
  ik: { valid: string[]; invalid: Wrong[] }
  pin: {
    damm: { digits: string; check: string }[]
    valid: { digits: string; shown: string; selector: string }[]
    invalid: Wrong[]
    typed: { input: string; digits: string }[]
  }
  term: { letterDate: string; lastDay: string; expiresAt: string }[]
  instant: { letterDate: string; now: string; open: boolean }[]
  delivery: { postedOn: string; deemedOn: string }[]
  deadline: { nominal: string; region: string; effective: string }[]
}

function unwrap<T>(result: Result<T, unknown>): T {
  assert.ok(result.ok, `refused: ${JSON.stringify(result)}`)
  return result.value
}

const day = (date: string): CalendarDate => unwrap(parseCalendarDate(date))
const refusal = (error: string) => ({ ok: false, error })

function suite(name: string, vectors: Vectors): void {
  describe(`${name}: identifiers`, () => {
    it('reads every Versichertennummer as it is typed and names what is wrong', () => {
      const { valid, invalid, typed, refused } = vectors.kvnr
      for (const number of valid) assert.deepEqual(parseKvnr(number), { ok: true, value: number })
      for (const number of valid) assert.equal(kvnrCheckDigit(number), number.at(-1))
      for (const { number, error } of invalid) assert.deepEqual(parseKvnr(number), refusal(error))
      for (const { input, number } of typed) assert.equal(unwrap(parseKvnr(input)), number)
      for (const input of refused) assert.equal(parseKvnr(input).ok, false, input)
    })

    it('keeps the leading zeros of a card number and never pads', () => {
      const { whole, notWhole, typed, refused } = vectors.card
      for (const { number, six, five } of whole) {
        const card = unwrap(parseCardNumber(number))
        assert.deepEqual([cardSuffixOf(card, 6), cardSuffixOf(card, 5)], [six, five])
      }
      for (const number of notWhole) assert.equal(parseCardNumber(number).ok, false, number)
      for (const { input, ask, digits } of typed) {
        assert.equal(unwrap(parseCardSuffix(input, ask as CardDigits)), digits)
      }
      for (const { input, ask } of refused) {
        assert.equal(parseCardSuffix(input, ask as CardDigits).ok, false, input)
      }
    })

    it('checks an Institutionskennzeichen', () => {
      for (const number of vectors.ik.valid) assert.equal(unwrap(parseIk(number)), number)
      for (const number of vectors.ik.valid) assert.equal(ikCheckDigit(number), number.at(-1))
      for (const { number, error } of vectors.ik.invalid) {
        assert.deepEqual(parseIk(number), refusal(error))
      }
    })

    it('reads every PIN in every spelling and tells slips apart', () => {
      const { damm, valid, invalid, typed } = vectors.pin
      for (const { digits, check } of damm) assert.equal(dammCheckDigit(digits), check)
      for (const { digits, shown, selector } of valid) {
        const pin = unwrap(parsePin(digits))
        assert.deepEqual([formatPin(pin), selectorOf(pin)], [shown, selector])
      }
      for (const { number, error } of invalid) assert.deepEqual(parsePin(number), refusal(error))
      for (const { input, digits } of typed) assert.equal(unwrap(parsePin(input)), digits, input)
    })
  })

  describe(`${name}: days`, () => {
    it('ends a PIN at midnight in Berlin after its last day', () => {
      for (const term of vectors.term) {
        const last = lastDay(day(term.letterDate))
        assert.deepEqual([last, expiresAt(last).toISOString()], [term.lastDay, term.expiresAt])
      }
      for (const { letterDate, now, open } of vectors.instant) {
        assert.equal(isExpired(lastDay(day(letterDate)), new Date(now)), !open, now)
      }
    })

    it('counts a posted letter as delivered on the fourth day', () => {
      for (const { postedOn, deemedOn } of vectors.delivery) {
        assert.equal(deemedDelivery(day(postedOn)), deemedOn)
      }
    })

    it('moves a response deadline to the next working day of the region', () => {
      for (const { nominal, region, effective } of vectors.deadline) {
        assert.equal(responseDeadline(day(nominal), region as Region), effective)
      }
    })
  })
}

// The shared table's own layout, as far as it is read here.
type Reasoned = { value: string; reason: string }
type Shared = {
  kvnr: {
    valid: { value: string }[]
    invalid: Reasoned[]
    blindSpots: { values: string[] }[]
    tolerant: { accept: { input: string; normalized: string }[]; reject: { input: string }[] }
  }
  cardNumber: {
    samples: { value: string; last6: string; last5: string }[]
    invalidFull: string[]
    tolerant: {
      accept: { input: string; cardDigits: number; normalized: string }[]
      reject: { input: string; cardDigits: number }[]
    }
  }
  ik: { valid: string[]; invalid: Reasoned[] }
  pin: {
    dammKnownAnswer: { input: string; checkDigit: number }
    valid: { value: string; shown: string; selector: string }[]
    invalid: Reasoned[]
    tolerant: { input: string; normalized: string }[]
  }
  validity: {
    vectors: { letterDate: string; lastDay: string; expiresAt: string }[]
    instants: { letterDate: string; now: string; valid: boolean }[]
  }
  deemedDelivery: { vectors: Vectors['delivery'] }
  responseDeadline: { vectors: Vectors['deadline'] }
}

function wrongs(kind: string, rows: Reasoned[]): Wrong[] {
  return rows.map(({ value, reason }) => ({
    number: value,
    error: `${kind}.${reason === 'check-digit' ? 'checkDigit' : reason}`,
  }))
}

function fromShared({ kvnr, cardNumber, ik, pin, ...days }: Shared): Vectors {
  return {
    kvnr: {
      valid: [...kvnr.valid.map(({ value }) => value), ...kvnr.blindSpots.flatMap((b) => b.values)],
      invalid: wrongs('kvnr', kvnr.invalid),
      typed: kvnr.tolerant.accept.map((row) => ({ input: row.input, number: row.normalized })),
      refused: kvnr.tolerant.reject.map(({ input }) => input),
    },
    card: {
      whole: cardNumber.samples.map((s) => ({ number: s.value, six: s.last6, five: s.last5 })),
      notWhole: cardNumber.invalidFull,
      typed: cardNumber.tolerant.accept.map((row) => ({
        input: row.input,
        ask: row.cardDigits,
        digits: row.normalized,
      })),
      refused: cardNumber.tolerant.reject.map((row) => ({ input: row.input, ask: row.cardDigits })),
    },
    ik: { valid: ik.valid, invalid: wrongs('ik', ik.invalid) },
    pin: {
      damm: [{ digits: pin.dammKnownAnswer.input, check: String(pin.dammKnownAnswer.checkDigit) }],
      valid: pin.valid.map(({ value, ...rest }) => ({ digits: value, ...rest })),
      invalid: wrongs('pin', pin.invalid),
      typed: pin.tolerant.map((row) => ({ input: row.input, digits: row.normalized })),
    },
    term: days.validity.vectors.map((row) => ({
      ...row,
      expiresAt: new Date(row.expiresAt).toISOString(),
    })),
    instant: days.validity.instants.map((row) => ({ ...row, open: row.valid })),
    delivery: days.deemedDelivery.vectors,
    deadline: days.responseDeadline.vectors,
  }
}

suite('our vectors', own)

const shared = new URL('../../../../shared/vectors/identifiers.json', import.meta.url)
if (existsSync(shared)) {
  suite('shared vectors', fromShared(JSON.parse(readFileSync(shared, 'utf8')) as Shared))
}
