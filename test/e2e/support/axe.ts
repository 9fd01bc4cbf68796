// The look at accessibility: axe at WCAG 2.2 AA and best practice in the light, the colour rules again in the dark.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

const ofPlaywright = createRequire(import.meta.resolve('@axe-core/playwright'))
const SOURCE = readFileSync(ofPlaywright.resolve('axe-core/axe.min.js'), 'utf8')

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What a change of colours can break; the rest of a page does not depend on the scheme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
const SCHEMES = ['light', 'dark'] as const

type Scheme = (typeof SCHEMES)[number]
type Choice = { readonly type: 'tag' | 'rule'; readonly values: readonly string[] }
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}
interface Axe {
  run(context: object, options: object): Promise<{ readonly violations: readonly Violation[] }>
}

const EVERYTHING: Choice = { type: 'tag', values: TAGS }
const COLOURS: Choice = { type: 'rule', values: COLOUR_RULES }

/** Rule and elements of everything that is wrong now. A page that was not loaded anew keeps its axe. */
async function violations(page: Page, runOnly: Choice): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(SOURCE)
  const found = await page.evaluate(
    async (choice) => {
      const { axe } = window as unknown as { readonly axe: Axe }
      const options = { runOnly: choice, resultTypes: ['violations'] }
      return (await axe.run(document, options)).violations
    },
    { ...runOnly, values: [...runOnly.values] },
  )
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

/** Switches the scheme in place; transitions are over, so that no colour between two is judged. */
async function switchScheme(page: Page, colorScheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(() => {
    const ends = (one: Animation) => one.effect?.getComputedTiming().endTime !== Infinity
    const ending = document.getAnimations().filter(ends)
    return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined)
  })
}

/** Everything that axe finds on the page in one scheme. */
export async function allViolations(page: Page, scheme: Scheme): Promise<readonly string[]> {
  await switchScheme(page, scheme)
  return violations(page, EVERYTHING)
}

/** No violation: all rules in the light, those about colours in the dark. The message names rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await allViolations(page, 'light'), `light, ${page.url()}`).toEqual([])
  await switchScheme(page, 'dark')
  expect(await violations(page, COLOURS), `dark, ${page.url()}`).toEqual([])
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
}
