// Walks through any form in the browser by its definition: every visible question by its type, page after page.
import { BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { withAnswer, withCopy } from '@einmal-pin/domain/form/edit'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { LAST_PAGE_ID } from '@einmal-pin/domain/form/last-page'
import { applyPrefill } from '@einmal-pin/domain/form/prefill'
import { fieldsIn, repeatsIn } from '@einmal-pin/domain/form/step-status'
import type { FieldView, FormContext, RepeatView, StepView } from '@einmal-pin/domain/form/view'
import type { Page } from '@playwright/test'
import { rightValue } from '../../harness/right-values.ts'
import type { Chance } from '../../harness/seeded.ts'
import { expect } from './browser.ts'
import { giveAnswer, type Hand, idOf } from './hand.ts'

/** How many items a walk adds to a repeat group. */
const ADDED_ITEMS = 1

interface NextItem {
  readonly repeat: RepeatView
  readonly copied: readonly string[]
  readonly button: string
}

export class FormWalk {
  readonly #hand: Hand
  readonly #form: FormDefinition
  readonly #chance: Chance
  readonly #ctx: FormContext
  readonly #done = new Set<string>()
  readonly #added = new Map<string, number>()
  #answers: Answers
  #proofs = 0
  #provoked = false
  /** Every question that was answered, as type and path. */
  readonly answered: string[] = []

  constructor(
    hand: Hand,
    form: FormDefinition,
    prefill: Readonly<Record<string, unknown>>,
    chance: Chance,
  ) {
    this.#hand = hand
    this.#form = form
    this.#chance = chance
    this.#ctx = { today: calendarDateIn(BERLIN, new Date()), prefill }
    this.#answers = applyPrefill(form, prefill)
  }

  get #page(): Page {
    return this.#hand.page
  }

  get #view() {
    return evaluateForm(this.#form, this.#answers, this.#ctx)
  }

  /** What must arrive at the office. */
  get answers(): Answers {
    return this.#view.answers
  }

  #step(id: string): StepView {
    const step = this.#view.steps.find((candidate) => candidate.id === id)
    if (step === undefined) throw new Error(`the browser shows ${id}, which the form does not`)
    return step
  }

  /** The page that is on screen, by the address alone. */
  #shown(): string {
    const match = /#seite=(.+)$/.exec(this.#page.url())
    return match?.[1] === undefined ? (this.#view.steps[0]?.id ?? '') : decodeURIComponent(match[1])
  }

  /** From the first page of the form to the task list, and from there to what was jumped over. */
  async fillPages(): Promise<void> {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      await this.#toTheEnd()
      const open = this.#view.steps.find(
        ({ id, errors }) => id !== LAST_PAGE_ID && errors.length > 0,
      )
      if (open === undefined) return
      const hash = `#seite=${encodeURIComponent(open.id)}`
      await this.#hand.press(`main a[href$="${hash}"]`)
      await expect.poll(() => this.#shown()).toBe(open.id)
    }
    throw new Error('there is always another page with questions')
  }

  async #toTheEnd(): Promise<void> {
    for (let pages = 0; pages < 60; pages += 1) {
      const id = this.#shown()
      if (!this.#provoked) await this.#provokeErrors(id)
      if (await this.#fillStep(id)) continue
      if (await this.#goOn(id)) return
    }
    throw new Error('the form does not come to an end')
  }

  /** The declarations below the summary. */
  async fillLastPage(): Promise<void> {
    await this.#fillStep(LAST_PAGE_ID)
  }

  /** "Weiter" on an empty page names exactly what the form misses, and stays. */
  async #provokeErrors(id: string): Promise<void> {
    const { errors } = this.#step(id)
    if (errors.length === 0) return
    await this.#weiter()
    const summary = this.#page.locator('.summary')
    await expect(summary).toBeFocused()
    await expect(summary.getByRole('listitem')).toHaveCount(errors.length)
    this.#provoked = true
  }

  #weiter = () => this.#hand.press('main form button[type=submit]')

  /** Fills what is open on this page. True when another page is on screen now. */
  async #fillStep(id: string): Promise<boolean> {
    for (let questions = 0; questions < 200; questions += 1) {
      const step = this.#step(id)
      const open = fieldsIn(step.blocks).find(({ path }) => !this.#done.has(path))
      if (open !== undefined) await this.#answer(open)
      else if (await this.#addItem(step)) {
        if (this.#shown() !== id) return true
      } else return false
    }
    throw new Error(`page ${id} asks without end`)
  }

  async #answer({ path, field, required, value, issues }: FieldView): Promise<void> {
    this.#done.add(path)
    if (field.readonly) return
    const isFine = value !== undefined && !issues.some(({ level }) => level === 'error')
    if (isFine && this.#chance.next() < 0.7) return
    if (!required && !isFine && this.#chance.next() < 0.25) return
    const chosen = this.#choose({ path, field })
    if (chosen === undefined) throw new Error(`no value is right for ${path}`)
    const stored = await giveAnswer(this.#hand, { path, field }, chosen, this.#ctx.today)
    this.#answers = withAnswer(this.#answers, path, stored)
    this.answered.push(`${field.type} ${path}`)
  }

  #choose({ path, field }: Pick<FieldView, 'path' | 'field'>): AnswerValue | undefined {
    if (field.type === 'file') return ['file']
    if (field.type === 'proof') return this.#chooseProof()
    return rightValue(this.#form, { field, path, answers: this.#answers }, this.#ctx, this.#chance)
  }

  /** One real file, then a day, then a reason, and again from the day on. */
  #chooseProof(): AnswerValue {
    this.#proofs += 1
    if (this.#proofs === 1) return { wie: 'jetzt', dateien: ['file'] }
    if (this.#proofs % 2 === 1) return { wie: 'nicht_moeglich', grund: 'liegt beim Amt' }
    const soon = new Date(Date.parse(this.#ctx.today) + 20 * 86_400_000)
    return { wie: 'spaeter', bis: soon.toISOString().slice(0, 10) }
  }

  /** What to press for another item: first an empty one, then one like the last where the form offers that. */
  #nextItem(step: StepView): NextItem | undefined {
    const added = ({ path }: RepeatView) => this.#added.get(path) ?? 0
    const here = repeatsIn(step.blocks)
    const empty = here.find((list) => list.canAdd && added(list) < ADDED_ITEMS)
    if (empty !== undefined) {
      return { repeat: empty, copied: [], button: `section#${idOf(empty.path)} > button` }
    }
    // Where each item has a page, the next one is added from the page of the last.
    const around = step.item && this.#view.steps.find(({ id }) => id === step.page.id)
    const lists = around ? repeatsIn(around.blocks) : here
    const repeat = lists.find((list) => list.copy !== undefined && added(list) === ADDED_ITEMS)
    if (repeat?.copy === undefined) return undefined
    if (around === undefined && repeat.paging === 'own') return undefined
    const place = around ? 'form > .actions:last-child' : `section#${idOf(repeat.path)}`
    return { repeat, copied: repeat.copy.from, button: `${place} > button:last-of-type` }
  }

  async #addItem(step: StepView): Promise<boolean> {
    const next = this.#nextItem(step)
    if (next === undefined) return false
    const { repeat, copied, button } = next
    this.#added.set(repeat.path, (this.#added.get(repeat.path) ?? 0) + 1)
    await this.#hand.press(button)
    const itemId = repeat.paging === 'own' ? await this.#newPage(step) : await this.#newItem(repeat)
    this.#answers = withCopy(this.#answers, repeat.path, copied, itemId)
    return true
  }

  async #newPage({ id, page }: StepView): Promise<string> {
    await expect.poll(() => this.#shown()).not.toBe(id)
    expect(this.#shown()).toMatch(new RegExp(`^${page.id}/`))
    return this.#shown().slice(page.id.length + 1)
  }

  async #newItem({ path, items }: RepeatView): Promise<string> {
    const titles = this.#page.locator(`section#${idOf(path)} > section.item > .item__head > h3`)
    await expect(titles).toHaveCount(items.length + 1)
    const id = (await titles.last().getAttribute('id')) ?? ''
    return id.slice(idOf(path).length + 1, -'-title'.length)
  }

  /** "Weiter" to the page that the form names next. True when that is the task list. */
  async #goOn(id: string): Promise<boolean> {
    const { steps } = this.#view
    const wrong = this.#step(id).errors.map(({ path, code }) => `${path} ${code}`)
    expect(wrong, `page ${id} is filled`).toEqual([])
    const next = steps[steps.findIndex((step) => step.id === id) + 1]
    await this.#weiter()
    if (next === undefined || next.id === LAST_PAGE_ID) {
      await expect(this.#page).toHaveURL(/\/vorgang$/)
      return true
    }
    await expect.poll(() => this.#shown(), `after ${id}`).toBe(next.id)
    return false
  }
}
