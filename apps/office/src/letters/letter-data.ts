// Turns a letter's input into the JSON that the template sets: all words chosen and filled, no markup anywhere.
import { formatGerman } from '@einmal-pin/domain/calendar-date'
import type { LText } from '@einmal-pin/domain/form/definition'
import { addressLines, fullName } from './address-lines.ts'
import type { LetterInput } from './letter-input.ts'
import {
  type FormWords,
  type LetterTexts,
  type Piece,
  pieces,
  plainText,
  type SectionText,
  type Values,
} from './letter-texts.ts'
import { noBreaks, unbroken } from './no-breaks.ts'

/** What templates/letter.typ reads as /data.json. */
export interface LetterData {
  readonly title: string
  readonly created: { readonly year: number; readonly month: number; readonly day: number }
  readonly insurer: { readonly name: string; readonly legalName: string }
  readonly returnLine: string
  readonly address: readonly string[]
  readonly info: readonly { readonly label: string; readonly value: string }[]
  readonly headerLine: string
  readonly mark: string
  readonly footerLine: string
  readonly footerContact: string
  readonly emptyPage: string
  readonly pageLabel: string
  readonly subject: readonly Piece[]
  readonly greeting: string
  readonly intro: readonly (readonly Piece[])[]
  readonly notice: readonly Piece[] | null
  readonly itemsHeading: string
  readonly items: readonly { readonly label: string; readonly channel: string }[]
  readonly howHeading: string
  readonly steps: readonly (readonly Piece[])[]
  readonly card: {
    readonly alt: string
    readonly back: boolean
    readonly digits: number
    readonly words: Record<'front' | 'back' | 'number' | 'cardNumber', string>
  }
  readonly pin: string
  readonly portalUrl: string
  readonly pinBox: {
    readonly heading: string
    /** Stands where the PIN would be. */
    readonly lead: readonly Piece[]
    readonly valid: readonly Piece[]
    readonly note: readonly Piece[]
    readonly portal: string
    readonly qrAlt: string
    readonly qrCaption: readonly Piece[]
  }
  readonly otherWay: readonly Piece[]
  readonly closing: readonly Piece[]
  readonly sections: readonly LetterSection[]
  readonly notices: readonly LetterSection[]
}

interface LetterSection {
  readonly heading: string
  readonly paragraphs: readonly (readonly Piece[])[]
}

const NUMBER_WORDS = { 5: 'fünf', 6: 'sechs' } as const

/** `pin` is what stands in the box: the grouped digits, or dots in the archive copy. Throws LetterError. */
export function letterData(input: LetterInput, texts: LetterTexts, pin: string): LetterData {
  const values = valuesOf(input, texts)
  const box =
    input.kind === 'reminder' ? texts.kinds.reminder.pinBox : { ...texts.pinBox, lead: '' }
  return {
    ...frame(input, texts, values),
    ...body(input, texts, values),
    pin,
    portalUrl: input.portalUrl,
    pinBox: {
      heading: plainText(box.heading, values),
      lead: pieces(box.lead, values),
      valid: pieces(box.valid, values),
      note: pieces(box.note, values),
      portal: plainText(texts.pinBox.portal, values),
      qrAlt: plainText(texts.pinBox.qrAlt, values),
      qrCaption: pieces(texts.pinBox.qrCaption, values),
    },
  }
}

function frame(input: LetterInput, texts: LetterTexts, values: Values) {
  const { tenant } = input
  const [year = 0, month = 0, day = 0] = input.letterDate.split('-').map(Number)
  return {
    title: plainText(subjectOf(input, texts), values),
    created: { year, month, day },
    insurer: { name: tenant.name, legalName: tenant.legalName },
    returnLine: tenant.returnLine,
    address: addressLines(input.person),
    info: infoEntries(input, texts, values),
    headerLine: plainText(texts.headerLine, values),
    mark: input.letterId,
    footerLine: `${tenant.legalName} · ${tenant.address.street} · ${tenant.address.postcode} ${tenant.address.city}`,
    footerContact: plainText(texts.footerContact, values),
    emptyPage: texts.emptyPage,
    pageLabel: texts.pageLabel,
  }
}

function infoEntries(input: LetterInput, texts: LetterTexts, values: Values) {
  const { caseRef, date, phone, hours } = texts.info
  return [
    { label: plainText(caseRef, values), value: input.caseRef },
    { label: plainText(date, values), value: formatGerman(input.letterDate) },
    { label: plainText(phone, values), value: unbroken(input.tenant.phone) },
    { label: plainText(hours, values), value: noBreaks(input.tenant.phoneHours) },
  ]
}

