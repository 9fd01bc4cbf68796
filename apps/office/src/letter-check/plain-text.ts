// Comparing what was ordered with what is on the paper.
import type { Area } from './open-pdf.ts'

/** Blanks, and what fonts print nothing for: soft hyphens, joiners, variation selectors. */
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}]/gu

/** Capitals abroad, blanks and composed letters differ between order and paper; nothing else does. */
export const plain = (text: string): string =>
  text.normalize('NFKD').replace(INVISIBLE, '').toLocaleUpperCase('de').normalize('NFKD')

export const holds = (text: string, wanted: string): boolean => plain(text).includes(plain(wanted))

/** The text with nothing in the places of `known`, wherever lines break in it. */
export const without = (text: string, known: string): string => {
  const letters = [...known.replace(/\s/gu, '')].map((letter) =>
    letter.replace(/[\^$\\.*+?()[\]{}|/]/u, '\\$&'),
  )
  return letters.length === 0 ? text : text.replace(new RegExp(letters.join('\\s*'), 'gu'), ' § ')
}

export const overlaps = (char: Area, area: Area): boolean =>
  char.right > area.left &&
  char.left < area.right &&
  char.bottom > area.top &&
  char.top < area.bottom
