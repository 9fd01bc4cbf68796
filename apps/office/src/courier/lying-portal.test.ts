// Attacks of a portal that lies to the courier: it ends no round for the others, fills neither disk nor memory, and nothing unverified counts.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { sealPinRequest } from '@einmal-pin/vault/pin-request'
import { newId } from '@einmal-pin/vault/random'
import type { Fact } from '@einmal-pin/wire/office-link'
import { readRounds } from '../cases/case-rows.ts'
import { changeCard } from '../cases/change-card.ts'
import { endCase } from '../cases/end-case.ts'
import { commandsOf, makeCommandsDue, openTasksOf, stateOfCase } from '../testing/case-rows.ts'
import { failingWrites } from '../testing/failing-writes.ts'
import { openedCase, publishedCase, publishRound } from '../testing/published-case.ts'
import { sendSubmission } from '../testing/sent-submission.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { applyFact, fetchFacts } from './apply-facts.ts'
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
  await run()
  portal.commands_.splice(0)
})

const run = (link = portal) => runCourier(at.office, link, never)
const rowsOf = async (table: 'facts' | 'pin_requests' | 'audit' | 'tasks' | 'commands') =>
  (await at.office.database.kysely.selectFrom(table).selectAll().execute()).length
const fact = (type: Fact['type'], caseId: string, round: number, more: object = {}): Fact =>
  ({ id: newId(), caseId, round, type, day: '2026-11-24', ...more }) as Fact
const good = <T>(value: T) => ({ ok: true, value, status: 200, headers: new Headers() }) as const

describe('facts', () => {
  test('that never end do not end the round, and leave nothing behind', async () => {
    const { caseId } = await publishedCase(at.office)
    const audited = await rowsOf('audit')
    const tasks = await rowsOf('tasks')
    let handedOut = 0
    const facts = async (limit: number) => {
      handedOut += limit
      const one = (index: number) =>
        index % 2 === 0
          ? fact('switched', 'c00000000000', 1)
          : fact('activity', caseId, 1, { documents: index })
      return good({ facts: Array.from({ length: limit }, (_, index) => one(index)) })
    }
    const acknowledgeFacts = async () => good(undefined)
    const link = { ...portal, facts: async () => facts(10), acknowledgeFacts }
    assert.equal(await fetchFacts(at.office, link, never), 'done')
    assert.ok(handedOut > 0)
    assert.equal(await rowsOf('facts'), 0)
    assert.equal(await rowsOf('audit'), audited)
    assert.equal(await rowsOf('tasks'), tasks)
  })

  test('that cannot be true change nothing, and those beside them count', async () => {
    const { caseId } = await publishedCase(at.office)
    portal.facts_.push(
      fact('firstLogin', caseId, 1, { day: '2026-13-45' }),
      fact('activity', caseId, 1, { day: '0000-00-00', documents: 1 }),
      fact('activity', caseId, 1, { documents: 2 ** 40 }),
      fact('locked', caseId, 99),
      { ...fact('locked', caseId, 1), id: 'a\u0000b' },
      { ...fact('locked', caseId, 1), id: 'x'.repeat(70) },
      fact('firstLogin', caseId, 1),
    )
    await run()
    assert.deepEqual(portal.facts_, [])
    const [round] = await readRounds(at.office.database.kysely, caseId)
    assert.deepEqual(
      [round?.pin_state, round?.first_login_on, round?.documents],
      ['live', '2026-11-24', 40],
    )
  })

  test('at which the office itself fails stay with the portal, and those beside them count', async () => {
    const [stuck, other] = [await publishedCase(at.office), await publishedCase(at.office)]
    portal.facts_.push(fact('locked', stuck.caseId, 1), fact('locked', other.caseId, 1))
    {
      await using _fault = await failingWrites(at.office, 'rounds', stuck.caseId)
      await run()
      assert.deepEqual(
        portal.facts_.map(({ caseId }) => caseId),
        [stuck.caseId],
      )
    }
    await run()
    assert.deepEqual(portal.facts_, [])
    const [round] = await readRounds(at.office.database.kysely, stuck.caseId)
    assert.equal(round?.pin_state, 'locked')
  })

  test('about one case with the receipt of another touch neither', async () => {
    const [sent, other] = [await publishedCase(at.office), await publishedCase(at.office)]
    const { receipt } = await sendSubmission(at, sent)
    portal.facts_.push(fact('submitted', other.caseId, 1, { receipt }))
    await run()
    assert.equal(await stateOfCase(at.office, sent.caseId), 'published')
    assert.equal(await stateOfCase(at.office, other.caseId), 'published')
    assert.deepEqual(await openTasksOf(at.office, other.caseId), [
      { kind: 'quarantine', code: 'submission.receipt' },
    ])
  })

  test('that repeat a submission under new ids are one submission', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published)
    portal.submissions.set(published.caseId, sent)
    for (let time = 0; time < 3; time += 1) {
      portal.facts_.push(fact('submitted', published.caseId, 1, { receipt: sent.receipt }))
      await run()
    }
    assert.equal(await stateOfCase(at.office, published.caseId), 'received')
    assert.deepEqual(await openTasksOf(at.office, published.caseId), [])
  })
})