function body(input: LetterInput, texts: LetterTexts, values: Values) {
  const all = (list: readonly string[]) => list.map((text) => pieces(text, values))
  const reissued = input.reissue === 'none' ? [] : [texts.reissue[input.reissue]]
  return {
    subject: pieces(subjectOf(input, texts), values),
    greeting: greeting(input, texts, values),
    intro: all([...introOf(input, texts)[readerOf(input)], ...reissued]),
    notice: texts.notice === null ? null : pieces(texts.notice, values),
    itemsHeading: plainText(texts.itemsHeading, values),
    items: input.items.map(({ label, channel }) => ({
      label: noBreaks(label),
      channel: texts.itemChannel[channel],
    })),
    howHeading: plainText(texts.howHeading, values),
    steps: all(texts.steps[input.secondFactor]),
    card: cardData(input, texts, values),
    otherWay: pieces(texts.otherWay, values),
    closing: pieces(texts.closing, values),
    sections: sectionsOf(input, texts).map((section) => filledSection(section, values)),
    notices: texts.notices.map((section) => filledSection(section, values)),
  }
}

function filledSection({ heading, paragraphs }: SectionText, values: Values): LetterSection {
  return {
    heading: plainText(heading, values),
    paragraphs: paragraphs.map((paragraph) => pieces(paragraph, values)),
  }
}

function wordsOf(input: LetterInput, texts: LetterTexts): FormWords | undefined {
  return Object.hasOwn(texts.forms, input.form.id) ? texts.forms[input.form.id] : undefined
}

const introOf = ({ kind }: LetterInput, texts: LetterTexts) =>
  kind === 'pin' ? texts.intro : texts.kinds[kind].intro

const sectionsOf = ({ kind }: LetterInput, texts: LetterTexts) =>
  kind === 'reminder' ? texts.kinds.reminder.sections : texts.sections

function subjectOf(input: LetterInput, texts: LetterTexts): string {
  if (input.kind !== 'pin') return texts.kinds[input.kind].subject
  return wordsOf(input, texts)?.subject ?? texts.subject
}

// What the letter says about the form: the letter's own words first, else those of the form.
function formValues(input: LetterInput, texts: LetterTexts) {
  const { title, purpose, legalBasis } = input.form
  const inLocale = (text: LText) => noBreaks(text[texts.locale] ?? text.de)
  const own = wordsOf(input, texts)
  return {
    formTitle: inLocale(title),
    why: own ? plainText(own.why, {}) : inLocale(purpose),
    legalBasis: (own ? plainText(own.legalBasis, {}) : inLocale(legalBasis)).replace(/\.$/, ''),
  }
}

function cardData(input: LetterInput, { card }: LetterTexts, values: Values) {
  const back = input.secondFactor === 'egk'
  return {
    alt: plainText(back ? card.altEgk : card.altBirthdate, values),
    back,
    digits: input.tenant.cardDigits,
    words: { front: card.front, back: card.back, number: card.number, cardNumber: card.cardNumber },
  }
}

function readerOf({ person }: LetterInput): 'selbst' | 'eltern' | 'vertretung' {
  if (person.recipientRole === 'eltern') return 'eltern'
  return person.recipientRole ? 'vertretung' : 'selbst'
}

function greeting(input: LetterInput, texts: LetterTexts, values: Values): string {
  const { recipientRole, recipientName, salutation } = input.person
  // Behind a guardian's name may stand an association: nobody greets that by name.
  const named = !recipientRole || (recipientRole === 'eltern' && recipientName)
  if (!named) return plainText(texts.greeting.unnamed, values)
  if (recipientRole) return plainText(texts.greeting.neutral, values)
  if (salutation === 'Frau') return plainText(texts.greeting.frau, values)
  if (salutation === 'Herr') return plainText(texts.greeting.herr, values)
  return plainText(texts.greeting.neutral, values)
}

function valuesOf(input: LetterInput, texts: LetterTexts): Values {
  const { tenant, person, portalUrl } = input
  const own = texts.own[readerOf(input)]
  const { name, street, postcode, city } = tenant.address
  return {
    ...formValues(input, texts),
    caseRef: input.caseRef,
    letterDate: formatGerman(input.letterDate),
    lastDay: formatGerman(input.lastDay),
    pinLetterDate: formatGerman(input.pinLetterDate ?? input.letterDate),
    subjectName: fullName(person),
    addresseeName: person.recipientRole ? (person.recipientName ?? '') : fullName(person),
    addresseeLastName: person.lastName,
    ownNumber: own.number,
    ownCard: own.card,
    ownBirth: own.birth,
    cardDigitsWord: NUMBER_WORDS[tenant.cardDigits],
    portalUrl,
    newPinUrl: `${portalUrl}/neue-pin`,
    notForMeUrl: `${portalUrl}/nicht-fuer-mich`,
    privacyUrl: `${portalUrl}/datenschutz`,
    otherMattersUrl: tenant.otherMattersUrl,
    insurer: tenant.name,
    legalName: tenant.legalName,
    phone: unbroken(tenant.phone),
    phoneHours: noBreaks(tenant.phoneHours),
    street,
    town: `${postcode} ${city}`,
    streetAddress: `${street}, ${unbroken(`${postcode} ${city}`)}`,
    postalAddress: `${name}, ${street}, ${unbroken(`${postcode} ${city}`)}`,
    email: tenant.email,
  }
}
