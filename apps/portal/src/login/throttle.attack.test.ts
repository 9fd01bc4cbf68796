// Attacks on the login's counters: parallel guesses, cut connections, other networks, and the freeze.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newSecret } from '@einmal-pin/vault/random'
import { sql } from 'kysely'
import { must } from '../testing/browser.ts'
import type { Letter } from '../testing/issue.ts'
import { credentialsOf, makePerson, makePin } from '../testing/person.ts'
import { startTestPortal } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

const wrong = (letter: Letter) => ({ ...letter.credentials, password: newSecret() })

async function totalOf(letter: Letter): Promise<number> {
  const row = await portal.database.kysely
    .selectFrom('total_attempts')
    .where('identity', '=', letter.command.identity)
    .select('failures')
    .executeTakeFirst()
  return row?.failures ?? 0
}

const setTotal = (letter: Letter, failures: number) =>
  sql`insert into total_attempts (identity, failures, last_failure_at)
    values (${letter.command.identity}, ${failures}, clock_timestamp())
    on conflict (identity) do update set failures = excluded.failures`.execute(
    portal.database.kysely,
  )

async function secondFactorFailures({ caseId }: Letter): Promise<number> {
  const { second_factor_failures: failures } = await portal.database.kysely
    .selectFrom('pins')
    .where('case_id', '=', caseId)
    .select('second_factor_failures')
    .executeTakeFirstOrThrow()
  return failures
}

/** Lets the pause of every network run out. */
const endPauses = () =>
  portal.database.kysely
    .updateTable('network_attempts')
    .set({ not_before: new Date(0) })
    .execute()

describe('wrong PINs', () => {
  test('twenty guesses in parallel get five answers; the others have to wait', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.5')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.start(wrong(letter))),
    )
    const codes = answers.map((answer) => (answer.ok ? 'answered' : answer.code))
    assert.equal(codes.filter((code) => code === 'answered').length, 5)
    assert.equal(codes.filter((code) => code === 'login.paused').length, 15)
    assert.equal(await totalOf(letter), 5)
  })

  test('count at the first message, although the attacker never sends the second', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.6')
    const pauses = []
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const step = await browser.start(wrong(letter))
      assert.ok(step.ok)
      assert.equal(step.finished, undefined)
      pauses.push(step.pauseOnFailureSeconds)
    }
    assert.deepEqual(pauses, [0, 0, 0, 0, 30])
    const sixth = await browser.start(letter.credentials)
    assert.ok(!sixth.ok)
    assert.equal(sixth.status, 429)
    assert.equal(sixth.code, 'login.paused')
    const { retryAfterSeconds } = sixth.extra
    assert.ok(typeof retryAfterSeconds === 'number' && retryAfterSeconds > 25)
    assert.ok(retryAfterSeconds <= 30)
  })

  test('pause one network only: the person elsewhere gets in', async () => {
    const letter = await portal.issue()
    const attacker = portal.browser('203.0.113.7')
    for (let attempt = 0; attempt < 6; attempt += 1) await attacker.start(wrong(letter))
    assert.ok((await portal.browser('198.51.100.9').login(letter.credentials)).ok)
  })

  test('are one network for one /24 and one /64, and another for the next', async () => {
    const letter = await portal.issue()
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await portal.browser(`198.18.7.${attempt}`).start(wrong(letter))
    }
    assert.ok(!(await portal.browser('198.18.7.99').start(letter.credentials)).ok)
    assert.ok((await portal.browser('198.18.8.99').start(letter.credentials)).ok)
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await portal.browser(`2001:db8:0:1::${attempt}`).start(wrong(letter))
    }
    assert.ok(!(await portal.browser('2001:db8:0:1:ffff::1').start(letter.credentials)).ok)
    assert.ok((await portal.browser('2001:db8:0:2::1').start(letter.credentials)).ok)
  })

  test('each pause is twice the one before, and one hour at most', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.8')
    const pauses = []
    for (let attempt = 1; attempt <= 14; attempt += 1) {
      await endPauses()
      const step = await browser.start(wrong(letter))
      assert.ok(step.ok)
      pauses.push(step.pauseOnFailureSeconds)
      const stored = await sql<{ seconds: number }>`
        select round(extract(epoch from not_before - last_failure_at))::int as seconds
        from network_attempts where identity = ${letter.command.identity}`.execute(
        portal.database.kysely,
      )
      if (attempt > 1) assert.equal(stored.rows[0]?.seconds, step.pauseOnFailureSeconds)
    }
    assert.deepEqual(pauses, [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
  })

  test('lapse after a day without another', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.9')
    for (let attempt = 0; attempt < 5; attempt += 1) await browser.start(wrong(letter))
    await portal.database.kysely
      .updateTable('network_attempts')
      .set({
        last_failure_at: sql<Date>`clock_timestamp() - interval '25 hours'`,
        not_before: new Date(0),
      })
      .where('identity', '=', letter.command.identity)
      .execute()
    const step = await browser.start(wrong(letter))
    assert.ok(step.ok && step.pauseOnFailureSeconds === 0)
  })
})