describe('a case list', () => {
  const page = (next: string | null, cases: StandInPortal['cases_']) => good({ cases, next })
  const unknown = (index: number) => ({
    caseId: `c${String(index).padStart(11, '0')}`,
    ...({ round: 1, number: 1, state: 'open' } as const),
  })
  const comparing = (cases: StandInPortal['cases']) => {
    const status_ = { loginsOpen: false }
    const link = { ...standInPortal(at.office.secrets.receiptKey), cases, opened: { count: 0 } }
    const open = link.status
    return {
      ...link,
      status: async () => {
        const answer = await open()
        return answer.ok ? good({ ...answer.value, ...status_ }) : answer
      },
      reconciled: async () => {
        link.opened.count += 1
        return good(undefined)
      },
    }
  }

  test('without an end, or that turns in a circle, ends in one task and opens no logins', async () => {
    let start = 0
    const endless = comparing(async () => {
      start += 500
      const cases = Array.from({ length: 500 }, (_, index) => unknown(start + index))
      return page(cases.at(-1)?.caseId ?? null, cases)
    })
    const circle = comparing(async () => page('c00000000001', [unknown(1)]))
    for (const link of [endless, circle, endless]) {
      await run(link)
      assert.equal(link.opened.count, 0)
    }
    assert.deepEqual(await openTasksOf(at.office, null), [
      { kind: 'portalUnknownCase', code: 'portal.list' },
    ])
  })

  test('with the same unknown case night after night makes one task', async () => {
    const link = comparing(async () => page(null, [unknown(7)]))
    await run(link)
    await run(link)
    const tasks = await openTasksOf(at.office, null)
    assert.equal(tasks.filter(({ code }) => code === unknown(7).caseId).length, 1)
  })

  test('that claims a number beyond all reason uses up no numbers', async () => {
    const { caseId } = await publishedCase(at.office)
    const there = { caseId, round: 1, number: 2_147_483_647, state: 'open' } as const
    await run(comparing(async () => page(null, [there])))
    await endCase(at.office, caseId, 'openedInError', 'test')
    assert.equal((await commandsOf(at.office, caseId)).at(-1)?.number, 2)
    assert.deepEqual(await openTasksOf(at.office, caseId), [
      { kind: 'portalUnknownCase', code: 'portal.number' },
    ])
    await run()
  })

  test('that calls a dead PIN alive again and again is told once, then a clerk is', async () => {
    const { caseId } = await publishedCase(at.office)
    await applyFact(at.office, fact('locked', caseId, 1))
    const latest = async () => (await commandsOf(at.office, caseId)).at(-1)?.number ?? 0
    const link = comparing(async () =>
      page(null, [{ caseId, round: 1, number: await latest(), state: 'open' }]),
    )
    for (let night = 0; night < 4; night += 1) await run(link)
    const settled = (await commandsOf(at.office, caseId)).filter(({ type }) => type === 'settle')
    assert.equal(settled.length, 1)
    const codes = (await openTasksOf(at.office, caseId)).map(({ code }) => code)
    assert.deepEqual(codes, ['pin.locked', 'portal.pinLives'])
  })
})

