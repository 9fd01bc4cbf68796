// Reading and showing amounts of money and whole numbers the way people type them.
import type { Locale } from './definition.ts'

/** Above this an amount is a slip (99,999,999.99 EUR). */
export const MAX_CENTS = 9_999_999_999

/** `0.500` is no group of thousands: nobody writes a zero in front of one. */
function digitsOf(whole: string): string | undefined {
  if (/^\d+$/.test(whole)) return whole
  const grouped = /^[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*$/.test(whole)
  return grouped ? whole.replace(/\D/g, '') : undefined
}

/**
 * Understands `1.234,56`, `1234,56`, `1234.56`, `1,234.56`, `1.234`, `12,-`, `-5 €`, `EUR 7,5`.
 * `1,234` could be both and is refused. Returns cents, or undefined.
 */
export function readMoney(raw: string): number | undefined {
  const text = raw
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/€|Euros?|EUR/i, '')
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\u2019/g, "'")
    .trim()
    .replace(/,-{1,2}$/, '')
  const parts = /^(-?) ?(\d[\d.,' ]*?)(?:([.,])(\d{1,2}))?$/.exec(text)
  const whole = parts?.[2] ?? ''
  if (parts === null || (parts[3] === undefined && whole.includes(','))) return undefined
  if (parts[3] !== undefined && whole.includes(parts[3])) return undefined
  const digits = digitsOf(whole)
  if (digits === undefined || digits.length > 9) return undefined
  const cents = Number(digits) * 100 + Number((parts[4] ?? '').padEnd(2, '0'))
  return parts[1] === '-' && cents !== 0 ? -cents : cents
}

/** Whole number with optional minus and thousands dots, or undefined: a comma is refused, for it begins a fraction. */
export function readInt(raw: string): number | undefined {
  const text = raw
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/[\u2212\u2013]/g, '-')
    .trim()
  if (text.includes(',')) return undefined
  const digits = digitsOf(text.replace(/^-/, ''))
  if (digits === undefined || digits.length > 12) return undefined
  const value = Number(digits)
  return text.startsWith('-') && value !== 0 ? -value : value
}

/** German `1.234,56`, English `1,234.56`, without a currency: the form typed into a field. */
export function showAmount(cents: number, locale: Locale): string {
  const [thousands, decimal] = locale === 'en' ? [',', '.'] : ['.', ',']
  const text = String(Math.abs(Math.round(cents))).padStart(3, '0')
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, thousands)
  return `${cents < 0 ? '-' : ''}${whole}${decimal}${text.slice(-2)}`
}

/** German `1.234,56 €`, English `€1,234.56`. */
export function showMoney(cents: number, locale: Locale): string {
  const amount = showAmount(cents, locale)
  if (locale !== 'en') return `${amount} €`
  return amount.startsWith('-') ? `-€${amount.slice(1)}` : `€${amount}`
}
