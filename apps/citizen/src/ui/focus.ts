// Moves the focus to a field or heading without touching the address bar's fragment.

export function focusId(id: string): void {
  const target = document.getElementById(id)
  target?.scrollIntoView({ block: 'center' })
  target?.focus({ preventScroll: true })
}

/** For links of an error summary: the fragment belongs to the form page, so it is left alone. */
export function focusField(event: Event, id: string): void {
  event.preventDefault()
  focusId(id)
}

/** A new screen begins at its heading. */
export function focusHeading(): void {
  window.scrollTo(0, 0)
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
