// German typography for values that come from outside: no line break between what belongs together.
const NO_BREAK = '\u00a0'

// Left and right of a blank that must not break (DIN 5008): section signs, books of law, counted units, abbreviations.
const BONDS: readonly RegExp[] = [
  /(§§?) (?=\d)/gu,
  /\b(Abs\.|Absatz|Art\.|Artikel|Nr\.|Nummer|Seite|S\.|SGB|Satz) (?=[\dIVX])/gu,
  /(\d) (?=(?:Uhr|Stunden|Tage|Euro|€|%|SGB|BGB)(?![\p{L}]))/gu,
  /\b(z\.|d\.|u\.|i\.) (?=[A-Za-zÄÖÜäöü]\.)/gu,
  /() (?=[–—])/gu,
]

/** The same text with non-breaking spaces where German wants them. */
export function noBreaks(text: string): string {
  return BONDS.reduce((kept, bond) => kept.replace(bond, `$1${NO_BREAK}`), text)
}

/** The same text in one unbreakable piece, for telephone numbers. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK)
}
