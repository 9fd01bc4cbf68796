// The promises about the line to the portal: an answer is bounded, has the shape that was asked for, or is a failure; never an exception.
import assert from 'node:assert/strict'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { newCaseId } from '@einmal-pin/vault/random'
import { makeLink, type PortalLink } from './link.ts'

let server: Server
let link: PortalLink
let answer: (reply: ServerResponse) => void

before(async () => {
  server = createServer((_request, reply) => answer(reply))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  link = makeLink({
    origin: async () => origin,
    publicUrl: 'https://portal.example',
    signingKey: await newSigningKey(),
    now: async () => new Date(),
  })
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const says = (body: unknown, status = 200) => {
  answer = (reply) => {
    reply.writeHead(status, { 'content-type': 'application/json' })
    reply.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}
const codeOf = async (call: Promise<{ ok: boolean; code?: string }>) => (await call).code ?? 'ok'

/** Bytes without an end, as fast as they are taken; resolves once the office has hung up. */
function pourOut(head: string): Promise<number> {
  return new Promise((hungUp) => {
    answer = (reply) => {
      let sent = 0
      const chunk = Buffer.alloc(256 * 1024, ' ')
      const pour = () => {
        while (reply.writable && reply.write(chunk)) sent += chunk.length
      }
      reply.on('drain', pour)
      reply.on('close', () => hungUp(sent))
      reply.writeHead(200, { 'content-type': 'application/json' })
      reply.write(head)
      pour()
    }
  })
}

test('a blob without an end is broken off where the largest honest one ends', async () => {
  const sent = pourOut('')
  const largest = 1024 * 1024
  assert.equal(await codeOf(link.blob(newCaseId(), 'answers', largest)), 'network')
  assert.ok((await sent) < 20 * largest)
})

test('a list without an end is broken off', async () => {
  const sent = pourOut('{"facts":[')
  assert.equal(await codeOf(link.facts(100)), 'network')
  assert.ok((await sent) < 64 * 1024 * 1024)
})

test('what unpacks to more than agreed is broken off, however small it came', async () => {
  answer = (reply) => {
    reply.writeHead(200, { 'content-encoding': 'gzip' })
    reply.end(gzipSync(Buffer.alloc(32 * 1024 * 1024)))
  }
  assert.equal(await codeOf(link.blob(newCaseId(), 'answers', 1024 * 1024)), 'network')
})

test('an answer of another shape is a failure of the portal, never an exception', async () => {
  const caseId = newCaseId()
  const calls = {
    status: () => link.status(),
    command: () => link.command(caseId, 1, '{"type":"revoke","eraseDraft":true}'),
    facts: () => link.facts(100),
    submission: () => link.submission(caseId),
    pinRequests: () => link.pinRequests(),
    cases: () => link.cases(null, 500),
  }
  const fact = { id: 'x', caseId: '../..', round: 1, type: 'locked', day: '2026-11-24' }
  for (const body of [{}, [], null, 'not json', { facts: [fact] }, { cases: [{}], next: null }]) {
    says(body)
    for (const [name, call] of Object.entries(calls)) {
      assert.notEqual(await codeOf(call()), 'ok', `${name}: ${JSON.stringify(body)}`)
    }
  }
  says('<html>', 502)
  for (const call of Object.values(calls)) assert.equal(await codeOf(call()), 'service.failed')
})

test('a portal that sends the office elsewhere is not followed', async () => {
  let asked = 0
  answer = (reply) => {
    asked += 1
    reply.writeHead(307, { location: '/elsewhere' })
    reply.end()
  }
  assert.equal(await codeOf(link.status()), 'network')
  assert.equal(asked, 1)
})
