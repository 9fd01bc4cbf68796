// Comparing what was ordered with what is on the paper.
import type { Area } from './open-pdf.ts'

/** Capitals abroad, blanks and composed letters differ between order and paper; nothing else does. */
export const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\s/gu, '').toLocaleUpperCase('de').normalize('NFKD')

export const holds = (text: string, wanted: string): boolean => plain(text).includes(plain(wanted))

export const overlaps = (char: Area, area: Area): boolean =>
  char.right > area.left &&
  char.left < area.right &&
  char.bottom > area.top &&
  char.top < area.bottom
