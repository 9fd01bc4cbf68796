// Logins: the portal's CPU time per login against the bare OPAQUE server primitive, PostgreSQL's beside it, and logins per second.

import type { Kvnr } from '@einmal-pin/domain/kvnr'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { identityDigest } from '@einmal-pin/vault/digests'
import {
  finishLogin as clientFinish,
  startLogin as clientStart,
} from '@einmal-pin/vault/opaque-client'
import { newOpaqueSetup, register } from '@einmal-pin/vault/opaque-issue'
import { finishLogin, startLogin } from '@einmal-pin/vault/opaque-server'
import { newSecret } from '@einmal-pin/vault/random'
import type { LoginOutcome, LoginStarted } from '@einmal-pin/wire/login'
import { PORTAL } from '@einmal-pin/wire/routes'
import { startInstallation } from '../harness/installation.ts'
import { manyLetters } from '../harness/many-letters.ts'
import { loginDataOf, prepareLogin } from '../harness/person.ts'
import { cpuSeconds, cpuSecondsOfChildren } from './support/cpu.ts'
import { good, openCaller, perSecond } from './support/http-caller.ts'
import { report, round } from './support/report.ts'

const PERSONS = 12
/** Five tries are free: four at once never meet a pause. */
const AT_ONCE_PER_PERSON = 4
const SECONDS = 8
const WARM_UP_SECONDS = 10
const PRIMITIVE_ROUNDS = 400

/** CPU seconds of startLogin and finishLogin at the server, nothing around them. */
async function primitive(): Promise<number> {
  const setup = await newOpaqueSetup()
  const identity = toBase64url(await identityDigest('Q000000000' as Kvnr, '00'))
  const password = newSecret()
  const { record } = await register({ setup, identity, password })
  let microseconds = 0
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = process.cpuUsage()
    const value = await work()
    const { user, system } = process.cpuUsage(before)
    microseconds += user + system
    return value
  }
  for (let index = 0; index < PRIMITIVE_ROUNDS; index += 1) {
    const { clientLoginState, startLoginRequest } = await clientStart(password)
    const request = { setup, identity, record, startLoginRequest }
    const started = await timed(() => startLogin(request))
    if (started === undefined) throw new Error('the primitive refused its own message')
    const { loginResponse, serverLoginState } = started
    const mine = await clientFinish({ clientLoginState, loginResponse, password })
    const finishLoginRequest = mine?.finishLoginRequest ?? ''
    if (!(await timed(() => finishLogin({ serverLoginState, finishLoginRequest })))) {
      throw new Error('the primitive refused a right PIN')
    }
  }
  return microseconds / 1e6 / PRIMITIVE_ROUNDS
}

const installation = await startInstallation({ EP_LOGINS_PER_MINUTE: '1000000' })
try {
  const letters = await manyLetters(installation, PERSONS)
  await installation.stopZone('office')
  const prepared = await Promise.all(letters.map((letter) => prepareLogin(loginDataOf(letter))))
  const { call, close } = openCaller(installation.publicUrl)
  const headers = { 'content-type': 'application/json', origin: installation.publicUrl }
  const post = async <T>(path: string, value: object): Promise<T> => {
    const body = Buffer.from(JSON.stringify(value))
    return JSON.parse((await good(call('POST', path, { headers, body }))).body.toString()) as T
  }
  /** Both steps of a browser; what it does with the key afterwards is none of the portal's work. */
  const login = async (lane: number) => {
    const person = prepared[lane % PERSONS]
    if (person === undefined) throw new Error('no such person')
    const { identity, password, secondFactor } = person
    const { clientLoginState, startLoginRequest } = await clientStart(password)
    const start = { identity, startLoginRequest }
    const started = await post<LoginStarted>(PORTAL.loginStart.path, start)
    const { loginId, loginResponse } = started
    const mine = await clientFinish({ clientLoginState, loginResponse, password })
    const finishLoginRequest = mine?.finishLoginRequest ?? ''
    const finish = { loginId, finishLoginRequest, secondFactor }
    const { outcome } = await post<LoginOutcome>(PORTAL.loginFinish.path, finish)
    if (outcome !== 'open') throw new Error('a login was refused')
  }
  // A portal runs for weeks: what a new process still compiles is none of a login's cost.
  await perSecond(PERSONS * AT_ONCE_PER_PERSON, WARM_UP_SECONDS, login)
  const portal = installation.pidOf('portal')
  const postgres = installation.database.pid()
  const before = [cpuSeconds(portal), cpuSecondsOfChildren(postgres)] as const
  const begun = performance.now()
  const rate = await perSecond(PERSONS * AT_ONCE_PER_PERSON, SECONDS, login)
  const logins = (rate * (performance.now() - begun)) / 1000
  const portalCpu = (cpuSeconds(portal) - before[0]) / logins
  const postgresCpu = (cpuSecondsOfChildren(postgres) - before[1]) / logins
  close()
  const bare = await primitive()
  const milliseconds = (seconds: number) => `${round(seconds * 1000)} ms`
  report({
    name: 'login',
    title: 'Login',
    how: `${PERSONS * AT_ONCE_PER_PERSON} logins under way at once for ${SECONDS} s, each the two steps that a browser makes, with the office stopped. The primitive is startLogin and finishLogin of the OPAQUE server alone, ${PRIMITIVE_ROUNDS} times, in another process. The client's own OPAQUE and HTTP share the cores, so the rate is a lower bound.`,
    figures: [
      {
        what: 'CPU of the portal per login',
        value: milliseconds(portalCpu),
        against: `OPAQUE server primitive ${milliseconds(bare)}`,
        ratio: String(round(bare / portalCpu)),
        goal: 'primitive at least 0.6 of it',
        met: bare / portalCpu >= 0.6,
      },
      {
        what: 'CPU of PostgreSQL per login',
        value: milliseconds(postgresCpu),
        against: 'portal per login',
        ratio: String(round(postgresCpu / portalCpu)),
        goal: '',
      },
      {
        what: 'logins per second',
        value: String(round(rate, 0)),
        against: `one core doing nothing but the primitive: ${round(1 / bare, 0)}`,
        ratio: String(round(rate * bare)),
        goal: '',
      },
    ],
  })
} finally {
  await installation.remove()
}
