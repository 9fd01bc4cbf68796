// The promises about the courier: commands in order until answered, facts once, orders limited, a restored portal told what it forgot.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { sealPinRequest } from '@einmal-pin/vault/pin-request'
import type { Fact } from '@einmal-pin/wire/office-link'
import { readRounds } from '../cases/case-rows.ts'
import { changeCard } from '../cases/change-card.ts'
import { endCase } from '../cases/end-case.ts'
import { reissue } from '../cases/order-letter.ts'
import { todayIn } from '../cases/today.ts'
import { commandsOf, makeCommandsDue, openTasksOf, stateOfCase } from '../testing/case-rows.ts'
import { openedCase, publishedCase, publishRound } from '../testing/published-case.ts'
import { sendSubmission } from '../testing/sent-submission.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { applyFact } from './apply-facts.ts'
import { runCourier } from './courier.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())
beforeEach(async () => {
  portal = standInPortal(at.office.secrets.receiptKey)
  // The first round of a courier compares everything; here each test says itself when it wants that.
  await runCourier(at.office, portal, never)
  portal.commands_.splice(0)
})

const run = () => runCourier(at.office, portal, never)
const rounds = (caseId: string) => readRounds(at.office.database.kysely, caseId)
const caseState = (caseId: string) => stateOfCase(at.office, caseId)
const commands = (caseId: string) => commandsOf(at.office, caseId)
const due = () => makeCommandsDue(at.office)

let ids = 0
const fact = (type: Fact['type'], caseId: string, round: number, more: object = {}): Fact => {
  ids += 1
  return { id: `f${ids}`, caseId, round, type, day: '2026-11-24', ...more } as Fact
}

describe('commands', () => {
  test('leave in the order of their numbers and are repeated byte for byte', async () => {
    const { caseId } = await publishedCase(at.office)
    await changeCard(at.office, caseId, '80276883110000099999', 'test')
    await endCase(at.office, caseId, 'death', 'test')
    portal.refusals.push('network')
    await run()
    assert.deepEqual(portal.commands_, [])
    await due()
    await run()
    assert.deepEqual(
      portal.commands_.map(({ number, body }) => [number, JSON.parse(body).type]),
      [
        [2, 'secondFactors'],
        [3, 'revoke'],
      ],
    )
    const rows = await commands(caseId)
    assert.ok(portal.commands_.every(({ number, body }) => rows[number - 1]?.body === body))
  })

  test('a higher number never overtakes a postponed lower one', async () => {
    const { caseId } = await publishedCase(at.office)
    await changeCard(at.office, caseId, '80276883110000099999', 'test')
    portal.refusals.push('network')
    await run()
    await endCase(at.office, caseId, 'openedInError', 'test')
    await run()
    assert.deepEqual(portal.commands_, [])
  })

  test('a refusal for good becomes a task and is not repeated', async () => {
    const { caseId } = await publishedCase(at.office)
    await changeCard(at.office, caseId, '80276883110000099999', 'test')
    portal.refusals.push('command.notAllowed')
    await run()
    assert.equal((await commands(caseId)).at(-1)?.state, 'refused')
    const { tasks } = (await at.app.inject({ url: '/api/v1/tasks', headers: at.asCore })).json()
    assert.ok(tasks.some((task: { caseId: string; kind: string }) => task.caseId === caseId))
  })

  test('revoking for death erases the draft, an error does not; both forget how to open the PIN', async () => {
    for (const [reason, eraseDraft] of [
      ['death', true],
      ['openedInError', false],
      ['answeredOnPaper', false],
    ] as const) {
      const { caseId } = await publishedCase(at.office)
      await endCase(at.office, caseId, reason, 'test')
      const [publication] = await commands(caseId)
      assert.deepEqual([publication?.type, publication?.body], ['publish', null])
      const last = (await commands(caseId)).at(-1)
      assert.deepEqual(JSON.parse(last?.body ?? ''), { type: 'revoke', eraseDraft })
      assert.deepEqual(
        (await rounds(caseId)).map(({ pin_state }) => pin_state),
        ['revoked'],
      )
    }
  })

  test('a case that the portal never heard of is ended without a command', async () => {
    const { caseId } = await openedCase(at.office)
    await endCase(at.office, caseId, 'openedInError', 'test')
    assert.deepEqual(await commands(caseId), [])
    assert.equal(await caseState(caseId), 'revoked')
  })

  test('a changed card is told with both numbers; where the letter asks for the birth date, it is not', async () => {
    const { caseId } = await publishedCase(at.office)
    await changeCard(at.office, caseId, '80276883110000099999', 'test')
    const { secondFactors } = JSON.parse((await commands(caseId)).at(-1)?.body ?? '')
    assert.equal(new Set(secondFactors).size, 2)
    assert.ok(!JSON.stringify(secondFactors).includes('099999'))
    const other = await publishedCase(at.office, { secondFactor: 'birthdate' })
    await changeCard(at.office, other.caseId, '80276883110000099999', 'test')
    assert.equal((await commands(other.caseId)).length, 1)
  })
})