describe('a right PIN', () => {
  test('takes back exactly one try and its own pause', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.20')
    for (let attempt = 0; attempt < 4; attempt += 1) await browser.start(wrong(letter))
    assert.ok((await browser.login(letter.credentials)).ok)
    assert.equal(await totalOf(letter), 4)
    // The fifth wrong one pauses as if nothing had been in between.
    const fifth = await browser.start(wrong(letter))
    assert.ok(fifth.ok && fifth.pauseOnFailureSeconds === 30)
    assert.equal((await browser.start(wrong(letter))).ok, false)
  })

  test('begun before the pause is honoured during it', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.21')
    const step = await browser.start(letter.credentials)
    assert.ok(step.ok && step.finished !== undefined)
    for (let attempt = 0; attempt < 4; attempt += 1) await browser.start(wrong(letter))
    assert.equal((await browser.start(letter.credentials)).ok, false)
    const { loginId, finished } = step
    const { finishLoginRequest } = finished
    const { secondFactor } = letter.credentials
    const outcome = await browser.portal.loginFinish({ loginId, finishLoginRequest, secondFactor })
    assert.equal(must(outcome).outcome, 'open')
  })

  test('cut off between the two messages costs a try, and a login state works once only', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.22')
    const step = await browser.start(letter.credentials)
    assert.ok(step.ok && step.finished !== undefined)
    assert.equal(await totalOf(letter), 1)
    const { finishLoginRequest } = step.finished
    const { secondFactor } = letter.credentials
    const finish = () =>
      browser.portal.loginFinish({ loginId: step.loginId, finishLoginRequest, secondFactor })
    const twice = await Promise.all([finish(), finish()])
    assert.deepEqual(twice.map(({ ok }) => ok).sort(), [false, true])
    assert.equal(await totalOf(letter), 0)
    assert.equal((await finish()).status, 401)
  })

  test('is too late a minute after its first message', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.23')
    const step = await browser.start(letter.credentials)
    assert.ok(step.ok && step.finished !== undefined)
    await portal.database.kysely
      .updateTable('login_states')
      .set({ expires_at: sql<Date>`clock_timestamp() - interval '1 second'` })
      .execute()
    const { finishLoginRequest } = step.finished
    const { secondFactor } = letter.credentials
    const { loginId } = step
    const outcome = await browser.portal.loginFinish({ loginId, finishLoginRequest, secondFactor })
    assert.ok(!outcome.ok && outcome.code === 'login.failed')
    assert.equal(await totalOf(letter), 1)
  })

  test('never frees a guess: a forged second message is refused and nothing is given back', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.24')
    const step = await browser.start(wrong(letter))
    assert.ok(step.ok)
    const { secondFactor } = letter.credentials
    const outcome = await browser.portal.loginFinish({
      loginId: step.loginId,
      finishLoginRequest: 'A'.repeat(86),
      secondFactor,
    })
    assert.ok(!outcome.ok && outcome.code === 'login.failed')
    assert.equal(await totalOf(letter), 1)
  })
})

describe('the freeze', () => {
  test('comes after a thousand wrong tries over all networks, takes the wrapped secret and tells the office', async () => {
    const letter = await portal.issue()
    const open = await portal.browser().open(letter.credentials)
    await setTotal(letter, 999)
    await portal.browser('203.0.113.30').start(wrong(letter))
    assert.ok((await open.client.session()).ok)
    await portal.browser('203.0.113.31').start(wrong(letter))
    const gone = await open.client.session()
    assert.ok(!gone.ok && gone.status === 410 && gone.code === 'case.locked')
    const result = await portal.browser('198.51.100.30').login(letter.credentials)
    assert.ok(result.ok && result.value.outcome === 'locked')
    const { rows } = await sql<{ open: number }>`select count(*)::int as open from pins
      where case_id = ${letter.caseId} and (wrapped_secret is not null or package is not null)`.execute(
      portal.database.kysely,
    )
    assert.equal(rows[0]?.open, 0)
    const { facts } = must(await portal.link.outbox())
    const locked = facts.filter(({ caseId, type }) => caseId === letter.caseId && type === 'locked')
    assert.equal(locked.length, 1)
  })

  test('is the same work for identities that nobody has', async () => {
    const person = makePerson()
    const credentials = await credentialsOf(person, makePin())
    await portal.browser('203.0.113.32').start(credentials)
    await sql`update total_attempts set failures = 5000`.execute(portal.database.kysely)
    const step = await portal.browser('203.0.113.33').start(credentials)
    assert.ok(step.ok && step.finished === undefined)
    await sql`delete from total_attempts`.execute(portal.database.kysely)
  })
})

