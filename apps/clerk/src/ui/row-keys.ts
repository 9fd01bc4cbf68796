// Moving through a list by keyboard: arrows or J and K go from row to row, Home and End to its ends.

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** True while somebody types: single letters are text then, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, dialog[open]') !== null
  )
}

/** Focuses the neighbour of the focused link among `links`; the first one when none has focus. */
export function moveAmong(links: readonly HTMLElement[], event: KeyboardEvent): void {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
  const at = links.findIndex((link) => link.matches(':focus'))
  const step = STEPS[event.key]
  const goal =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? links.length - 1
        : step === undefined
          ? -1
          : Math.max(at + step, 0)
  if (goal < 0) return
  event.preventDefault()
  links[Math.min(goal, links.length - 1)]?.focus()
}
