// First step of the login: the try is counted before OPAQUE does any work, the same way for known and unknown identities.
import { afterWrongPin, pauseAfter } from '@einmal-pin/domain/throttle'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { startLogin as startOpaque } from '@einmal-pin/vault/opaque-server'
import { pepperIdentity } from '@einmal-pin/vault/pepper'
import type { LoginStart, LoginStarted } from '@einmal-pin/wire/login'
import { problem } from '@einmal-pin/wire/problem'
import type { Portal } from '../portal.ts'
import { rememberAttempt } from '../store/login-states.ts'
import { takeToken } from '../store/network-budget.ts'
import { freezeByIdentity, loginRecord } from '../store/pins.ts'
import { type Counted, countAttempt, type Pair, secondsToWait } from '../store/throttle.ts'

/** Throws `request.tooMany`, `login.closed`, `login.paused` or `request.invalid`; none of them depends on whether the identity is known. */
export async function startLogin(
  portal: Portal,
  network: string,
  { identity, startLoginRequest }: LoginStart,
): Promise<LoginStarted> {
  const db = portal.database.kysely
  await spendToken(portal, network)
  const peppered = toBase64url(
    await pepperIdentity(portal.secrets.pepper, fromBase64url(identity, 32)),
  )
  const { loginsOpen, record } = await loginRecord(db, peppered)
  if (!loginsOpen) throw problem('login.closed', { retryAfterSeconds: 60 })
  const pair = { identity: peppered, network }
  const counted = await count(portal, pair)
  const setup = portal.secrets.opaqueSetup
  const answer = await startOpaque({ setup, identity, record, startLoginRequest })
  if (answer === undefined) throw problem('request.invalid')
  const { loginResponse, serverLoginState: serverState } = answer
  const attempt = counted.fromNetwork
  const loginId = await rememberAttempt(db, { ...pair, attempt, serverState })
  return { loginId, loginResponse, pauseOnFailureSeconds: pauseAfter(attempt) }
}

async function spendToken({ config, database }: Portal, network: string): Promise<void> {
  const { loginsPerMinute } = config.limits
  const budget = { purpose: 'login', burst: loginsPerMinute, perMinute: loginsPerMinute }
  if (await takeToken(database.kysely, network, budget)) return
  throw problem('request.tooMany', { retryAfterSeconds: 10 })
}

async function count({ database, clock }: Portal, pair: Pair): Promise<Counted> {
  const db = database.kysely
  const counted = await countAttempt(db, pair)
  if (counted === undefined) {
    throw problem('login.paused', { retryAfterSeconds: await secondsToWait(db, pair) })
  }
  // Wrong tries before this one, which may well be right.
  const { frozen } = afterWrongPin(counted.fromNetwork - 1, counted.fromAll - 1)
  if (frozen) await database.transaction((tx) => freezeByIdentity(tx, clock, pair.identity))
  return counted
}
