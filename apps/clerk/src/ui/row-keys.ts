// Moving through a list by keyboard: arrows or J and K go from row to row, Home and End to its ends.

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** True while somebody types: single letters are text then, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, dialog[open]') !== null
  )
}

/** A letter or key that is a command of the page: alone, and not while somebody types. */
export const isCommand = (event: KeyboardEvent): boolean =>
  !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey

/** From the search field the arrow leads into what was found. */
const leavesSearch = ({ key, target }: KeyboardEvent): boolean =>
  key === 'ArrowDown' && target instanceof HTMLInputElement && target.type === 'search'

/** Focuses the neighbour of the focused row's link among `links`; the first one when no row has focus. */
export function moveAmong(links: readonly HTMLElement[], event: KeyboardEvent): void {
  if (!isCommand(event) && !leavesSearch(event)) return
  const goal = goalOf(event.key, rowWithFocus(links), links.length)
  if (goal === undefined) return
  event.preventDefault()
  links[goal]?.focus()
}

/** A button further right belongs to the same row as its link. */
const rowWithFocus = (links: readonly HTMLElement[]): number =>
  links.findIndex((link) => (link.closest('tr') ?? link).contains(document.activeElement))

function goalOf(key: string, at: number, count: number): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = STEPS[key]
  return step === undefined ? undefined : Math.min(Math.max(at + step, 0), count - 1)
}
