// PINs in a text, however they are grouped: sixteen digits with a right check digit, unbroken or with blanks and hyphens between.
import { type Pin, parsePin } from '@einmal-pin/domain/pin'

const PIN_DIGITS = 16
/** Digits, and what people group them with. */
const RUN = /\d(?:[\s–·-]*\d)*/gu
/** Between groups of four these do not make a date. */
const DOTS = /(?<=\d{4})[./](?=\d{4})/gu

export function pinsIn(text: string): readonly Pin[] {
  return (text.replace(DOTS, ' ').match(RUN) ?? []).flatMap((run) => {
    const groups = run.split(/\D+/u)
    return groups.flatMap((_, from) => pinFrom(groups.slice(from)) ?? [])
  })
}

/** The PIN that the first of the groups begins. */
function pinFrom(groups: readonly string[]): Pin | undefined {
  let digits = ''
  for (const group of groups) {
    digits += group
    if (digits.length >= PIN_DIGITS) break
  }
  const parsed = parsePin(digits)
  return digits.length === PIN_DIGITS && parsed.ok ? parsed.value : undefined
}
