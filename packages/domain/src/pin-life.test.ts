// Dead PINs stay dead, whatever happens in whatever order, and the right PIN hears why.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { CalendarDate } from './calendar-date.ts'
import {
  answerToRightPin,
  isAlive,
  nextPinState,
  PIN_TRANSITIONS,
  type PinEvent,
  type PinLife,
  type PinState,
} from './pin-life.ts'

const STATES = Object.keys(PIN_TRANSITIONS) as PinState[]
const EVENTS = [
  'submit',
  'expire',
  'supersede',
  'freeze',
  'revoke',
  'extend',
] as const satisfies PinEvent[]

function after(state: PinState, events: readonly PinEvent[]): PinState {
  return events.reduce((now, event) => {
    const next = nextPinState(now, event)
    return next.ok ? next.value : now
  }, state)
}

describe('the life of a PIN', () => {
  it('never leads from death to life', () => {
    const dead = fc.constantFrom(...STATES.filter((state) => !isAlive(state)))
    fc.assert(
      fc.property(dead, fc.array(fc.constantFrom(...EVENTS)), (state, events) => {
        assert.equal(isAlive(after(state, events)), false)
      }),
    )
  })

  it('keeps a spent PIN spent: what was sent stays sent', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        assert.equal(after('spent', events), 'spent')
      }),
    )
  })

  it('lets only a live PIN submit', () => {
    const able = STATES.filter((state) => nextPinState(state, 'submit').ok)
    assert.deepEqual(able, ['live'])
  })

  it('reaches every state from live', () => {
    const reached = new Set<PinState>(EVENTS.map((event) => after('live', [event])))
    assert.deepEqual([...reached].sort(), [...STATES].sort())
  })

  it('refuses what the table does not list', () => {
    assert.deepEqual(nextPinState('expired', 'extend'), { ok: false, error: 'pin.transition' })
  })
})

describe('the answer to fully right login data', () => {
  const lastDay = '2026-12-24' as CalendarDate
  const now = new Date('2026-12-24T22:59:59Z')
  const submittedAt = new Date('2026-12-01T10:00:00Z')
  const rows: [PinLife, object][] = [
    [
      { state: 'live', lastDay },
      { outcome: 'open', lastDay },
    ],
    [
      { state: 'spent', submittedAt, receiptNumber: '2026-7KQ4-M2XD' },
      { outcome: 'submitted', submittedAt, receiptNumber: '2026-7KQ4-M2XD' },
    ],
    [
      { state: 'expired', lastDay },
      { outcome: 'expired', lastDay },
    ],
    [{ state: 'superseded' }, { outcome: 'superseded' }],
    [
      { state: 'superseded', letterDate: lastDay },
      { outcome: 'superseded', letterDate: lastDay },
    ],
    [{ state: 'locked' }, { outcome: 'locked' }],
    [{ state: 'revoked' }, { outcome: 'closed' }],
  ]

  it('is plain in every state', () => {
    for (const [pin, answer] of rows) assert.deepEqual(answerToRightPin(pin, now), answer)
  })

  it('follows the clock even when no job has marked the PIN as expired yet', () => {
    const late = new Date('2026-12-24T23:00:00Z')
    assert.deepEqual(answerToRightPin({ state: 'live', lastDay }, late), {
      outcome: 'expired',
      lastDay,
    })
  })
})
