// The pauses: five free tries, then longer and longer, and the two freezes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  afterWrongPin,
  afterWrongSecondFactor,
  hasLapsed,
  LONGEST_PAUSE_SECONDS,
  pauseAfter,
  retryAfterSeconds,
  WRONG_PIN_FREEZE,
} from './throttle.ts'

describe('the pause after wrong tries', () => {
  it('begins with the fifth and doubles up to one hour', () => {
    const pauses = [0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 1000].map(pauseAfter)
    assert.deepEqual(pauses, [0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
  })

  it('never gets shorter and never exceeds an hour', () => {
    fc.assert(
      fc.property(fc.nat(5000), (failures) => {
        assert.ok(pauseAfter(failures) <= pauseAfter(failures + 1))
        assert.ok(pauseAfter(failures) <= LONGEST_PAUSE_SECONDS)
      }),
    )
  })

  it('keeps one network alone from freezing a PIN within 31 days', () => {
    let seconds = 0
    let tries = 0
    while (seconds < 31 * 86_400) seconds += pauseAfter(++tries)
    assert.ok(tries < WRONG_PIN_FREEZE, String(tries))
  })
})

describe('a freeze', () => {
  it('comes with the thousandth wrong PIN over all networks, whatever one network did', () => {
    assert.deepEqual(afterWrongPin(1, 999), { pauseSeconds: 0, frozen: false })
    assert.deepEqual(afterWrongPin(1, 1000), { pauseSeconds: 0, frozen: true })
    assert.deepEqual(afterWrongPin(700, 700), { pauseSeconds: 3600, frozen: false })
  })

  it('comes with the twentieth wrong second factor behind a right PIN', () => {
    assert.deepEqual(afterWrongSecondFactor(5), { pauseSeconds: 30, frozen: false })
    assert.deepEqual(afterWrongSecondFactor(19), { pauseSeconds: 3600, frozen: false })
    assert.deepEqual(afterWrongSecondFactor(20), { pauseSeconds: 3600, frozen: true })
  })
})

describe('the clock of a pause', () => {
  const at = (text: string) => new Date(`2026-11-23T${text}Z`)

  it('counts whole seconds, rounded up, down to nothing', () => {
    assert.equal(retryAfterSeconds(at('10:00:30.000'), at('10:00:00.001')), 30)
    assert.equal(retryAfterSeconds(at('10:00:30.000'), at('10:00:30.000')), 0)
    assert.equal(retryAfterSeconds(at('10:00:30.000'), at('11:00:00.000')), 0)
  })

  it('forgets after a day without a wrong try', () => {
    assert.equal(hasLapsed(new Date('2026-11-22T10:00:00Z'), at('09:59:59.999')), false)
    assert.equal(hasLapsed(new Date('2026-11-22T10:00:00Z'), at('10:00:00.000')), true)
  })
})
