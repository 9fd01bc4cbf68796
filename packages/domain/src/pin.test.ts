// What the information page says about the PIN, sentence by sentence, for every PIN there can be.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dammCheckDigit } from './damm.ts'
import {
  formatPin,
  hasTypingSlip,
  PIN_LENGTH,
  type Pin,
  parsePin,
  pinFromParts,
  secretDigitsOf,
  selectorOf,
  spokenPin,
} from './pin.ts'

const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`))
const anyPin: fc.Arbitrary<Pin> = fc
  .tuple(digits(2), digits(13))
  .map(([selector, secret]) => pinFromParts(selector, secret))
const separator = fc.constantFrom(
  '',
  ' ',
  '\u00a0',
  '\u202f',
  '-',
  '\u2011',
  '\u2013',
  '\u2212',
  '.',
  '\u00b7',
  '\u00ad',
  '\t',
)

const same = (pin: Pin) => ({ ok: true, value: pin })

describe('the FAQ about the PIN', () => {
  it('»Muss ich die Leerzeichen mit eingeben?« Nein, auch Striche und Punkte spielen keine Rolle.', () => {
    const between = fc.array(separator, { minLength: PIN_LENGTH, maxLength: PIN_LENGTH })
    fc.assert(
      fc.property(anyPin, between, (pin, blanks) => {
        const typed = [...pin].map((digit, at) => (blanks[at] ?? '') + digit).join('')
        assert.deepEqual(parsePin(`${typed} `), same(pin))
      }),
    )
  })

  it('»Was passiert, wenn ich mich vertippe?« Jede falsche Ziffer fällt sofort auf.', () => {
    const slip = fc.record({ at: fc.nat(PIN_LENGTH - 1), by: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(anyPin, slip, (pin, { at, by }) => {
        const wrong = String((Number(pin[at]) + by) % 10)
        const typed = pin.slice(0, at) + wrong + pin.slice(at + 1)
        assert.deepEqual(parsePin(typed), { ok: false, error: 'pin.checkDigit' })
      }),
    )
  })

  it('»Was passiert, wenn ich mich vertippe?« Zwei vertauschte Nachbarn fallen sofort auf.', () => {
    fc.assert(
      fc.property(anyPin, fc.nat(PIN_LENGTH - 2), (pin, at) => {
        const [first = '', second = ''] = pin.slice(at, at + 2)
        fc.pre(first !== second)
        assert.equal(hasTypingSlip(pin.slice(0, at) + second + first + pin.slice(at + 2)), true)
      }),
    )
  })

  it('»Wie sieht die Einmal-PIN aus?« 16 Ziffern in vier Vierergruppen, keine Buchstaben.', () => {
    fc.assert(
      fc.property(anyPin, (pin) => {
        assert.match(formatPin(pin), /^[0-9]{4}( [0-9]{4}){3}$/)
        assert.deepEqual(parsePin(formatPin(pin)), same(pin))
      }),
    )
  })

  it('»Welche PIN gehört zu welchem Brief?« Die ersten beiden Ziffern unterscheiden Ihre Briefe.', () => {
    fc.assert(
      fc.property(digits(2), digits(13), (selector, secret) => {
        assert.equal(selectorOf(pinFromParts(selector, secret)), selector)
      }),
    )
  })

  it('»Wer kennt meine PIN?« Die dreizehn geheimen Ziffern stehen zwischen Wahlziffern und Prüfziffer.', () => {
    fc.assert(
      fc.property(anyPin, (pin) => {
        assert.equal(secretDigitsOf(pin).length, 13)
        assert.equal(selectorOf(pin) + secretDigitsOf(pin) + pin.at(-1), pin)
      }),
    )
  })

  it('»Wer denkt sich die PIN aus?« Zu allen Ziffern gibt es genau eine Prüfziffer.', () => {
    fc.assert(
      fc.property(digits(2), digits(13), (selector, secret) => {
        const endings = [...'0123456789'].filter((check) => parsePin(selector + secret + check).ok)
        assert.deepEqual(endings, [pinFromParts(selector, secret).at(-1)])
      }),
    )
  })

  it('»Kann ich mir die PIN vorlesen lassen?« Ja, und diktieren können Sie sie auch.', () => {
    fc.assert(
      fc.property(anyPin, fc.constantFrom('de' as const, 'en' as const), (pin, language) => {
        assert.equal(spokenPin(pin, language).split(/,? /).length, PIN_LENGTH)
        assert.deepEqual(parsePin(spokenPin(pin, language)), same(pin))
        assert.deepEqual(parsePin(spokenPin(pin, language).toUpperCase()), same(pin))
      }),
    )
  })
})

describe('a PIN in code', () => {
  it('is spoken in groups of four', () => {
    const pin = pinFromParts('47', '1108154711081')
    assert.equal(
      spokenPin(pin),
      'vier sieben eins eins, null acht eins fünf, vier sieben eins eins, null acht eins fünf',
    )
  })

  it('is refused, never repaired, whatever else is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        const parsed = parsePin(input)
        if (parsed.ok) assert.match(parsed.value, /^[0-9]{16}$/)
      }),
    )
  })

  it('is not made of parts of the wrong length, and the error does not repeat them', () => {
    assert.throws(() => pinFromParts('4', '1108154711081'), /^RangeError: a selector has 2/)
    assert.throws(() => pinFromParts('47', '11081547110'), /^RangeError: a PIN has 13 secret/)
    assert.throws(
      () => pinFromParts('47', '110815471108x'),
      (error: Error) => !/1108/.test(error.message),
    )
  })

  it('ends at 0 when its check digit is counted in, so that the table is a quasigroup with zero diagonal', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,40}$/), (number) => {
        assert.equal(dammCheckDigit(number + dammCheckDigit(number)), '0')
      }),
    )
  })
})