describe('facts', () => {
  test('the same fact twice is applied once, and in the wrong order days do not go back', async () => {
    const { caseId } = await publishedCase(at.office)
    const later = fact('activity', caseId, 1, { day: '2026-11-26', documents: 2 })
    await applyFact(at.office, later)
    await applyFact(at.office, fact('activity', caseId, 1, { day: '2026-11-25', documents: 1 }))
    await applyFact(at.office, { ...later, documents: 9 } as Fact)
    await applyFact(at.office, fact('firstLogin', caseId, 1, { day: '2026-11-25' }))
    await applyFact(at.office, fact('firstLogin', caseId, 1, { day: '2026-11-24' }))
    const [round] = await rounds(caseId)
    assert.deepEqual(
      [round?.last_activity_on, round?.documents, round?.first_login_on],
      ['2026-11-26', 2, '2026-11-24'],
    )
    assert.equal(await caseState(caseId), 'begun')
  })

  test('a frozen PIN shows to the clerk, an expired one ends the case unless a newer one lives', async () => {
    const { caseId } = await publishedCase(at.office)
    await applyFact(at.office, fact('locked', caseId, 1))
    const detail = (
      await at.app.inject({ url: `/api/v1/cases/${caseId}`, headers: at.asCore })
    ).json()
    assert.equal(detail.locked, true)
    assert.ok(detail.allowedActions.includes('reissue'))
    assert.deepEqual(await openTasksOf(at.office, caseId), [{ kind: 'locked', code: 'pin.locked' }])
    await reissue(at.office, caseId, 'lost', 'test')
    assert.deepEqual(await openTasksOf(at.office, caseId), [])
    const two = await publishedCase(at.office)
    await publishRound(at.office, two.caseId, 2, 'online')
    await applyFact(at.office, fact('expired', two.caseId, 1))
    assert.equal(await caseState(two.caseId), 'published')
    await applyFact(at.office, fact('expired', two.caseId, 2))
    assert.equal(await caseState(two.caseId), 'expired')
  })

  test('a fact about an unknown case changes nothing and does not block the others', async () => {
    const { caseId } = await publishedCase(at.office)
    portal.facts_.push(fact('firstLogin', 'c00000000000', 1), fact('firstLogin', caseId, 1))
    await run()
    assert.deepEqual(portal.facts_, [])
    assert.equal(await caseState(caseId), 'begun')
  })
})

