// The life of a print run, from its first letter to the last that left, and what may be done with it when.
import { err, ok, type Result } from './result.ts'

/**
 * making: letters are made, checked and published. paused: no further letter is begun. checked: all are made and their
 * report is signed; none has left. released: they leave in bundles. stopped: one letter was wrong, so none of them
 * leaves (any more). cancelled: what had not left is thrown away with its PINs, and its cases wait for another run.
 */
export type PrintRunState =
  | 'making'
  | 'paused'
  | 'checked'
  | 'released'
  | 'stopped'
  | 'cancelled'
  | 'done'

export type PrintRunEvent = 'pause' | 'resume' | 'check' | 'release' | 'stop' | 'cancel' | 'finish'

/** Source: domain.md 6.3 ("before release a second program re-reads the finished PDFs"). A stopped run is never resumed. */
export const PRINT_RUN_TRANSITIONS = {
  making: { pause: 'paused', check: 'checked', stop: 'stopped', cancel: 'cancelled' },
  paused: { resume: 'making', stop: 'stopped', cancel: 'cancelled' },
  checked: { release: 'released', stop: 'stopped', cancel: 'cancelled' },
  released: { finish: 'done', stop: 'stopped', cancel: 'cancelled' },
  stopped: { cancel: 'cancelled' },
  cancelled: {},
  done: {},
} as const satisfies Record<PrintRunState, Partial<Record<PrintRunEvent, PrintRunState>>>

/** The state after `event`, or `run.transition` when the table does not allow it. */
export function nextPrintRunState(
  state: PrintRunState,
  event: PrintRunEvent,
): Result<PrintRunState, 'run.transition'> {
  const moves: Partial<Record<PrintRunEvent, PrintRunState>> = PRINT_RUN_TRANSITIONS[state]
  const next = moves[event]
  return next ? ok(next) : err('run.transition')
}

/** What a person may ask of a run; the other events happen by themselves. */
export const RUN_CONTROLS = ['pause', 'resume', 'release', 'cancel'] as const
export type RunControl = (typeof RUN_CONTROLS)[number]

/** In the order of the buttons. */
export const allowedControls = (state: PrintRunState): readonly RunControl[] =>
  RUN_CONTROLS.filter((control) => nextPrintRunState(state, control).ok)

/** A run that still moves, or waits for somebody. */
export const isOver = (state: PrintRunState): boolean => state === 'done' || state === 'cancelled'
