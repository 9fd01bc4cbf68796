// The engine on a small form: what is visible, what is wrong, where one goes next.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '../calendar-date.ts'
import type { Answers, AnswerValue } from './answers.ts'
import { evaluateForm } from './evaluate.ts'
import { prune } from './prune.ts'
import { fieldsIn } from './step-status.ts'
import {
  nextStep,
  previousStep,
  resumeStep,
  stepOfPath,
  validateForm,
  validatePage,
} from './steps.ts'
import { TINY } from './tiny-form.fixture.ts'
import type { FormContext } from './view.ts'

const ctx: FormContext = { today: '2026-11-24' as CalendarDate, prefill: {} }
const known: FormContext = { ...ctx, prefill: { aktenzeichen: 'A 1', welpen: [{ rufname: 'Bo' }] } }
const steps = (answers: Answers, context = ctx) =>
  evaluateForm(TINY, answers, context).steps.map((step) => step.id)
const codes = (answers: Answers, step: string, context = ctx) =>
  validatePage(TINY, answers, step, context).map(({ path, code }) => `${path} ${code}`)
const DOG = {
  name: 'A',
  hund: 'ja',
  rasse: 'Dackel',
  pass: { wie: 'nicht_moeglich', grund: 'weg' },
}

test('pages appear and vanish with the answers', () => {
  assert.deepEqual(steps({}), ['eins', 'drei'])
  assert.deepEqual(steps({ hund: 'ja', rasse: 'Dackel' }), ['eins', 'zwei', 'drei'])
  assert.deepEqual(steps({ hund: 'ja', rasse: 'Dackel' }, known), [
    'eins',
    'zwei',
    'zwei/k1',
    'drei',
  ])
})

test('an answer on a hidden branch shows nothing and is dropped', () => {
  const answers = { name: 'A', hund: 'nein', rasse: 'Dackel', welpen: [{ id: 'x1', rufname: 'B' }] }
  assert.deepEqual(steps(answers), ['eins', 'drei'])
  assert.deepEqual(prune(TINY, answers, ctx), { name: 'A', hund: 'nein' })
})

test('more documents than a field takes are an error, one by one gone again', () => {
  const [page] = TINY.pages
  const slot = (type: 'file' | 'proof') =>
    ({ kind: 'field', key: 'fotos', type, max: 2, label: { de: 'Fotos' } }) as const
  const found = (type: 'file' | 'proof', fotos: AnswerValue) => {
    const form = { ...TINY, pages: page ? [{ ...page, blocks: [slot(type)] }] : [] }
    return validatePage(form, { fotos }, 'eins', ctx).map(({ path, code }) => `${path} ${code}`)
  }
  assert.deepEqual(found('file', ['a', 'b']), [])
  assert.deepEqual(found('file', ['a', 'b', 'c']), ['fotos file.tooMany'])
  const proof = { wie: 'jetzt', dateien: ['a', 'b', 'c'] } as const
  assert.deepEqual(found('proof', proof), ['fotos.dateien file.tooMany'])
})

test('an item like the last one is offered while there is one and room for more', () => {
  const pages = TINY.pages.map((page) => ({
    ...page,
    blocks: page.blocks.map((block) =>
      block.kind === 'repeat'
        ? { ...block, copyFrom: ['geboren'], copy: { de: 'Wie der vorige' } }
        : block,
    ),
  }))
  const offered = (...ids: readonly string[]) => {
    const answers = { hund: 'ja', rasse: 'Dackel', welpen: ids.map((id) => ({ id })) }
    const { steps } = evaluateForm({ ...TINY, pages }, answers, ctx)
    const [list] = steps.find(({ id }) => id === 'zwei')?.blocks ?? []
    return list?.kind === 'repeat' && list.copy?.from
  }
  assert.deepEqual([offered(), offered('a', 'b', 'c')], [undefined, undefined])
  assert.deepEqual(offered('a', 'b'), ['geboren'])
})

test('unknown keys, misshapen values and blanks are dropped, texts are trimmed', () => {
  const odd = { name: ' A ', hund: 7, fremd: 'x', bemerkung: '   ' } as Answers
  assert.deepEqual(prune(TINY, odd, ctx), { name: 'A' })
})

test('what only the office sets comes from the prefill, whatever the answers say', () => {
  const answers = { aktenzeichen: 'gefälscht' }
  assert.equal(evaluateForm(TINY, answers, known).answers['aktenzeichen'], 'A 1')
  assert.equal(evaluateForm(TINY, answers, ctx).answers['aktenzeichen'], undefined)
})

test('known items cannot be lost, own items can', () => {
  const answers = { ...DOG, welpen: [{ id: 'x1', rufname: 'Ida' }] } as Answers
  const view = evaluateForm(TINY, answers, known)
  const hub = view.steps[1]?.blocks[0]
  assert.ok(hub?.kind === 'repeat')
  assert.deepEqual(
    hub.items.map(({ id, name, known, removable, stepId }) => [id, name, known, removable, stepId]),
    [
      ['k1', 'Bo', true, false, 'zwei/k1'],
      ['x1', 'Ida', false, true, 'zwei/x1'],
    ],
  )
})

