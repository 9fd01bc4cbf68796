// The named formats that a form may ask for: check digits and shapes, never regular expressions of authors.
import { parseKvnr } from '../kvnr.ts'

/** Length of an IBAN per country (SEPA; ISO 13616 registry). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 ' +
    'HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 ' +
    'RS22 SE24 SI19 SK24 SM27 VA22'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

const squeeze = (raw: string): string => raw.replace(/[\s.\-\u00a0]+/g, '').toUpperCase()

function mod97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

/** IBAN without blanks, or undefined. ISO 13616: moved to the end, letters as 10..35, rest 1 of 97. */
export function readIban(raw: string): string | undefined {
  const iban = squeeze(raw)
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return undefined
  if (IBAN_LENGTHS[iban.slice(0, 2)] !== iban.length) return undefined
  const moved = iban.slice(4) + iban.slice(0, 4)
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return mod97(digits) === 1 ? iban : undefined
}

/** `DE02 1203 0000 0000 2020 51` */
export function showIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Steuer-ID: 11 digits, no leading zero, check digit ISO 7064 MOD 11,10. */
export function readSteuerId(raw: string): string | undefined {
  const id = raw.replace(/[\s./-]+/g, '')
  if (!/^[1-9]\d{10}$/.test(id)) return undefined
  let product = 10
  for (const digit of id.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === Number(id[10]) ? id : undefined
}

/** Versichertennummer in its canonical spelling, or undefined. */
export function readKvnr(raw: string): string | undefined {
  const parsed = parseKvnr(raw)
  return parsed.ok ? parsed.value : undefined
}

/** German postcode: five digits, blanks and a leading `D-` forgiven. */
export function readPlz(raw: string): string | undefined {
  const plz = raw.replace(/\s+/g, '').replace(/^D-?/i, '')
  return /^\d{5}$/.test(plz) && plz !== '00000' ? plz : undefined
}

/** Free spelling; only what can hold no number at all is refused. */
export function readPhone(raw: string): string | undefined {
  const phone = raw.trim().replace(/\s+/g, ' ')
  const digits = phone.replace(/\D/g, '').length
  return /^[\d+()/ .-]+$/.test(phone) && digits >= 4 && digits <= 20 ? phone : undefined
}

/** Something, one @, a host with a dot. More cannot be known without sending. */
export function readEmail(raw: string): string | undefined {
  const email = raw.trim()
  const shaped = /^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}$/.test(email)
  const host = email.slice(email.indexOf('@') + 1).split('.')
  return shaped && host.length > 1 && host.every((part) => part !== '') ? email : undefined
}
