// The label of the card field: the number of digits is the insurer's setting.
import { m } from '../paraglide/messages.js'
import { tenant } from '../tenant.ts'

export const cardDigitsLabel = (): string =>
  tenant.cardDigits === 6 ? m.label_card_six() : m.label_card_five()
