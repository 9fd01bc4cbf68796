// What a form may not be published with.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkForm } from './check-form.ts'
import type { Cond } from './condition.ts'
import type { Block, FormDefinition, Page, Repeat } from './definition.ts'
import { withLastPage } from './last-page.ts'
import { TINY } from './tiny-form.fixture.ts'

const text = { de: 'x', 'de-simple': 'x', en: 'x' }
const found = (form: FormDefinition) => checkForm(form).map(({ code, where }) => `${code} ${where}`)
const field = (key: string, more: object = {}): Block =>
  ({ kind: 'field', key, type: 'yesno', label: text, ...more }) as Block

/** The small form with one more page. */
function withPage(blocks: readonly Block[], more: Partial<Page> = {}): FormDefinition {
  const page: Page = { id: 'mehr', title: text, purpose: text, legalBasis: text, blocks, ...more }
  return { ...TINY, pages: [...TINY.pages, page] }
}

const shown = (when: Cond) => withPage([field('neu', { when })])

const BROKEN: readonly (readonly [string, FormDefinition, string])[] = [
  ['a page id twice', withPage([field('neu')], { id: 'eins' }), 'form.key.duplicate eins'],
  ['a field key twice', withPage([field('hund')]), 'form.key.duplicate hund'],
  [
    'a note twice in one place',
    withPage([
      { kind: 'info', id: 'notiz', tone: 'note', text },
      { kind: 'info', id: 'notiz', tone: 'note', text },
    ]),
    'form.key.duplicate info notiz',
  ],
  ['an odd key', withPage([field('Größe')]), 'form.key.format Größe'],
  ['a reference to nothing', shown({ filled: 'katze' }), 'form.reference.unknown neu: katze'],
  ['an item path outside an item', shown({ filled: './x' }), 'form.reference.unknown neu: x'],
  ['an option that does not exist', shown({ eq: ['hund', 'JA'] }), 'form.option.unknown neu: JA'],
  [
    'a parameter that does not exist',
    shown({ gt: [{ value: 1 }, { parameter: 'x', at: ['today'] }] }),
    'form.parameter.unknown neu: x',
  ],
  [
    'a look ahead',
    withPage([field('a', { when: { filled: 'b' } }), field('b')]),
    'form.reference.forward a: b',
  ],
  [
    'a cycle',
    withPage([field('a', { when: { filled: 'b' } }), field('b', { when: { filled: 'a' } })]),
    'form.reference.cycle a: b',
  ],
  [
    'a page that nobody can reach',
    withPage([field('neu')], { when: { all: [{ eq: ['hund', 'ja'] }, { eq: ['hund', 'nein'] }] } }),
    'form.page.unreachable mehr',
  ],
  [
    'a page behind a hidden field',
    withPage([field('neu')], { when: { all: [{ eq: ['hund', 'nein'] }, { filled: 'rasse' }] } }),
    'form.page.unreachable mehr',
  ],
  [
    'a field that nobody can reach',
    shown({ not: { any: [{ filled: 'hund' }, { not: { filled: 'hund' } }] } }),
    'form.field.unreachable neu',
  ],
  [
    'a missing text',
    withPage([field('neu', { label: { de: 'x', en: ' ' } })]),
    'form.text.missing pages/mehr/blocks/neu/label (de-simple)',
  ],
  [
    'no purpose',
    withPage([field('neu')], { purpose: { ...text, de: '' } }),
    'form.purpose.missing neu',
  ],
  [
    'no legal basis',
    withPage([field('neu')], { legalBasis: { ...text, de: '' } }),
    'form.legalBasis.missing neu',
  ],
  ['a statutory written form', { ...TINY, schriftform: true as false }, 'form.schriftform klein'],
]

for (const [name, form, expected] of BROKEN) {
  test(`a form with ${name} is refused`, () => {
    assert.ok(found(form).includes(expected), found(form).join('\n'))
  })
}

const LIST: Repeat = {
  ...{ kind: 'repeat', key: 'liste', title: text, item: text, add: text, nameFrom: [], copy: text },
  ...{ min: 0, max: 2, paging: 'inline' },
  blocks: [field('a'), field('b', { type: 'proof' }), field('c', { readonly: true })],
}

const COPIES: readonly (readonly [string, readonly string[]])[] = [
  ['a', []],
  ['b', ['form.repeat.copy liste: b']],
  ['c', ['form.repeat.copy liste: c']],
  ['fehlt', ['form.repeat.copy liste: fehlt']],
]

for (const [key, expected] of COPIES) {
  test(`"${key}" ${expected.length === 0 ? 'may' : 'must not'} be taken over into a new item`, () => {
    assert.deepEqual(found(withPage([{ ...LIST, copyFrom: [key] }])), expected)
  })
}

test('what chooses the items of a sum is checked like any condition', () => {
  const count = (where: Cond) =>
    shown({ gt: [{ sumOf: 'welpen', where, each: { value: 1 } }, { value: 0 }] })
  assert.deepEqual(found(count({ eq: ['./bleibt', 'ja'] })), [])
  const unknown = 'form.reference.unknown neu: welpen/katze'
  assert.ok(found(count({ filled: './katze' })).includes(unknown))
  assert.ok(found(count({ eq: ['./bleibt', 'JA'] })).includes('form.option.unknown neu: JA'))
})

test('a page of its own per item stands only at the top and once per page', () => {
  const repeat = (key: string, blocks: readonly Block[]): Block => ({
    ...{ kind: 'repeat', key, title: text, item: text, add: text, nameFrom: [] },
    ...{ min: 0, max: 2, paging: 'own', blocks },
  })
  const nested = withPage([repeat('a', [repeat('b', [field('c')])])])
  assert.ok(found(nested).includes('form.repeat.paging a/b'))
})

test('a good form has no problems, with and without the common last page', () => {
  assert.deepEqual(found(TINY), [])
  assert.deepEqual(found(withLastPage(TINY)), [])
  assert.deepEqual(withLastPage(withLastPage(TINY)), withLastPage(TINY))
})