describe('new PINs', () => {
  test('lost and stolen end the old PIN with the publication, an online order lets it stand until the switch', async () => {
    const lost = await publishedCase(at.office)
    await publishRound(at.office, lost.caseId, 2, 'lost')
    assert.deepEqual(
      (await rounds(lost.caseId)).map((r) => r.pin_state),
      ['superseded', 'live'],
    )
    const online = await publishedCase(at.office)
    await publishRound(at.office, online.caseId, 2, 'online')
    assert.deepEqual(
      (await rounds(online.caseId)).map((r) => r.pin_state),
      ['live', 'live'],
    )
    await applyFact(at.office, fact('switched', online.caseId, 2))
    assert.deepEqual(
      (await rounds(online.caseId)).map((r) => r.pin_state),
      ['superseded', 'live'],
    )
  })

  test('after a theft the old secret is forgotten here too', async () => {
    const { caseId } = await publishedCase(at.office)
    await publishRound(at.office, caseId, 2, 'stolen')
    const [old, fresh] = await rounds(caseId)
    assert.equal(old?.kek_wrap, null)
    assert.ok(fresh?.kek_wrap)
  })

  const request = async (kvnr: string, factor: string) => {
    const parsed = parseKvnr(kvnr)
    const second = parseSecondFactor(factor, 6)
    if (!parsed.ok || !second.ok) throw new TypeError('no request')
    const sealed = await sealPinRequest(at.office.secrets.requestPair.recipient, {
      kvnr: parsed.value,
      secondFactor: second.value,
    })
    ids += 1
    return { id: `r${ids}`, sealed: toBase64url(sealed), receivedAt: new Date().toISOString() }
  }
  const orderOf = (caseId: string) =>
    at.office.database.kysely
      .selectFrom('letter_orders')
      .select(['reissue', 'state'])
      .where('case_id', '=', caseId)
      .where('reissue', '=', 'online')
      .execute()
  /** A letter that went out long enough ago. */
  const longPosted = async (kvnr: string) => {
    const { caseId } = await openedCase(at.office, { kvnr })
    await publishRound(at.office, caseId, 1, 'none', '2026-11-01')
    return caseId
  }

  test('an online order that fits makes a letter and leaves the old PIN alone', async () => {
    const caseId = await longPosted('T000000014')
    portal.requests_.push(await request('T000000014', '017222'))
    await run()
    assert.deepEqual(await orderOf(caseId), [{ reissue: 'online', state: 'making' }])
    assert.deepEqual(
      (await rounds(caseId)).map((r) => r.pin_state),
      ['live'],
    )
    assert.deepEqual(portal.requests_, [])
  })

  test('the same request handed over twice, or a second one at once, makes no second letter', async () => {
    const caseId = await longPosted('T000000026')
    const one = await request('T000000026', '017222')
    portal.requests_.push(one)
    await run()
    portal.requests_.push(one, await request('T000000026', '017222'))
    await run()
    assert.equal((await orderOf(caseId)).length, 1)
  })

  test('a wrong second factor, an unknown number, rubbish and a letter just posted make no letter', async () => {
    const caseId = await longPosted('T000000038')
    const { caseId: fresh } = await publishedCase(at.office, { kvnr: 'M000000007' })
    portal.requests_.push(
      await request('T000000038', '000000'),
      await request('T000000038', '01.02.1980'),
      await request('Z999999997', '017222'),
      await request('M000000007', '017222'),
      { id: 'rubbish', sealed: '%%%', receivedAt: new Date().toISOString() },
      { id: 'other', sealed: 'AAAA', receivedAt: new Date().toISOString() },
    )
    await run()
    assert.deepEqual(await orderOf(caseId), [])
    assert.deepEqual(await orderOf(fresh), [])
    assert.deepEqual(portal.requests_, [])
  })

  test('an address that changed within 14 days needs four eyes, by telephone and online', async () => {
    const caseId = await longPosted('B000000004')
    const today = await todayIn(at.office.database.kysely, at.office.clock)
    const change = { address_changed_on: today }
    await at.office.database.kysely
      .updateTable('cases')
      .set(change)
      .where('case_id', '=', caseId)
      .execute()
    const answer = await at.app.inject({
      method: 'POST',
      url: `/api/v1/cases/${caseId}/reissue`,
      headers: at.asCore,
      payload: { reason: 'lost' },
    })
    assert.deepEqual([answer.statusCode, answer.json().code], [409, 'reissue.fourEyes'])
    portal.requests_.push(await request('B000000004', '017222'))
    await run()
    assert.deepEqual(await orderOf(caseId), [])
  })
})

