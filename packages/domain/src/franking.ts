// What the print centre must know to envelope and frank one letter, from its sheets and its country.

/** `standard` up to 20 g, `kompakt` up to 50 g, `gross` above; with the ending `-int` to other countries. */
export type MailProduct =
  | 'standard'
  | 'kompakt'
  | 'gross'
  | 'standard-int'
  | 'kompakt-int'
  | 'gross-int'

export interface Franking {
  readonly duplex: boolean
  /** DL holds sheets folded twice; more go flat into C4. */
  readonly envelope: 'DL' | 'C4'
  readonly product: MailProduct
}

const SHEET_GRAMS = 5
const ENVELOPE_GRAMS = 5

/** `sheets` of A4 with 80 g/m², printed on both sides. Weights: assumption, to be confirmed by the insurer's print centre. */
export function frankingOf(sheets: number, country: string): Franking {
  const grams = sheets * SHEET_GRAMS + ENVELOPE_GRAMS
  const size = grams <= 20 ? 'standard' : grams <= 50 ? 'kompakt' : 'gross'
  return {
    duplex: true,
    envelope: size === 'gross' ? 'C4' : 'DL',
    product: country === 'DE' ? size : `${size}-int`,
  }
}

export interface Destination {
  readonly postcode: string
  readonly country: string
}

/**
 * Germany first, by ascending postcode, then the other countries by code and postcode (DV-Freimachung wants ascending
 * postcodes, domain.md 6.2). Negative when `a` comes first; 0 leaves the order to the caller.
 */
export function byDestination(a: Destination, b: Destination): number {
  const abroad = Number(a.country !== 'DE') - Number(b.country !== 'DE')
  return abroad || compare(a.country, b.country) || compare(a.postcode, b.postcode)
}

// Code units, as the database sorts under the C locale: both sides must agree on one order.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
