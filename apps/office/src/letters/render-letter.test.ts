// What a printed letter says, where it says it, and what it refuses; read back from the finished PDF.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LetterError } from './letter-error.ts'
import type { LetterInput, LetterPerson } from './letter-input.ts'
import { SAMPLE_PERSON, sampleLetter, samplePin } from './letter-samples.ts'
import { boxOf, type ProbedPage, probePdf } from './pdf-probe.ts'
import { renderLetter } from './render-letter.ts'

const PIN_TEXT = '4711 0815 4711 0815'
const post = (changes: Partial<LetterInput> = {}) =>
  renderLetter(sampleLetter(changes), { copy: 'post', pin: samplePin() })

const pagesOf = (changes: Partial<LetterInput> = {}) => probePdf(post(changes).pdf)

const firstPage = async (changes: Partial<LetterInput> = {}): Promise<ProbedPage> => {
  const [page] = await pagesOf(changes)
  assert.ok(page)
  return page
}

const wholeText = async (changes: Partial<LetterInput> = {}): Promise<string> => {
  const pages = await pagesOf(changes)
  return pages.map((page) => page.structure.join('\n')).join('\n')
}

const person = (changes: Partial<LetterPerson>) => ({ person: { ...SAMPLE_PERSON, ...changes } })

const refusal = (changes: Partial<LetterInput>): unknown => {
  try {
    post(changes)
    return undefined
  } catch (error) {
    assert.ok(error instanceof LetterError)
    assert.equal(error.message, error.code)
    return error.code
  }
}

describe('the letter says', () => {
  it('who asks for what, until when, and how to answer in every other way', async () => {
    const text = await wholeText()
    for (const words of [
      'Frau Erika Beispiel',
      'FV-2026-004711',
      '23.11.2026',
      '0800 0000 115',
      'Sehr geehrte Frau Beispiel,',
      'Uns fehlen noch Angaben',
      'gültig bis einschließlich 24.12.2026',
      'Studienbescheinigung – online oder auf Papier',
      'Lichtbild – nur auf Papier',
      'https://pin.musterkasse.example',
      'letzten sechs Stellen der Kartennummer',
      'Lieber auf Papier oder am Telefon',
      'https://www.musterkasse.example',
      'Der Brief ist nicht für Sie?',
      'Hinweise zum Datenschutz',
      '§ 206 SGB V',
    ]) {
      assert.ok(text.includes(words), words)
    }
  })

  it('its PIN once, in four groups, and names no Versichertennummer of the person', async () => {
    const pages = await pagesOf()
    const all = pages.map((page) => page.text).join('\n')
    assert.equal(all.split(PIN_TEXT).length - 1, 1)
    assert.deepEqual(all.match(/\b[A-Z]\d{9}\b/g), ['T123456780'])
  })

  it('that the birth date is asked where the case has no card', async () => {
    const text = await wholeText({ secondFactor: 'birthdate' })
    assert.match(text, /„Letzte sechs Stellen der Kartennummer“ Ihr Geburtsdatum/)
    assert.doesNotMatch(text, /Rückseite/)
  })

  it('five digits where the tenant asks for five', async () => {
    const { tenant } = sampleLetter()
    assert.match(await wholeText({ tenant: { ...tenant, cardDigits: 5 } }), /letzten fünf Stellen/)
  })

  it('what becomes of the older PIN and of what was typed', async () => {
    assert.match(await wholeText({ reissue: 'lost' }), /gilt nicht mehr\. Was Sie schon/)
    assert.match(await wholeText({ reissue: 'online' }), /nur noch, bis Sie sich zum ersten Mal/)
    assert.match(await wholeText({ reissue: 'stolen' }), /bitte beginnen Sie neu/)
  })

  it('in its own words why a form is sent, where the insurer wrote them', async () => {
    const form = { ...sampleLetter().form, id: 'familienversicherung' }
    assert.match(
      await wholeText({ form }),
      /H1: Familienversicherung: bitte prüfen Sie Ihre Angaben/,
    )
    assert.match(await wholeText({ form }), /Einmal im Jahr prüfen wir/)
  })

  it('to Leichte Sprache readers that nobody has tested the text yet', async () => {
    assert.match(await wholeText({ variant: 'leicht' }), /Der Text ist noch nicht geprüft/)
  })
})

describe('the letter is built so that', () => {
  it('a long list goes on on the next page and never pushes the PIN away', async () => {
    const items = Array.from({ length: 30 }, (_, index) => ({
      label: `Nachweis ${index + 1}`,
      channel: 'online' as const,
    }))
    const pages = await pagesOf({ items })
    const pin = pages[0] && boxOf(pages[0], PIN_TEXT)
    assert.ok(pin && pin.top >= 215 && pin.bottom <= 275)
    assert.ok(pages[1]?.text.includes('Nachweis 30'))
  })
})

describe('the address', () => {
  const lines = async (changes: Partial<LetterPerson>) => {
    const page = await firstPage(person(changes))
    const from = page.structure.indexOf('P: Musterkasse · Beispielstraße 1 · 01067 Dresden')
    const to = page.structure.indexOf('P: Aktenzeichen')
    return page.structure.slice(from + 1, to).map((line) => line.slice('P: '.length))
  }

  it('goes to the parents of a child', async () => {
    assert.deepEqual(await lines({ recipientRole: 'eltern', firstName: 'Mia', salutation: '' }), [
      'An die Eltern von',
      'Mia Beispiel',
      'Lindenweg 12 a',
      '01099 Dresden',
    ])
  })

  it('is refused when a line cannot be made to fit', () => {
    assert.equal(
      refusal(person({ street: 'Donaudampfschifffahrt'.repeat(8) })),
      'letter.addressTooLong',
    )
  })
})

describe('names', () => {
  it('that look like markup, code or placeholders print as they are', async () => {
    for (const lastName of [
      '#panic("x")',
      '*O_Neill*',
      '$x^2$ \\ "q"',
      '{pin} **~**',
      '= <h1> @ref //',
    ]) {
      const page = await firstPage(person({ lastName, salutation: '' }))
      assert.ok(page.structure.includes(`P: Erika ${lastName}`), lastName)
    }
  })

  it('that the fonts cannot print are refused by code alone', () => {
    assert.equal(refusal(person({ lastName: 'Bei😀spiel' })), 'letter.glyph')
    assert.equal(refusal(person({ city: '東京' })), 'letter.glyph')
  })
})

describe('templates', () => {
  it('that are missing or broken are refused by code', () => {
    const options = { copy: 'post', pin: samplePin(), folder: '/nowhere' } as const
    assert.throws(() => renderLetter(sampleLetter(), options), { code: 'letter.template' })
  })
})
