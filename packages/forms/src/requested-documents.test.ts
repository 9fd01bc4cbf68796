// The task list names every document that the letter asks for, before and after the question about it is answered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { requestedDocuments } from '@einmal-pin/domain/form/documents'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { loadForm } from './load-form.ts'

const today = '2026-11-24' as CalendarDate
const prefill = {
  anforderungen: [
    { art: 'rente', bezeichnung: 'Rentenbescheid' },
    { art: 'steuer', bezeichnung: 'Steuerbescheid' },
  ],
}

const listed = (answers: Answers) =>
  requestedDocuments(
    evaluateForm(loadForm('bescheinigung-nachreichen'), answers, { today, prefill }),
  ).map(({ slot, way, documentIds }) => [slot, way, documentIds.length])

test('an unanswered form names all documents asked for', () => {
  assert.deepEqual(listed({}), [
    ['anforderungen/k1/dateien', undefined, 0],
    ['anforderungen/k2/dateien', undefined, 0],
  ])
})

test('each document says how it was answered', () => {
  const answers = {
    anforderungen: [
      { id: 'k1', vorhanden: 'jetzt', dateien: ['d1'] },
      { id: 'k2', vorhanden: 'spaeter' },
    ],
  }
  assert.deepEqual(listed(answers), [
    ['anforderungen/k1/dateien', 'jetzt', 1],
    ['anforderungen/k2/dateien', 'spaeter', 0],
  ])
})

test('a proof that depends on an answer is named only once it is needed', () => {
  const view = evaluateForm(loadForm('familienversicherung'), {}, { today })
  assert.deepEqual(requestedDocuments(view), [])
})
