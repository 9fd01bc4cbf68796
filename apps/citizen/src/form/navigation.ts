// Moving between the form's pages. The page's id stands in the fragment only: the portal must not learn which form it is.
import { LAST_PAGE_ID } from '@einmal-pin/domain/form/last-page'
import type { FormView, StepView } from '@einmal-pin/domain/form/view'
import { goto } from '$app/navigation'
import { flush } from '../case/draft-sync.ts'
import { caseState } from '../case/state.svelte.ts'
import { pathTo } from '../locale/locale.svelte.ts'

const KEY = 'seite='

/** The step named by a fragment, `#seite=person/k1`. */
export function stepIdOf(hash: string): string | undefined {
  const text = hash.replace(/^#/, '')
  return text.startsWith(KEY) ? decodeURIComponent(text.slice(KEY.length)) : undefined
}

/** The address of a step, with the field to begin at if one is to be put right. */
export function stepHref(stepId: string): string {
  if (stepId === LAST_PAGE_ID && !caseState.preview) return pathTo('/vorgang/pruefen')
  return `${pathTo(caseState.preview ? '/vorschau' : '/vorgang/formular')}#${KEY}${encodeURIComponent(stepId)}`
}

/** The pages to fill in, without the common last page. */
export const formSteps = (view: FormView): readonly StepView[] =>
  view.steps.filter(({ page }) => page.id !== LAST_PAGE_ID)

export const lastStep = (view: FormView): StepView | undefined =>
  view.steps.find(({ page }) => page.id === LAST_PAGE_ID)

/** Waits for the save, then goes; `pagehide` would give no time for it. */
export async function leaveTo(href: string): Promise<void> {
  await flush()
  await goto(href)
}

/** For links inside a case: the save comes first, new tabs and other keys stay the browser's business. */
export function savingLink(event: MouseEvent): void {
  const link = event.currentTarget
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  if (!(link instanceof HTMLAnchorElement)) return
  event.preventDefault()
  void leaveTo(`${link.pathname}${link.hash}`)
}