describe('a wrong second factor', () => {
  const withWrongCard = (letter: Letter) => ({
    ...letter.credentials,
    secondFactor: newSecret(),
  })
  const endFactorPause = (letter: Letter) =>
    portal.database.kysely
      .updateTable('pins')
      .set({ second_factor_not_before: new Date(0) })
      .where('case_id', '=', letter.caseId)
      .execute()

  test('is free five times, then pauses, and freezes the PIN at the twentieth', async () => {
    const letter = await portal.issue()
    const pauses = []
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      await endFactorPause(letter)
      const network = `198.19.${attempt}.1`
      const result = await portal.browser(network).login(withWrongCard(letter))
      assert.ok(!result.ok && result.code === 'login.failed')
      pauses.push(result.extra['pauseSeconds'])
      if (attempt === 5) {
        const paused = await portal.browser('198.51.100.40').login(letter.credentials)
        assert.ok(!paused.ok && paused.code === 'login.paused')
      }
    }
    assert.deepEqual(pauses.slice(0, 7), [0, 0, 0, 0, 30, 60, 120])
    await endFactorPause(letter)
    const result = await portal.browser('198.51.100.41').login(letter.credentials)
    assert.ok(result.ok && result.value.outcome === 'locked')
  })

  test('in parallel is counted one by one', async () => {
    const letter = await portal.issue()
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        portal.browser(`198.19.10${index}.1`).login(withWrongCard(letter)),
      ),
    )
    const codes = results.map((result) => (result.ok ? 'in' : result.code))
    assert.equal(codes.filter((code) => code === 'login.failed').length, 5)
    assert.equal(codes.filter((code) => code === 'login.paused').length, 7)
  })

  test('is judged once for one first message, however many are sent at once', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('198.19.201.1')
    assert.ok((await browser.login(letter.credentials)).ok)
    const step = await browser.start(letter.credentials)
    assert.ok(step.ok && step.finished !== undefined)
    const { loginId, finished } = step
    const guesses = [...Array(9).fill(withWrongCard(letter)), letter.credentials]
    const answers = await Promise.all(
      guesses.map(({ secondFactor }) =>
        browser.portal.loginFinish({
          loginId,
          finishLoginRequest: finished.finishLoginRequest,
          secondFactor,
        }),
      ),
    )
    const entered = answers.filter(({ ok }) => ok).length
    assert.equal(entered + (await secondFactorFailures(letter)), 1)
  })

  test('that was wrong once is judged one by one ever after, also for who was in before', async () => {
    const letter = await portal.issue()
    const network = (index: number) => `198.19.${210 + index}.1`
    assert.ok((await portal.browser(network(0)).login(letter.credentials)).ok)
    const guess = (index: number) => portal.browser(network(index)).login(withWrongCard(letter))
    assert.ok(!(await guess(0)).ok)
    const results = await Promise.all(Array.from({ length: 12 }, (_, index) => guess(index + 1)))
    const codes = results.map((result) => (result.ok ? 'in' : result.code))
    assert.equal(codes.filter((code) => code === 'login.failed').length, 4)
    assert.equal(codes.filter((code) => code === 'login.paused').length, 8)
  })

  test('gives nothing out: no cookie, no wrapped secret', async () => {
    const letter = await portal.issue()
    const browser = portal.browser('198.19.200.1')
    const result = await browser.login(withWrongCard(letter))
    assert.ok(!result.ok && result.code === 'login.failed')
    assert.equal(browser.cookies.size, 0)
    assert.deepEqual(Object.keys(result.extra).sort(), [
      'code',
      'detail',
      'pauseSeconds',
      'status',
      'title',
      'type',
    ])
  })
})

test('the bucket before the login stops a flood from one network, and only there', async () => {
  const small = await startTestPortal({ limits: { loginsPerMinute: 10 } })
  try {
    const letter = await small.issue()
    const flood = small.browser('203.0.113.60')
    const answers = await Promise.all(
      Array.from({ length: 25 }, async () =>
        flood.start(await credentialsOf(makePerson(), makePin())),
      ),
    )
    const refused = answers.filter((answer) => !answer.ok && answer.code === 'request.tooMany')
    assert.equal(refused.length, 15)
    assert.ok((await small.browser('198.51.100.60').login(letter.credentials)).ok)
  } finally {
    await small.close()
  }
})