describe('orders for a new PIN', () => {
  const order = async (kvnr: string): Promise<string> => {
    const parsed = parseKvnr(kvnr)
    if (!parsed.ok) throw new TypeError('no number')
    const secondFactor = { kind: 'card', digits: '017222' } as never
    const { recipient } = at.office.secrets.requestPair
    return toBase64url(await sealPinRequest(recipient, { kvnr: parsed.value, secondFactor }))
  }
  const given = (sealed: string, receivedAt = new Date().toISOString()) => {
    portal.requests_.push({ id: newId(), sealed, receivedAt })
  }

  test('that fit nobody leave nothing behind, in whatever number and shape they come', async () => {
    const before = [await rowsOf('pin_requests'), await rowsOf('audit')]
    for (const sealed of ['', '%%%', 'A'.repeat(9_000), await order('Z999999997')]) given(sealed)
    await run()
    assert.deepEqual(portal.requests_, [])
    assert.deepEqual([await rowsOf('pin_requests'), await rowsOf('audit')], before)
  })

  test('that are played again under new ids, and backdated, are one order', async () => {
    const kvnr = 'T000000014'
    const { caseId } = await openedCase(at.office, { kvnr })
    await publishRound(at.office, caseId, 1, 'none', '2026-11-01')
    const sealed = await order(kvnr)
    for (const day of ['2026-01-01', '2026-02-01', '2099-01-01']) {
      given(sealed, `${day}T00:00:00.000Z`)
      await run()
    }
    const requests = await at.office.database.kysely
      .selectFrom('pin_requests')
      .select(['outcome', 'received_at'])
      .where('case_id', '=', caseId)
      .execute()
    assert.deepEqual(
      requests.map(({ outcome }) => outcome),
      ['ordered'],
    )
    const age = Date.now() - Number(requests[0]?.received_at)
    assert.ok(age >= 0 && age < 600_000, 'the day of an order is that of the office')
  })

  test('at which the office itself fails are tried again, and those beside them are handled', async () => {
    const { caseId } = await openedCase(at.office, { kvnr: 'T000000026' })
    await publishRound(at.office, caseId, 1, 'none', '2026-11-20')
    given(await order('T000000026'), 'no instant at all')
    given('%%%')
    {
      await using _fault = await failingWrites(at.office, 'pin_requests', caseId)
      const acknowledged: string[] = []
      const acknowledgePinRequests = async (ids: readonly string[]) => {
        acknowledged.push(...ids)
        return good(undefined)
      }
      await run({ ...portal, acknowledgePinRequests })
      assert.deepEqual(acknowledged, [portal.requests_[1]?.id])
    }
    await run()
    assert.deepEqual(portal.requests_, [])
  })

  test('that need four eyes become a task: the person waits for a letter', async () => {
    const { caseId } = await openedCase(at.office, { kvnr: 'T000000038' })
    await publishRound(at.office, caseId, 1, 'none', '2026-11-01')
    await at.office.database.kysely
      .updateTable('cases')
      .set({ address_changed_on: new Date().toISOString().slice(0, 10) })
      .where('case_id', '=', caseId)
      .execute()
    given(await order('T000000038'))
    await run()
    assert.deepEqual(await openTasksOf(at.office, caseId), [
      { kind: 'pinRequest', code: 'reissue.fourEyes' },
    ])
  })
})

describe('the courier', () => {
  test('goes on after a step that fails, whatever is at fault', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published)
    const { caseId } = published
    portal.submissions.set(caseId, sent)
    await applyFact(at.office, fact('submitted', caseId, 1, { receipt: sent.receipt }))
    const bad = async () => ({ ok: false, code: 'service.failed', status: 502, extra: {} }) as const
    await run({ ...portal, facts: bad, pinRequests: bad })
    assert.equal(await stateOfCase(at.office, caseId), 'received')
  })

  test('holds back no command for another case at which the office itself fails', async () => {
    const [stuck, other] = [await publishedCase(at.office), await publishedCase(at.office)]
    for (const { caseId } of [stuck, other]) {
      await changeCard(at.office, caseId, '80276883110000099999', 'test')
    }
    const state = async (caseId: string) => (await commandsOf(at.office, caseId)).at(-1)?.state
    const honest = portal.command
    const command: typeof portal.command = async (caseId, ...rest) => {
      if (caseId === stuck.caseId) throw new TypeError('a fault for the test')
      return honest(caseId, ...rest)
    }
    await run({ ...portal, command })
    assert.deepEqual([await state(stuck.caseId), await state(other.caseId)], ['pending', 'applied'])
    await makeCommandsDue(at.office)
    await run()
    assert.equal(await state(stuck.caseId), 'applied')
  })
})
