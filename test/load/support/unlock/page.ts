// The code of the citizen's worker on a page's main thread, where DevTools can slow it down.
/// <reference path="../../../../apps/citizen/src/app.d.ts" />

import { secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { caseSecretFrom } from '@einmal-pin/vault/case-secret'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idWasm } from '@einmal-pin/vault/stretch-browser'
import { unwrapWithPin } from '@einmal-pin/vault/wrap'
import type { LoginData } from '../../../../apps/citizen/src/login/fields.ts'
import {
  type Attempt,
  beginLogin,
  endLogin,
  opaqueReady,
} from '../../../../apps/citizen/src/vault-worker/login-half.ts'
import { openCase, openFrameOf } from '../../../../apps/citizen/src/vault-worker/opened-case.ts'

let attempt: Attempt | undefined
let exportKey = ''
let spent = 0

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  const value = await work()
  spent += performance.now() - begun
  return value
}

/** The steps of a login without the line between them; `spent` sums up what they take, in milliseconds. */
const bench = {
  ready: async () => opaqueReady(),
  begin: (data: LoginData) =>
    timed(async () => {
      const begun = await beginLogin(data)
      attempt = begun.attempt
      return begun.opening
    }),
  finish: (loginResponse: string) =>
    timed(async () => {
      if (attempt === undefined) throw new Error('not begun')
      const result = await endLogin(attempt, loginResponse)
      exportKey = result?.exportKey ?? ''
      return result?.finishLoginRequest
    }),
  unlock: (place: { caseId: string; round: number }, wrapped: string, sealed: string) =>
    timed(async () => {
      const secret = await unwrapWithPin(exportKey, wrapped, place.caseId, place.round)
      const opened = await openCase(place, caseSecretFrom(secret))
      return (await openFrameOf(opened, 'package', fromBase64url(sealed))).revision
    }),
  stretch: async ({ kvnr, pin }: LoginData) => {
    const begun = performance.now()
    await stretchPin(argon2idWasm, {
      kvnr,
      selector: selectorOf(pin),
      secretDigits: secretDigitsOf(pin),
    })
    return performance.now() - begun
  },
  takeSpent: async () => {
    const milliseconds = spent
    spent = 0
    return milliseconds
  },
}

export type UnlockBench = typeof bench

Object.assign(globalThis, { bench })
