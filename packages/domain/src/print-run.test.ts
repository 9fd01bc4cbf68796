// The promises about a run's states: nothing leaves unreleased, a stopped run only ends, an ended one stays ended.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowedControls, isOver, nextPrintRunState, PRINT_RUN_TRANSITIONS } from './print-run.ts'

const STATES = Object.keys(PRINT_RUN_TRANSITIONS) as (keyof typeof PRINT_RUN_TRANSITIONS)[]

test('a run is released only after every letter of it was checked', () => {
  const before = STATES.filter((state) => {
    const next = nextPrintRunState(state, 'release')
    return next.ok && next.value === 'released'
  })
  assert.deepEqual(before, ['checked'])
})

test('a stopped run can be cancelled and nothing else', () => {
  assert.deepEqual(allowedControls('stopped'), ['cancel'])
  assert.deepEqual(nextPrintRunState('stopped', 'resume'), { ok: false, error: 'run.transition' })
})

test('what is over stays over, and only that has no way on', () => {
  for (const state of STATES) {
    assert.equal(Object.keys(PRINT_RUN_TRANSITIONS[state]).length === 0, isOver(state), state)
  }
})

test('a run that is being made can be paused and goes on where it was', () => {
  assert.deepEqual(allowedControls('making'), ['pause', 'cancel'])
  assert.deepEqual(nextPrintRunState('paused', 'resume'), { ok: true, value: 'making' })
})
