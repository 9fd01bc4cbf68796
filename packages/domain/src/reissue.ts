// A new PIN for the same case: how it treats the old one, who may order it how often, when two must agree.
import { type CalendarDate, daysBetween } from './calendar-date.ts'
import { err, ok, type Result } from './result.ts'

/** lost: by telephone, at the counter or by the office. online: without a PIN. stolen: the letter was taken. */
export type ReissueReason = 'lost' | 'online' | 'stolen'

type ReissueRule = {
  /** When the old PIN dies. */
  readonly oldPin: 'atOnce' | 'atFirstLoginWithNew'
  /** Whether draft and documents go on under the new PIN; otherwise the case secret is fresh too. */
  readonly keepsDraft: boolean
}

/**
 * Source: design.md 6, domain.md 4.3. An order made without a PIN must not be a kill switch. A thief may
 * hold the old secret, so a stolen letter starts from nothing.
 */
export const REISSUE_RULES = {
  lost: { oldPin: 'atOnce', keepsDraft: true },
  online: { oldPin: 'atFirstLoginWithNew', keepsDraft: true },
  stolen: { oldPin: 'atOnce', keepsDraft: false },
} as const satisfies Record<ReissueReason, ReissueRule>

/** The day a letter was posted and this many days after it: it may still be on its way. */
export const DAYS_FOR_THE_POST = 5
/** One online order within this many days, the day of the order included. */
export const DAYS_PER_ONLINE_ORDER = 4
/** Online orders in the life of a case. */
export const MAX_ONLINE_ORDERS = 3
/** A change of address is fresh on its day and this many days after it. */
export const FRESH_ADDRESS_DAYS = 14

/** What the office knows of a case's earlier letters and orders; all days in Berlin. */
export type OrderHistory = {
  readonly lastPostedOn?: CalendarDate | undefined
  readonly onlineOrders: readonly CalendarDate[]
}

export type OrderRefusal = 'order.tooMany' | 'order.letterOnItsWay' | 'order.tooSoon'

/**
 * Whether an online order of today is carried out. The person always gets the same answer; a refusal is for
 * the office's records only. Clerks are not limited by these rules.
 */
export function mayOrderOnline(
  history: OrderHistory,
  today: CalendarDate,
): Result<undefined, OrderRefusal> {
  const { lastPostedOn, onlineOrders } = history
  if (onlineOrders.length >= MAX_ONLINE_ORDERS) return err('order.tooMany')
  if (lastPostedOn !== undefined && daysBetween(lastPostedOn, today) <= DAYS_FOR_THE_POST) {
    return err('order.letterOnItsWay')
  }
  const isFresh = (ordered: CalendarDate) => daysBetween(ordered, today) < DAYS_PER_ONLINE_ORDER
  return onlineOrders.some(isFresh) ? err('order.tooSoon') : ok(undefined)
}

/** Whether a second person must agree, so that nobody can redirect a letter alone. */
export function needsFourEyes(
  addressChangedOn: CalendarDate | undefined,
  today: CalendarDate,
): boolean {
  return (
    addressChangedOn !== undefined && daysBetween(addressChangedOn, today) <= FRESH_ADDRESS_DAYS
  )
}
