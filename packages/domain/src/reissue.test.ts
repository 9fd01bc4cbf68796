// How often a new PIN may be ordered online, and when two clerks must agree.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CalendarDate } from './calendar-date.ts'
import { mayOrderOnline, needsFourEyes, type OrderHistory, REISSUE_RULES } from './reissue.ts'

const day = (text: string) => text as CalendarDate
const orders = (...days: string[]) => days.map(day)
const TODAY = day('2026-11-23')

const rows: [string, OrderHistory, string | undefined][] = [
  ['no letter posted yet, no order', { onlineOrders: [] }, undefined],
  ['posted today', { lastPostedOn: TODAY, onlineOrders: [] }, 'order.letterOnItsWay'],
  [
    'posted 5 days ago',
    { lastPostedOn: day('2026-11-18'), onlineOrders: [] },
    'order.letterOnItsWay',
  ],
  ['posted 6 days ago', { lastPostedOn: day('2026-11-17'), onlineOrders: [] }, undefined],
  ['ordered today', { onlineOrders: orders('2026-11-23') }, 'order.tooSoon'],
  ['ordered 3 days ago', { onlineOrders: orders('2026-11-20') }, 'order.tooSoon'],
  ['ordered 4 days ago', { onlineOrders: orders('2026-11-19') }, undefined],
  ['second order', { onlineOrders: orders('2026-11-01', '2026-11-10') }, undefined],
  [
    'fourth order',
    { onlineOrders: orders('2026-11-01', '2026-11-06', '2026-11-12') },
    'order.tooMany',
  ],
]

describe('an online order of a new PIN', () => {
  for (const [name, history, error] of rows) {
    it(`${name}: ${error ?? 'is carried out'}`, () => {
      const expected = error ? { ok: false, error } : { ok: true, value: undefined }
      assert.deepEqual(mayOrderOnline(history, TODAY), expected)
    })
  }

  it('is no kill switch, and only a theft costs the draft', () => {
    assert.equal(REISSUE_RULES.online.oldPin, 'atFirstLoginWithNew')
    assert.equal(REISSUE_RULES.lost.oldPin, 'atOnce')
    const kept = Object.values(REISSUE_RULES).map(({ keepsDraft }) => keepsDraft)
    assert.deepEqual(kept, [true, true, false])
  })
})

describe('four eyes', () => {
  it('look at a reissue within 14 days after the address changed', () => {
    const needed = ['2026-11-23', '2026-11-09', '2026-11-08'].map((changed) =>
      needsFourEyes(day(changed), TODAY),
    )
    assert.deepEqual(needed, [true, true, false])
    assert.equal(needsFourEyes(undefined, TODAY), false)
  })
})
