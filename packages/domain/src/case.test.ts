// The case's table as a whole: what can be reached, what ends, and what a clerk may do on the way.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  allowedActions,
  CASE_TRANSITIONS,
  type CaseEvent,
  type CaseState,
  CLERK_ACTIONS,
  nextCaseState,
} from './case.ts'
import {
  LETTER_TRANSITIONS,
  type LetterEvent,
  type LetterState,
  nextLetterState,
} from './letter-life.ts'
import { PIN_TRANSITIONS, type PinState } from './pin-life.ts'

const STATES = Object.keys(CASE_TRANSITIONS) as CaseState[]
const LETTERS = Object.keys(LETTER_TRANSITIONS) as LetterState[]
const PINS = Object.keys(PIN_TRANSITIONS) as PinState[]
const EVENTS = [
  ...new Set(STATES.flatMap((state) => Object.keys(CASE_TRANSITIONS[state]))),
] as CaseEvent[]

function walk(events: readonly CaseEvent[]): CaseState {
  return events.reduce<CaseState>((state, event) => {
    const next = nextCaseState(state, event)
    assert.ok(next.ok, `${state} --${event}-->`)
    return next.value
  }, 'opened')
}

function reachableFrom(start: CaseState): Set<CaseState> {
  const seen = new Set<CaseState>([start])
  for (const state of seen)
    for (const next of Object.values(CASE_TRANSITIONS[state])) seen.add(next)
  return seen
}

describe('the life of a case', () => {
  it('leads from opening to purge', () => {
    assert.equal(
      walk(['publish', 'begin', 'submit', 'receive', 'accept', 'export', 'purge']),
      'purged',
    )
    assert.equal(
      walk(['publish', 'begin', 'submit', 'receive', 'askAgain', 'export', 'purge']),
      'purged',
    )
  })

  it('reaches every state, and from every state the purge', () => {
    assert.deepEqual(reachableFrom('opened'), new Set(STATES))
    for (const state of STATES) assert.ok(reachableFrom(state).has('purged'), state)
  })

  it('never goes back before the submission once it is sent', () => {
    const before: CaseState[] = ['opened', 'published', 'begun', 'expired', 'revoked']
    for (const state of before) assert.equal(reachableFrom('submitted').has(state), false, state)
  })

  it('keeps the draft through a reissue and starts anew after a theft', () => {
    assert.equal(walk(['publish', 'begin', 'reissue']), 'begun')
    assert.equal(walk(['publish', 'begin', 'reissueEmpty']), 'published')
    assert.equal(walk(['publish', 'expire', 'reissue', 'begin', 'submit']), 'submitted')
  })

  it('does not lose what the portal accepted just before the end', () => {
    assert.equal(walk(['publish', 'expire', 'submit']), 'submitted')
    assert.equal(walk(['publish', 'begin', 'revoke', 'submit']), 'submitted')
  })

  it('refuses what the table does not list', () => {
    const anyMove = fc.tuple(fc.constantFrom(...STATES), fc.constantFrom(...EVENTS))
    fc.assert(
      fc.property(anyMove, ([state, event]) => {
        const isListed = Object.hasOwn(CASE_TRANSITIONS[state], event)
        assert.equal(nextCaseState(state, event).ok, isListed)
      }),
    )
    assert.deepEqual(nextCaseState('purged', 'publish'), { ok: false, error: 'case.transition' })
  })
})

describe('what a clerk may do', () => {
  it('is nothing once the case was sent or closed', () => {
    const closed: CaseState[] = [
      'submitted',
      'received',
      'accepted',
      'exported',
      'revoked',
      'purged',
    ]
    for (const state of closed) assert.deepEqual(allowedActions(state), [])
  })

  it('fits the case', () => {
    assert.deepEqual(allowedActions('opened'), [
      'printLetter',
      'revoke',
      'answeredOnPaper',
      'updateCard',
    ])
    assert.deepEqual(allowedActions('begun', { pin: 'live', letter: 'posted' }), [
      'reissue',
      'revoke',
      'answeredOnPaper',
      'updateCard',
      'extend',
    ])
    assert.equal(allowedActions('expired').includes('reissue'), true)
  })

  it('offers the reissue, never a longer term, for a dead PIN or a letter that did not arrive', () => {
    for (const pin of PINS) {
      for (const letter of LETTERS) {
        const actions = allowedActions('published', { pin, letter })
        const arrives = pin === 'live' && ['made', 'printed', 'posted'].includes(letter)
        assert.equal(actions.includes('extend'), arrives, `${pin} ${letter}`)
        assert.equal(actions.includes('reissue'), true)
      }
    }
  })

  it('makes no second letter while the first is on its way', () => {
    const mayPrint = (letter: LetterState) =>
      allowedActions('opened', { pin: 'live', letter }).includes('printLetter')
    assert.deepEqual(LETTERS.filter(mayPrint), ['returned', 'spoiled', 'withdrawn'])
  })

  it('is a transition of the case wherever it moves the case', () => {
    for (const state of STATES) {
      const actions: readonly string[] = CLERK_ACTIONS[state]
      if (actions.includes('reissue')) assert.ok(nextCaseState(state, 'reissue').ok, state)
      if (actions.includes('revoke')) assert.ok(nextCaseState(state, 'revoke').ok, state)
      if (actions.includes('printLetter')) assert.ok(nextCaseState(state, 'publish').ok, state)
    }
  })
})

describe('the life of a letter', () => {
  const rows: [LetterState, LetterEvent, LetterState | undefined][] = [
    ['made', 'print', 'printed'],
    ['printed', 'post', 'posted'],
    ['made', 'post', 'posted'],
    ['posted', 'return', 'returned'],
    ['printed', 'spoil', 'spoiled'],
    ['made', 'withdraw', 'withdrawn'],
    ['posted', 'withdraw', undefined],
    ['spoiled', 'post', undefined],
    ['withdrawn', 'print', undefined],
  ]

  it('follows its table; a spoiled letter is never printed again', () => {
    for (const [state, event, next] of rows) {
      const expected = next ? { ok: true, value: next } : { ok: false, error: 'letter.transition' }
      assert.deepEqual(nextLetterState(state, event), expected)
    }
  })
})
