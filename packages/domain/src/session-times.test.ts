// When a login ends: by idling, after a working day, or after the receipt was read.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { absoluteExpiresAt, idleExpiresAt, receiptExpiresAt } from './session-times.ts'

const at = (time: string) => new Date(`2026-11-23T${time}:00.000Z`)

describe('a session', () => {
  it('ends 30 minutes after the last input', () => {
    assert.deepEqual(idleExpiresAt(at('09:10'), at('09:00')), at('09:40'))
  })

  it('ends after 8 hours however busy the person is', () => {
    assert.deepEqual(absoluteExpiresAt(at('09:00')), at('17:00'))
    assert.deepEqual(idleExpiresAt(at('16:50'), at('09:00')), at('17:00'))
  })

  it('shows the receipt for 45 minutes after sending', () => {
    assert.deepEqual(receiptExpiresAt(at('09:00')), at('09:45'))
  })
})
