// How a person works a form: by pointing or by keyboard. A walk does not care which.
import type { AddressAnswer, AnswerValue, ProofAnswer } from '@einmal-pin/domain/form/answers'
import type { Field } from '@einmal-pin/domain/form/definition'
import { readInput, showInput } from '@einmal-pin/domain/form/read-input'
import { expect, type Page } from '@playwright/test'
import { smallPdf } from '../../harness/small-pdf.ts'

export interface Hand {
  readonly page: Page
  /** Follows a link or presses a button. */
  readonly press: (selector: string) => Promise<void>
  /** Replaces the text of an input and leaves it. */
  readonly type: (selector: string, text: string) => Promise<void>
  /** Takes one of several radio buttons of a name. */
  readonly choose: (name: string, value: string) => Promise<void>
  readonly tick: (selector: string) => Promise<void>
  readonly giveFile: (selector: string, file: GivenFile) => Promise<void>
}

export interface GivenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** The same rule as the app's: `angehoerige/k1/vorname` is `f-angehoerige-k1-vorname`. */
export const idOf = (path: string): string => `f-${path.replace(/[^A-Za-z0-9_-]/g, '-')}`
const selectorOf = (path: string): string => `#${idOf(path)}`

export const pointing = (page: Page): Hand => ({
  page,
  press: (selector) => page.locator(selector).first().click(),
  type: async (selector, text) => {
    await page.locator(selector).fill(text)
    await page.locator(selector).blur()
  },
  choose: (name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check(),
  tick: (selector) => page.locator(selector).check(),
  giveFile: (selector, file) => page.locator(selector).first().setInputFiles(file),
})

/** Adds a small PDF and waits until the portal has all of it. */
async function addFile(hand: Hand, path: string): Promise<void> {
  const file = { name: 'Nachweis.pdf', mimeType: 'application/pdf', buffer: smallPdf('Nachweis') }
  const group = `fieldset${selectorOf(path)}`
  await hand.giveFile(`${group} input[type=file]:not([capture])`, file)
  const state = hand.page.locator(group).getByText(/vollständig|hochgeladen/i)
  await expect(state.first()).toBeVisible()
}

async function giveProof(hand: Hand, path: string, proof: ProofAnswer): Promise<void> {
  await hand.choose(idOf(path), proof.wie ?? 'jetzt')
  if (proof.wie === 'jetzt') await addFile(hand, path)
  if (proof.bis !== undefined) {
    await hand.type(selectorOf(`${path}.bis`), proof.bis.split('-').reverse().join('.'))
  }
  if (proof.grund !== undefined) await hand.type(selectorOf(`${path}.grund`), proof.grund)
}

async function typeAddress(hand: Hand, path: string, value: AddressAnswer): Promise<void> {
  for (const [part, text] of Object.entries(value)) {
    await hand.type(selectorOf(`${path}.${part}`), text)
  }
}

/**
 * Gives one answer on screen.
 * @returns what the app must have stored for it
 */
export async function giveAnswer(
  hand: Hand,
  { path, field }: { readonly path: string; readonly field: Field },
  value: AnswerValue,
  today: string,
): Promise<AnswerValue | undefined> {
  switch (field.type) {
    case 'yesno':
    case 'choice':
      await hand.choose(idOf(path), String(value))
      return value
    case 'multi':
      for (const one of value as readonly string[]) {
        await hand.tick(`input[name="${idOf(path)}"][value="${one}"]`)
      }
      return value
    case 'checkbox':
      await hand.tick(selectorOf(path))
      return value
    case 'address':
      await typeAddress(hand, path, value as AddressAnswer)
      return value
    case 'file':
      await addFile(hand, path)
      return value
    case 'proof':
      await giveProof(hand, path, value as ProofAnswer)
      return value
    default: {
      const text = showInput(field, value, 'de')
      await hand.type(selectorOf(path), text)
      return readInput(field, text, today)
    }
  }
}
