// Slips against Leichte Sprache that a machine can see: long sentences, long words in one piece, the passive.

/** DIN SPEC 33429 asks for short sentences; above this a reader loses the thread. */
const MAX_WORDS = 12
/** Longer words are divided by a hyphen or a middle dot: "Geburts-Urkunde". */
const MAX_LETTERS = 16

export interface Slip {
  readonly code: 'form.simple.sentence' | 'form.simple.word' | 'form.simple.passive'
  /** Characters from the beginning of the text. */
  readonly offset: number
  readonly message: string
}

interface Piece {
  readonly text: string
  readonly offset: number
}

/** A colon ends a thought, too. A full stop inside a date or number has no blank behind it. */
function sentencesOf(text: string): readonly Piece[] {
  return [...text.matchAll(/(?:[^.!?:\n]|[.!?:](?![\s”“"]|$))+/gu)].map(({ 0: found, index }) => {
    const lead = found.length - found.trimStart().length
    return { text: found.trim(), offset: index + lead }
  })
}

/** Runs of letters with what holds them together; placeholders, numbers and signs are no words. */
const wordsOf = ({ text, offset }: Piece): readonly Piece[] =>
  [...text.matchAll(/\{[a-z_]+\}|[\p{L}\p{M}][\p{L}\p{M}\d'’·-]*/gu)].map(({ 0: word, index }) => ({
    text: word,
    offset: offset + index,
  }))

const AUXILIARY = /^(?:werde|wirst|wird|werden|werdet|wurde|wurdest|wurden|worden)$/
// A participle looks like "gefragt", "abgeholt", "geschrieben", "beantragt" or "informiert".
const PARTICIPLE =
  /^(?:(?:\p{Ll}{2,6})?ge\p{Ll}{2,}(?:t|en)|(?:be|ent|er|ver|zer)\p{Ll}{2,}t|\p{Ll}+iert)$/u
/** Infinitives and adjectives that look like one. */
const NO_PARTICIPLE = new Set([
  ...['gehen', 'geben', 'gelten', 'gewinnen', 'genießen', 'gehören', 'gelingen', 'geschehen'],
  ...['gestern', 'gegen', 'genießt', 'gesamten', 'bekannt', 'verwandt', 'erst', 'gut', 'vergehen'],
])

function passiveIn(words: readonly Piece[]): Piece | undefined {
  const at = words.findIndex(({ text }) => AUXILIARY.test(text.toLowerCase()))
  const auxiliary = words[at]
  if (auxiliary === undefined) return undefined
  const isParticiple = ({ text }: Piece) => PARTICIPLE.test(text) && !NO_PARTICIPLE.has(text)
  return words.some(isParticiple) ? auxiliary : undefined
}

const longestPart = (word: string): number =>
  Math.max(...word.split(/[-·]/u).map((part) => [...part].length))

function slipsIn(sentence: Piece): readonly Slip[] {
  const words = wordsOf(sentence)
  const passive = passiveIn(words)
  return [
    ...(words.length > MAX_WORDS ? [sentenceSlip(sentence.offset, words.length)] : []),
    ...words
      .filter(({ text }) => !text.startsWith('{') && longestPart(text) > MAX_LETTERS)
      .map(({ text, offset }) => wordSlip(offset, text)),
    ...(passive === undefined ? [] : [passiveSlip(passive)]),
  ]
}

const sentenceSlip = (offset: number, count: number): Slip => ({
  ...{ code: 'form.simple.sentence', offset },
  message: `a sentence of ${count} words: make several of at most ${MAX_WORDS}, one thought each`,
})

const wordSlip = (offset: number, word: string): Slip => ({
  ...{ code: 'form.simple.word', offset },
  message: `"${word}" is long: divide it by a hyphen or use a shorter word`,
})

const passiveSlip = ({ offset, text }: Piece): Slip => ({
  ...{ code: 'form.simple.passive', offset },
  message: `this looks like the passive ("${text}"): say who does it`,
})

/** In the order of the text. Heuristics: a slip is advice to look again, not an error. */
export function simpleLanguageSlips(text: string): readonly Slip[] {
  return sentencesOf(text).flatMap(slipsIn)
}
