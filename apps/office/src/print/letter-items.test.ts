// The promise about a letter's list: every document asked for by its name, or the form and its proofs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadForm } from '@einmal-pin/forms/load-form'
import { itemsAskedFor } from './letter-items.ts'

const labels = (formId: string, prefill: Parameters<typeof itemsAskedFor>[1]) =>
  itemsAskedFor(loadForm(formId), prefill).map(({ label }) => label)

test('requested documents stand one by one, without a name by their kind', () => {
  const prefill = {
    anforderungen: [
      { art: 'rente', bezeichnung: 'Rentenbescheid vom Juli 2026' },
      { art: 'geburt' },
    ],
  } as never
  assert.deepEqual(labels('bescheinigung-nachreichen', prefill), [
    'Rentenbescheid vom Juli 2026',
    'Geburtsurkunde',
  ])
})

test('where nothing is named, the letter itself says what is meant', () => {
  assert.deepEqual(labels('bescheinigung-nachreichen', {}), ['Unterlagen laut Brief'])
})

test('a questionnaire is told by its title, and that proofs may be asked for', () => {
  const [title, proofs] = labels('familienversicherung', {})
  assert.match(title ?? '', /Familienversicherung/)
  assert.match(proofs ?? '', /Nachweise/)
})

test('a thing that the form takes on paper only says so in the letter, the others do not', () => {
  const prefill = {
    anforderungen: [
      { art: 'lichtbild', bezeichnung: 'Lichtbild für die Gesundheitskarte' },
      { art: 'rente', bezeichnung: 'Rentenbescheid' },
    ],
  } as never
  const items = itemsAskedFor(loadForm('bescheinigung-nachreichen'), prefill)
  assert.deepEqual(
    items.map(({ channel }) => channel),
    ['paper', 'online'],
  )
})
