// The PDF of an invented letter as it goes to the print centre, for the tests.
import type { LetterInput } from './letter-input.ts'
import { samplePin } from './letter-samples.ts'
import { type RenderedLetter, renderLetter } from './render-letter.ts'

export function postedLetter(letter: LetterInput, folder?: string): RenderedLetter {
  const place = folder === undefined ? {} : { folder }
  const isPlain = letter.kind === 'reminder'
  return isPlain
    ? renderLetter(letter, { copy: 'plain', ...place })
    : renderLetter(letter, { copy: 'post', pin: samplePin(), ...place })
}
