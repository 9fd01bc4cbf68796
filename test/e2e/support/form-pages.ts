// One case of any form whose pages are looked at one by one, in every language and state, without filling them in by hand.
import type { Answers } from '@einmal-pin/domain/form/answers'
import { withAnswer } from '@einmal-pin/domain/form/edit'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import type { StepView } from '@einmal-pin/domain/form/view'
import type { Page } from '@playwright/test'
import { type Desk, expectOk } from '../../harness/desk.ts'
import type { OpenedCase } from '../../harness/opened-case.ts'
import type { CoveringCase } from '../../harness/page-cover.ts'
import { loginDataOf, Person } from '../../harness/person.ts'
import { expect, login } from './browser.ts'

export const STATES = ['filled', 'errors', 'empty'] as const
export type State = (typeof STATES)[number]

/** The links of the language switch, by `lang`. */
export const LANGUAGES = ['de', 'de-simple', 'en'] as const

export class FormPages {
  readonly #page: Page
  readonly #desk: Desk
  readonly #elsewhere: OpenedCase

  private constructor(page: Page, desk: Desk, elsewhere: OpenedCase) {
    this.#page = page
    this.#desk = desk
    this.#elsewhere = elsewhere
  }

  /** Has a letter made and logs in, here and on another device that will save what is to be seen. */
  static async open(
    page: Page,
    desk: Desk,
    formId: string,
    prefill: CoveringCase['prefill'],
  ): Promise<FormPages> {
    const letter = await desk.letter({ formId, prefill })
    const elsewhere = await new Person(desk.publicUrl, loginDataOf(letter)).open()
    await login(page, desk.publicUrl, letter)
    return new FormPages(page, desk, elsewhere)
  }

  /** Again if the page has saved what was typed into it in between. */
  async #save(answers: Answers, triesLeft = 5): Promise<void> {
    await this.#elsewhere.pull()
    const saved = await this.#elsewhere.save({ answers, documents: [] })
    if (!saved.ok && saved.status === 412 && triesLeft > 0) await this.#save(answers, triesLeft - 1)
    else expectOk(saved)
  }

  /**
   * The step on screen in one state, in German. Errors come after the filled page and may hide later pages, so the
   * steps of a draft are best taken from the last to the first.
   */
  async show(answers: Answers, step: StepView, state: State): Promise<void> {
    await this.#save(state === 'empty' ? withoutStep(answers, step) : answers)
    await this.#page.goto(`${this.#desk.publicUrl}/vorgang`)
    await this.#page.goto(
      `${this.#desk.publicUrl}/vorgang/formular#seite=${encodeURIComponent(step.id)}`,
    )
    await expect(this.#page.locator('main form')).toBeVisible()
    if (state === 'errors') await this.#provoke()
  }

  /** Types what no field understands and presses "Weiter". A page that takes everything stays as it is. */
  async #provoke(): Promise<void> {
    await this.#page.evaluate(() => {
      const inputs = document.querySelectorAll<HTMLInputElement>('main form input')
      for (const input of inputs) {
        if (!/^(text|tel|email)$/.test(input.type) || input.readOnly) continue
        input.value = '?!'
        for (const name of ['input', 'change', 'blur'])
          input.dispatchEvent(new Event(name, { bubbles: true }))
      }
    })
    const address = this.#page.url()
    await this.#page.locator('main form button[type=submit]').click()
    await expect
      .poll(async () => this.#page.url() !== address || this.#page.locator('.summary').isVisible())
      .toBe(true)
    if (this.#page.url() !== address) await this.#page.goBack()
  }

  /** The same page in another language, switched in place. */
  async speak(language: (typeof LANGUAGES)[number]): Promise<void> {
    const html = this.#page.locator('html')
    if ((await html.getAttribute('lang')) === language) return
    await this.#page.locator(`a[hreflang="${language}"]`).first().click()
    await expect(html).toHaveAttribute('lang', language)
    await expect(this.#page.locator('main h1')).toBeVisible()
  }
}

const withoutStep = (answers: Answers, { blocks }: StepView): Answers =>
  fieldsIn(blocks)
    .filter(({ field }) => field.readonly !== true)
    .reduce<Answers>((left, { path }) => withAnswer(left, path, undefined), answers)
