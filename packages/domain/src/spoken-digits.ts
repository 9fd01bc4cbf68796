// Digits as words: read aloud by a screen reader, spelled out on the telephone, or dictated.
import { wordsOf } from './typed-input.ts'

export type SpokenLanguage = 'de' | 'en'

const WORDS = {
  de: ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
} as const satisfies Record<SpokenLanguage, readonly string[]>

// "zwo" keeps zwei and drei apart on a bad telephone line; "fuenf" is typed where no umlaut is.
const FURTHER_WORDS = { zwo: '2', fuenf: '5' } as const

const DIGIT_OF_WORD: ReadonlyMap<string, string> = new Map([
  ...WORDS.de.map((word, digit): [string, string] => [word, String(digit)]),
  ...WORDS.en.map((word, digit): [string, string] => [word, String(digit)]),
  ...Object.entries(FURTHER_WORDS),
])

/** Digits as words with a comma, heard as a pause, after every group of four. */
export function spokenDigits(digits: string, language: SpokenLanguage): string {
  const words = [...digits].map((digit) => WORDS[language][Number(digit)] ?? digit)
  const groups: string[] = []
  for (let at = 0; at < words.length; at += 4) groups.push(words.slice(at, at + 4).join(' '))
  return groups.join(', ')
}

/**
 * The input with digit words turned into digits and everything joined: "vier sieben 11" is 4711.
 * Words that are no digits stay, so that the parser behind refuses them.
 */
export function digitsFromSpeech(input: string): string {
  return wordsOf(input)
    .map((word) => DIGIT_OF_WORD.get(word) ?? word)
    .join('')
}
