// The life of one letter, from the rendered page to the letter box; its PIN has a life of its own.
import { addDays, type CalendarDate } from './calendar-date.ts'
import { err, ok, type Result } from './result.ts'

/**
 * made: rendered and sealed, its record may not be published yet. printed, posted: told by the print
 * centre. returned: undeliverable. spoiled: damaged in print, the answer is a new PIN, never a reprint.
 * withdrawn: taken out of the bundle, or on the stop list, before it was posted (move, death, submission).
 */
export type LetterState = 'made' | 'printed' | 'posted' | 'returned' | 'spoiled' | 'withdrawn'

export type LetterEvent = 'print' | 'post' | 'return' | 'spoil' | 'withdraw'

/** Source: design.md 7, domain.md 4.1 and 6.3. A centre that reports only the posting skips `printed`. */
export const LETTER_TRANSITIONS = {
  made: { print: 'printed', post: 'posted', spoil: 'spoiled', withdraw: 'withdrawn' },
  printed: { post: 'posted', spoil: 'spoiled', withdraw: 'withdrawn' },
  posted: { return: 'returned' },
  returned: {},
  spoiled: {},
  withdrawn: {},
} as const satisfies Record<LetterState, Partial<Record<LetterEvent, LetterState>>>

/** The state after `event`, or `letter.transition` when the table does not allow it. */
export function nextLetterState(
  state: LetterState,
  event: LetterEvent,
): Result<LetterState, 'letter.transition'> {
  const moves: Partial<Record<LetterEvent, LetterState>> = LETTER_TRANSITIONS[state]
  const next = moves[event]
  return next ? ok(next) : err('letter.transition')
}

/** The letter date is the planned posting date; so many days later is too late (domain.md 4.2). */
export const POSTING_TOLERANCE_DAYS = 3

export const isPostedLate = (letterDate: CalendarDate, postedOn: CalendarDate): boolean =>
  postedOn > addDays(letterDate, POSTING_TOLERANCE_DAYS)

/** Whether anybody outside may have seen it: a letter that was taken back before the post is told of nowhere. */
export function mayBeSeen(state: LetterState): boolean {
  return state !== 'withdrawn' && state !== 'spoiled'
}

/** Whether the person has the letter, or will have it without anybody doing more. */
export function isOnItsWay(state: LetterState): boolean {
  return state === 'made' || state === 'printed' || state === 'posted'
}
