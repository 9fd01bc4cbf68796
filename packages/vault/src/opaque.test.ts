// The login: office registers, browser and portal agree, and everything else fails alike.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import vectors from '../vectors/login.json' with { type: 'json' }
import { fromBase64url, toHex } from './base64url.ts'
import * as client from './opaque-client.ts'
import { newOpaqueSetup, register, serverPublicKey } from './opaque-issue.ts'
import {
  FINISH_LOGIN_REQUEST_LENGTH,
  LOGIN_RESPONSE_LENGTH,
  OPAQUE_RECORD_LENGTH,
  START_LOGIN_REQUEST_LENGTH,
} from './opaque-parameters.ts'
import * as server from './opaque-server.ts'
import { unwrapWithPin } from './wrap.ts'

const setup = await newOpaqueSetup()
const identity = vectors.identity
const password = vectors.password
const { record, exportKey } = await register({ setup, identity, password })

const attempt = async (tried: string, known: string | null, under = setup) => {
  const started = await client.startLogin(tried)
  const answered = await server.startLogin({ setup: under, identity, record: known, ...started })
  assert.ok(answered)
  const { loginResponse, serverLoginState } = answered
  const finished = await client.finishLogin({ ...started, loginResponse, password: tried })
  return { started, loginResponse, serverLoginState, finished }
}

test('the right PIN opens, with the export key of the registration', async () => {
  const { finished, serverLoginState } = await attempt(password, record)
  assert.ok(finished)
  assert.equal(finished.exportKey, exportKey)
  assert.equal(finished.serverPublicKey, await serverPublicKey(setup))
  const { finishLoginRequest } = finished
  assert.equal(await server.finishLogin({ serverLoginState, finishLoginRequest }), true)
})

test('wrong PIN, unknown identity and another setup look the same to the browser', async () => {
  const other = await newOpaqueSetup()
  const outcomes = [
    await attempt(`${password}x`, record),
    await attempt(password, null),
    await attempt(password, record, other),
  ]
  for (const { finished, loginResponse } of outcomes) {
    assert.equal(finished, undefined)
    assert.equal(loginResponse.length, LOGIN_RESPONSE_LENGTH)
  }
})

test('the messages have the lengths that the wire demands', async () => {
  const { started, finished } = await attempt(password, record)
  assert.equal(started.startLoginRequest.length, START_LOGIN_REQUEST_LENGTH)
  assert.equal(finished?.finishLoginRequest.length, FINISH_LOGIN_REQUEST_LENGTH)
  assert.equal(record.length, OPAQUE_RECORD_LENGTH)
})

test('malformed messages are refused without an exception', async () => {
  const { started, finished, serverLoginState } = await attempt(password, record)
  for (const bad of ['', 'A', '!!', 'A'.repeat(START_LOGIN_REQUEST_LENGTH)]) {
    const request = { setup, identity, record, startLoginRequest: bad }
    assert.equal(await server.startLogin(request), undefined)
    assert.equal(await server.finishLogin({ serverLoginState, finishLoginRequest: bad }), false)
    const answer = { ...started, loginResponse: bad, password }
    assert.equal(await client.finishLogin(answer), undefined)
  }
  const finishLoginRequest = finished?.finishLoginRequest ?? ''
  assert.equal(await server.finishLogin({ serverLoginState: 'A', finishLoginRequest }), false)
})

test('the last message of one attempt finishes no other attempt', async () => {
  const [one, two] = [await attempt(password, record), await attempt(password, record)]
  const finishLoginRequest = one.finished?.finishLoginRequest ?? ''
  const crossed = { serverLoginState: two.serverLoginState, finishLoginRequest }
  assert.equal(await server.finishLogin(crossed), false)
})

test('a client state that is none is a bug and throws', async () => {
  const loginResponse = 'A'.repeat(LOGIN_RESPONSE_LENGTH)
  const broken = { clientLoginState: '', loginResponse, password }
  await assert.rejects(client.finishLogin(broken), { code: 'opaque.state' })
})

test('the fixed transcript finishes and unwraps the case secret', async () => {
  const { transcript, caseId, round } = vectors
  const finished = await client.finishLogin({ ...transcript, password })
  assert.ok(finished)
  assert.equal(finished.finishLoginRequest, transcript.finishLoginRequest)
  assert.equal(finished.exportKey, vectors.exportKey)
  assert.equal(finished.serverPublicKey, vectors.serverPublicKey)
  assert.equal(await server.finishLogin({ ...transcript, ...finished }), true)
  const secret = await unwrapWithPin(finished.exportKey, vectors.wrappedSecret, caseId, round)
  assert.equal(toHex(secret), vectors.secret)
})

test('the fixed record logs in anew', async () => {
  const started = await client.startLogin(password)
  const known = { setup: vectors.setup, identity, record: vectors.record }
  const answered = await server.startLogin({ ...known, ...started })
  const loginResponse = answered?.loginResponse ?? ''
  const finished = await client.finishLogin({ ...started, loginResponse, password })
  assert.equal(finished?.exportKey, vectors.exportKey)
  assert.equal(fromBase64url(vectors.setup).length, 128)
})
