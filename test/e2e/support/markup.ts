// Is the HTML right? The rules of html-validate for what is written at build time and for what stands in the browser.
import { expect, type Page } from '@playwright/test'
import { HtmlValidate, type RuleConfig } from 'html-validate'

/** Spelling that Svelte's printer or the browser's serialisation decides, and that no browser minds. */
const SPELLING: RuleConfig = {
  'doctype-style': 'off',
  'void-style': 'off',
  'attribute-boolean-style': 'off',
  'attribute-empty-style': 'off',
  'no-trailing-whitespace': 'off',
  // A rule of styles/base.css keeps telephone numbers on one line.
  'tel-non-breaking': 'off',
  // The boxes of one question share its name, as radio buttons do.
  'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
  // Long pages keep their lines as the texts are.
  'long-title': 'off',
}

/** Of a page at work: what the script itself writes as style by CSSOM, which the policy allows, looks like an attribute. */
const LIVE: RuleConfig = { 'no-inline-style': 'off' }

const validator = (rules: RuleConfig) =>
  new HtmlValidate({ root: true, extends: ['html-validate:recommended'], rules })

const BUILT = validator(SPELLING)
const AT_WORK = validator({ ...SPELLING, ...LIVE })

async function findings(html: HtmlValidate, text: string): Promise<readonly string[]> {
  const { results } = await html.validateString(text)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? '?'})`),
  )
}

export const findingsInFile = (text: string): Promise<readonly string[]> => findings(BUILT, text)

/** What the browser makes of the page now. */
export async function expectGoodMarkup(page: Page): Promise<void> {
  const text = `<!doctype html>\n${await page.evaluate(() => document.documentElement.outerHTML)}`
  expect(await findings(AT_WORK, text), `markup of ${page.url()}`).toEqual([])
}
