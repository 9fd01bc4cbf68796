// First step of the login: the try is counted before OPAQUE does any work, the same way for known and unknown identities.
import { afterWrongPin, pauseAfter } from '@einmal-pin/domain/throttle'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { startLogin as startOpaque } from '@einmal-pin/vault/opaque-server'
import { pepperIdentity } from '@einmal-pin/vault/pepper'
import type { LoginStart, LoginStarted } from '@einmal-pin/wire/login'
import { problem } from '@einmal-pin/wire/problem'
import type { Portal } from '../portal.ts'
import { rememberAttempt } from '../store/login-states.ts'
import { freezeByIdentity } from '../store/pins.ts'
import { type BegunAttempt, beginAttempt, type Pair } from '../store/throttle.ts'

type Counted = Extract<BegunAttempt, { verdict: 'counted' }>

/** Throws `request.tooMany`, `login.closed`, `login.paused` or `request.invalid`; none of them depends on whether the identity is known. */
export async function startLogin(
  portal: Portal,
  network: string,
  { identity, startLoginRequest }: LoginStart,
): Promise<LoginStarted> {
  const { pepper, opaqueSetup: setup } = portal.secrets
  const peppered = toBase64url(await pepperIdentity(pepper, fromBase64url(identity, 32)))
  const pair = { identity: peppered, network }
  const { record, fromNetwork: attempt } = await begin(portal, pair)
  const answer = await startOpaque({ setup, identity, record, startLoginRequest })
  if (answer === undefined) throw problem('request.invalid')
  const { loginResponse, serverLoginState: serverState } = answer
  const loginId = await rememberAttempt(portal.database, { ...pair, attempt, serverState })
  return { loginId, loginResponse, pauseOnFailureSeconds: pauseAfter(attempt) }
}

async function begin({ config, database, clock }: Portal, pair: Pair): Promise<Counted> {
  const { loginsPerMinute: perMinute } = config.limits
  const budget = { purpose: 'login', burst: perMinute, perMinute }
  const begun = await beginAttempt(database, pair, budget)
  switch (begun.verdict) {
    case 'noToken':
      throw problem('request.tooMany', { retryAfterSeconds: 10 })
    case 'closed':
      throw problem('login.closed', { retryAfterSeconds: 60 })
    case 'paused':
      throw problem('login.paused', { retryAfterSeconds: begun.secondsToWait })
    case 'counted': {
      // Wrong tries before this one, which may well be right.
      const { frozen } = afterWrongPin(begun.fromNetwork - 1, begun.fromAll - 1)
      if (frozen) await database.transaction((tx) => freezeByIdentity(tx, clock, pair.identity))
      return begun
    }
    default:
      return begun satisfies never
  }
}
