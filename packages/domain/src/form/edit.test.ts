// Changing answers by path.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answers } from './answers.ts'
import { answerAt, withAnswer, withCopy, withItem, withoutItem } from './edit.ts'

const START: Answers = {
  name: 'Muster',
  anschrift: { strasse: 'Weg', plz: '01067' },
  kinder: [{ id: 'k1', vorname: 'Mia', jobs: [{ id: 'j1', ag: 'Bäckerei' }] }],
}

test('an answer is found at its path, in items and in parts', () => {
  assert.equal(answerAt(START, 'name'), 'Muster')
  assert.equal(answerAt(START, 'anschrift.plz'), '01067')
  assert.equal(answerAt(START, 'kinder/k1/vorname'), 'Mia')
  assert.equal(answerAt(START, 'kinder/k1/jobs/j1/ag'), 'Bäckerei')
  assert.equal(answerAt(START, 'kinder/k9/vorname'), undefined)
  assert.equal(answerAt(START, 'name.plz'), undefined)
})

test('setting one answer leaves all others as they are', () => {
  const changed = withAnswer(START, 'kinder/k1/jobs/j1/ag', 'Mühle')
  assert.equal(answerAt(changed, 'kinder/k1/jobs/j1/ag'), 'Mühle')
  assert.equal(answerAt(START, 'kinder/k1/jobs/j1/ag'), 'Bäckerei')
  assert.deepEqual(withAnswer(changed, 'kinder/k1/jobs/j1/ag', 'Bäckerei'), START)
})

test('undefined removes an answer, and an address without parts is gone', () => {
  assert.deepEqual(withAnswer({ a: '1', b: '2' }, 'a', undefined), { b: '2' })
  assert.deepEqual(withAnswer({ a: { plz: '1' } }, 'a.plz', undefined), {})
  assert.deepEqual(withAnswer({}, 'a.plz', '01067'), { a: { plz: '01067' } })
})

test('a known item is made on its first answer', () => {
  assert.deepEqual(withAnswer({}, 'kinder/k1/name', 'A'), { kinder: [{ id: 'k1', name: 'A' }] })
})

test('a copy takes over the named answers of the last item and nothing else', () => {
  const trips: Answers = {
    fahrten: [
      { id: 'f1', von: 'Ost' },
      { id: 'f2', von: 'Nord', nach: 'Klinik', datum: '2026-11-02', beleg: ['d1'] },
    ],
  }
  const more = withCopy(trips, 'fahrten', ['von', 'nach', 'km'], 'f3')
  assert.deepEqual(answerAt(more, 'fahrten/f3'), [{ id: 'f3', von: 'Nord', nach: 'Klinik' }])
  assert.deepEqual(withoutItem(more, 'fahrten/f3'), trips)
  assert.deepEqual(withCopy({}, 'fahrten', ['von'], 'f1'), { fahrten: [{ id: 'f1' }] })
  assert.deepEqual(withCopy(trips, 'fahrten', [], 'f3'), withItem(trips, 'fahrten', 'f3'))
})

test('items are added with the id given and removed by path', () => {
  const more = withItem(START, 'kinder/k1/jobs', 'j2')
  assert.deepEqual(answerAt(more, 'kinder/k1/jobs'), [{ id: 'j1', ag: 'Bäckerei' }, { id: 'j2' }])
  assert.deepEqual(withoutItem(more, 'kinder/k1/jobs/j2'), START)
  assert.throws(() => withItem(START, 'kinder', 'a/b'), RangeError)
})
