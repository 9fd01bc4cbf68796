// A person without a screen: logs in as the browser does, with the real vault and the real wire client.
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import { parsePin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { deriveCaseKeys } from '@einmal-pin/vault/case-secret'
import { identityDigest, secondFactorDigest } from '@einmal-pin/vault/digests'
import { finishLogin, startLogin } from '@einmal-pin/vault/opaque-client'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { unwrapWithPin } from '@einmal-pin/vault/wrap'
import type { Answer } from '@einmal-pin/wire/http-client'
import type { LoginOutcome } from '@einmal-pin/wire/login'
import { caseClient, portalClient } from '@einmal-pin/wire/portal-client'
import { type Line, openLine } from './line.ts'
import { OpenedCase } from './opened-case.ts'

/** What stands in the letter and on the card, as somebody would type it. */
export interface LoginData {
  readonly kvnr: string
  readonly pin: string
  /** Last six digits of the card, or a birth date. */
  readonly secondFactor: string
}

export interface LoggedIn {
  readonly outcome: LoginOutcome
  /** With the outcome `open` only. */
  readonly opened?: OpenedCase
}

/** The login data of a letter from the harness. */
export const loginDataOf = (letter: {
  readonly pin: string
  readonly person: {
    readonly kvnr: string
    readonly cardNumber?: string
    readonly birthDate: string
  }
}): LoginData => {
  const { pin, person } = letter
  const birth = person.birthDate.split('-').reverse().join('.')
  return { pin, kvnr: person.kvnr, secondFactor: person.cardNumber?.slice(-6) ?? birth }
}

function valid<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('the test types something that no page would accept')
  return result.value
}

/** Digests and the stretched PIN: everything that is computed before the first request. */
export async function prepareLogin(data: LoginData) {
  const kvnr = valid(parseKvnr(data.kvnr))
  const pin = valid(parsePin(data.pin))
  const selector = selectorOf(pin)
  const [password, identity, secondFactor] = await Promise.all([
    stretchPin(argon2idNative, { kvnr, selector, secretDigits: secretDigitsOf(pin) }),
    identityDigest(kvnr, selector),
    secondFactorDigest(kvnr, valid(parseSecondFactor(data.secondFactor, 6))),
  ])
  return {
    password,
    identity: toBase64url(identity),
    secondFactor: toBase64url(secondFactor),
  }
}

export type PreparedLogin = Awaited<ReturnType<typeof prepareLogin>>

export class Person {
  readonly origin: string
  readonly line: Line
  readonly #data: LoginData
  #prepared: Promise<PreparedLogin> | undefined

  constructor(origin: string, data: LoginData, line: Line = openLine(origin)) {
    this.origin = origin
    this.line = line
    this.#data = data
  }

  get portal() {
    return portalClient(this.origin, this.line.send)
  }

  /** Stretched once: a page that waits for a pause does not stretch again either. */
  prepared(): Promise<PreparedLogin> {
    this.#prepared ??= prepareLogin(this.#data)
    return this.#prepared
  }

  /** Both steps of the login; a wrong PIN shows after the first, like in the browser. */
  async login(): Promise<Answer<LoggedIn>> {
    const { password, identity, secondFactor } = await this.prepared()
    const { clientLoginState, startLoginRequest } = await startLogin(password)
    const started = await this.portal.loginStart({ identity, startLoginRequest })
    if (!started.ok) return started
    const { loginId, loginResponse, pauseOnFailureSeconds: pauseSeconds } = started.value
    const mine = await finishLogin({ clientLoginState, loginResponse, password })
    if (mine === undefined) {
      return { ok: false, code: 'login.failed', status: 401, extra: { pauseSeconds } }
    }
    const { finishLoginRequest, exportKey } = mine
    const answer = await this.portal.loginFinish({ loginId, finishLoginRequest, secondFactor })
    if (!answer.ok) return answer
    return { ...answer, value: await this.#enter(answer.value, exportKey) }
  }

  async #enter(outcome: LoginOutcome, exportKey: string): Promise<LoggedIn> {
    if (outcome.outcome !== 'open') return { outcome }
    const { caseId, round, wrappedSecret } = outcome
    const keys = await deriveCaseKeys(await unwrapWithPin(exportKey, wrappedSecret, caseId, round))
    const api = caseClient(this.origin, caseId, this.line.send)
    return { outcome, opened: new OpenedCase({ caseId, round }, keys, api) }
  }

  /** Logs in and stands in the open case; anything else fails the test with what was heard. */
  async open(): Promise<OpenedCase> {
    const answer = await this.login()
    if (!answer.ok) throw new Error(`login refused: ${answer.code}`)
    const { opened, outcome } = answer.value
    if (opened === undefined) throw new Error(`login heard: ${outcome.outcome}`)
    return opened
  }

  /** What fully right data hear instead of an open case, or the code of the refusal. */
  async hears(): Promise<string> {
    const answer = await this.login()
    return answer.ok ? answer.value.outcome.outcome : answer.code
  }
}
