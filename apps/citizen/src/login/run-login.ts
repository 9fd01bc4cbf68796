// One login from checked data to the portal's plain answer. Loaded behind the form, while the person types.
import type { Failure } from '@einmal-pin/wire/http-client'
import type { LoginOutcome } from '@einmal-pin/wire/login'
import { portalClient } from '@einmal-pin/wire/portal-client'
import { wipeLeftBehind } from '../case/left-behind.ts'
import { vault } from '../vault-worker/vault.ts'
import type { LoginData } from './fields.ts'

export { errorText } from '../ui/error-text.ts'

export type LoginResult =
  | { readonly kind: 'entered' }
  | { readonly kind: 'answer'; readonly outcome: Exclude<LoginOutcome, { outcome: 'open' }> }
  /** One of the three is wrong; `pauseSeconds` until the next try is looked at. */
  | { readonly kind: 'wrong'; readonly pauseSeconds: number }
  /** Nothing was looked at; the same data may be tried again after the pause. */
  | { readonly kind: 'paused'; readonly pauseSeconds: number }
  | { readonly kind: 'failed'; readonly code: Failure['code'] }

/** What can be done while somebody types: the WASM is compiled, and what an older case left behind is wiped. */
export async function warmUp(): Promise<void> {
  await Promise.all([vault('warmUp'), wipeLeftBehind()])
}

const secondsIn = (failure: Failure, name: string): number => {
  const value = failure.extra[name]
  return typeof value === 'number' ? value : 0
}

function refusal(failure: Failure): LoginResult {
  if (failure.code === 'login.paused') {
    return { kind: 'paused', pauseSeconds: secondsIn(failure, 'retryAfterSeconds') }
  }
  if (failure.code === 'login.failed') {
    return { kind: 'wrong', pauseSeconds: secondsIn(failure, 'pauseSeconds') }
  }
  return { kind: 'failed', code: failure.code }
}

const portal = () => portalClient(location.origin)

/** What shows a case is fetched while the portal checks the PIN: the login itself does not need it. */
const caseOpening = () => import('../case/open.ts')

export async function runLogin(data: LoginData): Promise<LoginResult> {
  void caseOpening().catch(() => undefined)
  const { identity, secondFactor, startLoginRequest } = await vault('startLogin', data)
  const started = await portal().loginStart({ identity, startLoginRequest })
  if (!started.ok) return refusal(started)
  const { loginId, loginResponse, pauseOnFailureSeconds } = started.value
  const proof = await vault('finishLogin', loginResponse)
  if (!proof) return { kind: 'wrong', pauseSeconds: pauseOnFailureSeconds }
  const { finishLoginRequest } = proof
  const finished = await portal().loginFinish({ loginId, finishLoginRequest, secondFactor })
  if (!finished.ok) return refusal(finished)
  return finish(finished.value)
}

async function finish(outcome: LoginOutcome): Promise<LoginResult> {
  if (outcome.outcome !== 'open') return { kind: 'answer', outcome }
  const { caseId, round, wrappedSecret } = outcome
  await vault('unlock', { caseId, round }, wrappedSecret)
  const { enterCase } = await caseOpening()
  await enterCase({ caseId, round })
  return { kind: 'entered' }
}