describe('a restored portal', () => {
  const closed = () => {
    portal.status_ = { loginsOpen: false }
  }
  const known = (caseId: string, number: number, state = 'open', round = 1) =>
    portal.cases_.push({ caseId, round, number, state } as never)

  test('gets every command again that it forgot, and opens only when all are through', async () => {
    const { caseId } = await publishedCase(at.office)
    await changeCard(at.office, caseId, '80276883110000099999', 'test')
    await run()
    portal.commands_.splice(0)
    closed()
    known(caseId, 1)
    portal.refusals.push('network')
    await run()
    assert.equal(portal.opened.count, 0)
    await due()
    portal.refusals.splice(0)
    await run()
    const again = portal.commands_.filter((one) => one.caseId === caseId)
    assert.deepEqual(
      again.map(({ number }) => number),
      [2],
    )
    assert.equal(portal.opened.count, 1)
  })

  test('that lost a case gets its publication again', async () => {
    const { caseId } = await publishedCase(at.office)
    closed()
    await run()
    assert.ok(portal.commands_.some((one) => one.caseId === caseId && one.number === 1))
  })

  test('that forgot a case whose PIN is over does not get it again', async () => {
    const expired = await publishedCase(at.office)
    await applyFact(at.office, fact('expired', expired.caseId, 1))
    const frozen = await publishedCase(at.office)
    await applyFact(at.office, fact('locked', frozen.caseId, 1))
    const revoked = await publishedCase(at.office)
    await endCase(at.office, revoked.caseId, 'openedInError', 'test')
    await run()
    portal.commands_.splice(0)
    closed()
    await run()
    const over = [expired, frozen, revoked].map(({ caseId }) => caseId)
    assert.deepEqual(
      portal.commands_.filter(({ caseId }) => over.includes(caseId)),
      [],
    )
  })

  test('that thinks a used or frozen PIN lives is told that it is dead', async () => {
    const sent = await publishedCase(at.office)
    const { receipt } = await sendSubmission(at, sent)
    await applyFact(at.office, {
      id: 'sent',
      caseId: sent.caseId,
      round: 1,
      type: 'submitted',
      receipt,
    })
    const frozen = await publishedCase(at.office)
    await applyFact(at.office, fact('locked', frozen.caseId, 1))
    const replaced = await publishedCase(at.office)
    await publishRound(at.office, replaced.caseId, 2, 'online')
    await applyFact(at.office, fact('switched', replaced.caseId, 2))
    closed()
    known(sent.caseId, 1)
    known(frozen.caseId, 1)
    known(replaced.caseId, 2)
    portal.submissions.clear()
    await run()
    const told = (caseId: string) =>
      portal.commands_
        .filter((one) => one.caseId === caseId)
        .map(({ body }) => JSON.parse(body))
        .filter(({ type }) => type === 'settle')
    assert.deepEqual(told(sent.caseId), [{ type: 'settle', round: 1, state: 'spent', receipt }])
    assert.deepEqual(told(frozen.caseId), [{ type: 'settle', round: 1, state: 'locked' }])
    assert.deepEqual(told(replaced.caseId), [{ type: 'settle', round: 1, state: 'superseded' }])
  })

  test('that has a submission nobody told of: it is fetched', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published)
    portal.submissions.set(published.caseId, sent)
    closed()
    known(published.caseId, 1, 'submitted')
    await run()
    assert.equal(await caseState(published.caseId), 'received')
    assert.ok(portal.acknowledged.some((one) => one.manifestSha256 === sent.receipt.manifestSha256))
  })

  test('with a case that the office does not know becomes a task', async () => {
    closed()
    known('c11111111111', 4)
    await run()
    const { tasks } = (await at.app.inject({ url: '/api/v1/tasks', headers: at.asCore })).json()
    assert.ok(tasks.some((task: { code: string }) => task.code === 'c11111111111'))
  })

  test('with another receipt key is not talked to', async () => {
    const { caseId } = await publishedCase(at.office)
    await changeCard(at.office, caseId, '80276883110000099999', 'test')
    portal.status_ = { receiptKey: { keyId: 'x', publicKey: 'y' } }
    await run()
    assert.deepEqual(portal.commands_, [])
  })
})