test('a condition can ask whether the office knew an item', () => {
  const answers = { ...DOG, welpen: [{ id: 'x1' }] } as Answers
  const view = evaluateForm(TINY, answers, known)
  const keys = (id: string) =>
    fieldsIn(view.steps.find((step) => step.id === id)?.blocks ?? []).map(({ field }) => field.key)
  assert.deepEqual(keys('zwei/k1'), ['rufname', 'geboren', 'bleibt'])
  assert.deepEqual(keys('zwei/x1'), ['rufname', 'geboren', 'wohin'])
})

test('errors have a path and a stable code', () => {
  assert.deepEqual(codes({}, 'eins'), ['name field.required', 'hund choice.required'])
  assert.deepEqual(codes({ hund: 'vielleicht', name: 'A' }, 'eins'), ['hund choice.unknown'])
  assert.deepEqual(codes(DOG as Answers, 'zwei'), ['welpen repeat.required'])
  assert.deepEqual(codes({ bemerkung: 'ab' }, 'drei'), ['bemerkung text.tooShort'])
  assert.deepEqual(codes({}, 'gibt-es-nicht'), [])
})

test('a proof may be handed in later or not at all, but not left open', () => {
  const proof = (pass: object) => codes({ ...DOG, pass } as Answers, 'eins')
  assert.deepEqual(proof({}), ['pass proof.required'])
  assert.deepEqual(proof({ wie: 'jetzt' }), ['pass.dateien proof.files.required'])
  assert.deepEqual(proof({ wie: 'jetzt', dateien: ['d1'] }), [])
  assert.deepEqual(proof({ wie: 'spaeter' }), ['pass.bis proof.date.required'])
  assert.deepEqual(proof({ wie: 'spaeter', bis: 'bald' }), ['pass.bis date.invalid'])
  assert.deepEqual(proof({ wie: 'spaeter', bis: '2026-11-23' }), ['pass.bis date.past'])
  assert.deepEqual(proof({ wie: 'spaeter', bis: '2026-12-01' }), [])
  assert.deepEqual(proof({ wie: 'nicht_moeglich' }), ['pass.grund proof.reason.required'])
})

test('checks run per item with the parameter of the day', () => {
  const item = (geboren: string) =>
    ({ ...DOG, welpen: [{ id: 'x1', rufname: 'B', geboren }] }) as Answers
  assert.deepEqual(codes(item('2026-06-01'), 'zwei/x1'), ['welpen/x1/geboren check.jung'])
  assert.deepEqual(codes(item('2026-05-31'), 'zwei/x1'), [])
  const before = { ...ctx, today: '2025-12-31' as CalendarDate }
  assert.deepEqual(codes(item('2025-06-01'), 'zwei/x1', before), ['welpen/x1/geboren check.jung'])
  assert.deepEqual(codes(item('2026-12-01'), 'zwei/x1'), [
    'welpen/x1/geboren date.future',
    'welpen/x1/geboren check.jung',
  ])
})

test('hints and warnings never count as errors', () => {
  const twin = { rufname: 'Bo', geboren: '2026-05-01' }
  const answers = {
    ...DOG,
    welpen: [
      { id: 'x1', ...twin },
      { id: 'x2', ...twin },
    ],
  } as Answers
  const { errors, hints } = validateForm(TINY, answers, ctx)
  assert.deepEqual(errors, [])
  assert.deepEqual(
    hints.map((hint) => [hint.path, hint.code]),
    [
      ['welpen/x1/rufname', 'check.gleich'],
      ['welpen/x2/rufname', 'check.gleich'],
    ],
  )
})

test('a step is open, begun, with errors or done', () => {
  const status = (answers: Answers, visited: readonly string[] = []) =>
    evaluateForm(TINY, answers, { ...ctx, visited }).steps[0]?.status
  assert.equal(status({}), 'open')
  assert.equal(status({}, ['eins']), 'begun')
  assert.equal(status({ name: 'A' }), 'begun')
  assert.equal(status({ name: 'A', hund: 'nein' }), 'done')
  assert.equal(status({ name: 'A', hund: 'maybe' }), 'hasErrors')
})

test('values that the office knew do not make a step begun', () => {
  const context = { ...ctx, prefill: { name: 'A' } }
  const status = (answers: Answers) => evaluateForm(TINY, answers, context).steps[0]?.status
  assert.equal(status({ name: 'A' }), 'open')
  assert.equal(status({ name: 'B' }), 'begun')
})

test('next and previous walk all steps, resume finds the first that is not done', () => {
  const answers = { ...DOG, welpen: [{ id: 'x1' }] } as Answers
  const view = evaluateForm(TINY, answers, ctx)
  assert.equal(nextStep(view, 'eins')?.id, 'zwei')
  assert.equal(nextStep(view, 'zwei')?.id, 'zwei/x1')
  assert.equal(nextStep(view, 'zwei/x1')?.id, 'drei')
  assert.equal(nextStep(view, 'drei'), undefined)
  assert.equal(previousStep(view, 'zwei/x1')?.id, 'zwei')
  assert.equal(previousStep(view, 'eins'), undefined)
  assert.equal(resumeStep(view)?.id, 'zwei/x1')
})

test('the step of an answer is found for top fields, items and parts', () => {
  const view = evaluateForm(TINY, { ...DOG, welpen: [{ id: 'x1' }] } as Answers, ctx)
  const stepId = (path: string) => stepOfPath(view, path)?.id
  assert.equal(stepId('pass.bis'), 'eins')
  assert.equal(stepId('welpen'), 'zwei')
  assert.equal(stepId('welpen/x1/rufname'), 'zwei/x1')
  assert.equal(stepId('fremd'), undefined)
})
