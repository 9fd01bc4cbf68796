// Nobody learns from the login whether a person has a case: same lengths, same fields, same database work.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newSecret } from '@einmal-pin/vault/random'
import type { PortalTables } from '../store/schema.ts'
import { must } from '../testing/browser.ts'
import { type Credentials, credentialsOf, makePerson, makePin } from '../testing/person.ts'
import { watchStatements } from '../testing/statements.ts'
import { startTestPortal } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

const unknown = async (): Promise<Credentials> => credentialsOf(makePerson(), makePin())

/** Raw answers of both steps with a wrong PIN, and the statements that they took. */
async function attempt(credentials: Credentials, network: string) {
  const browser = portal.browser(network)
  const statements = watchStatements<PortalTables>(portal.database)
  const { startLogin } = await import('@einmal-pin/vault/opaque-client')
  const { startLoginRequest } = await startLogin(newSecret())
  const { identity, secondFactor } = credentials
  const started = must(await browser.portal.loginStart({ identity, startLoginRequest }))
  const finished = await browser.portal.loginFinish({
    loginId: started.loginId,
    finishLoginRequest: 'A'.repeat(86),
    secondFactor,
  })
  return {
    lengths: [started.loginId.length, started.loginResponse.length, started.pauseOnFailureSeconds],
    refusal: finished.ok ? finished.value : finished.extra,
    statements: statements.stop(),
  }
}

test('known and unknown identities get answers of the same length after the same statements', async () => {
  const letter = await portal.issue()
  const known = await attempt(letter.credentials, '203.0.113.1')
  const stranger = await attempt(await unknown(), '198.51.100.1')
  assert.deepEqual(known.lengths, stranger.lengths)
  assert.deepEqual(known.refusal, stranger.refusal)
  assert.deepEqual(known.statements, stranger.statements)
  // The count, the state, the taking: the enumeration would show in any of them.
  assert.ok(known.statements.length >= 3)
})

test('dead PINs look like unknown ones to whoever does not know them', async () => {
  const letter = await portal.issue()
  must(await portal.link.command(letter.caseId, 2, { type: 'revoke', eraseDraft: true }))
  const dead = await attempt(letter.credentials, '203.0.113.2')
  const stranger = await attempt(await unknown(), '198.51.100.2')
  assert.deepEqual(dead, stranger)
})

test('pauses come the same way for unknown identities', async () => {
  const letter = await portal.issue()
  for (const credentials of [letter.credentials, await unknown()]) {
    const codes = []
    for (let index = 0; index < 7; index += 1) {
      const step = await portal
        .browser('203.0.113.3')
        .start({ ...credentials, password: newSecret() })
      codes.push(step.ok ? step.pauseOnFailureSeconds : step.code)
    }
    assert.deepEqual(codes, [0, 0, 0, 0, 30, 'login.paused', 'login.paused'])
  }
})

test('every answer of the login waits for the floor', async () => {
  const slow = await startTestPortal({ limits: { floorMilliseconds: 150 } })
  try {
    const begun = performance.now()
    await slow.browser().start(await unknown())
    assert.ok(performance.now() - begun >= 149)
  } finally {
    await slow.close()
  }
})
