// Attacks on the office's listener: altered, replayed, old and foreign signatures; older commands, and the same number twice.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { signRequest } from '@einmal-pin/vault/http-signing'
import { newCaseId, newId, newSecret } from '@einmal-pin/vault/random'
import { LINK } from '@einmal-pin/wire/routes'
import { must } from '../testing/browser.ts'
import { makeLetter, mustApply, reissueLetter, secondFactorsOf } from '../testing/issue.ts'
import { officeLink, signedRequest } from '../testing/office-link.ts'
import { startTestPortal, TEST_ORIGIN } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

async function codeOf(response: Response | Promise<Response>): Promise<string> {
  const answer = await response
  return answer.ok ? 'ok' : (await answer.json()).code
}

/** A signed publish command, ready to be bent. */
async function publishRequest() {
  const { command, caseId } = await makeLetter(portal.office)
  const call = { parameters: { caseId, number: 1 }, json: command }
  return { caseId, command, request: await signedRequest(portal.link.options, LINK.command, call) }
}

const bend = async (
  request: Request,
  change: Partial<{ url: string; method: string; body: string; headers: Record<string, string> }>,
) => {
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(change.headers ?? {})) {
    if (value === '') headers.delete(name)
    else headers.set(name, value)
  }
  const body = change.body ?? (await request.clone().text())
  return fetch(change.url ?? request.url, {
    method: change.method ?? request.method,
    headers,
    ...(body !== '' && { body }),
  })
}

describe('a signature', () => {
  test('lets an honest request through', async () => {
    const { request } = await publishRequest()
    assert.equal(await codeOf(fetch(request)), 'ok')
  })

  test('does not survive a changed body, with or without a new digest', async () => {
    const { request, command } = await publishRequest()
    const body = JSON.stringify({ ...command, lastDay: '2099-01-01' })
    const { makeContentDigest } = await import('@einmal-pin/vault/digest')
    const digest = await makeContentDigest(new TextEncoder().encode(body))
    assert.equal(await codeOf(bend(request, { body })), 'signature.invalid')
    const headers = { 'content-digest': digest }
    assert.equal(await codeOf(bend(request, { body, headers })), 'signature.invalid')
    assert.equal(
      await codeOf(bend(request, { headers: { 'content-digest': '' } })),
      'signature.invalid',
    )
  })

  test('does not fit another path, number, method or query', async () => {
    const { request } = await publishRequest()
    const other = request.url.replace(/c[0-9a-z]{11}/, newCaseId())
    assert.equal(await codeOf(bend(request, { url: other })), 'signature.invalid')
    const higher = request.url.replace(/\/1$/, '/2')
    assert.equal(await codeOf(bend(request, { url: higher })), 'signature.invalid')
    const withQuery = `${request.url}?a=1`
    assert.equal(await codeOf(bend(request, { url: withQuery })), 'signature.invalid')
    const read = await signedRequest(portal.link.options, LINK.outbox, { query: { limit: 5 } })
    const more = read.url.replace('limit=5', 'limit=500')
    assert.equal(await codeOf(bend(read, { url: more })), 'signature.invalid')
    const status = await signedRequest(portal.link.options, LINK.status)
    const written = status.url.replace('/status', '/reconciled')
    assert.equal(await codeOf(bend(status, { url: written, method: 'POST' })), 'signature.invalid')
  })

  test('is missing: nothing is answered, on no route', async () => {
    for (const route of Object.values(LINK)) {
      const url = `${portal.dial}${route.path
        .replace(':caseId', newCaseId())
        .replace(':number', '1')
        .replace(':blobId', 'answers')}`
      const response = await fetch(url, {
        method: route.method,
        ...(route.method !== 'GET' && {
          headers: { 'content-type': 'application/json' },
          body: '{"ids":[]}',
        }),
      })
      assert.equal(response.status, 401, route.path)
    }
  })

  test('works once: the replayed request is refused', async () => {
    const { request } = await publishRequest()
    const copy = request.clone()
    assert.equal(await codeOf(fetch(request)), 'ok')
    assert.equal(await codeOf(fetch(copy)), 'signature.replayed')
  })

  test('sent twice at the same moment passes once', async () => {
    const { request } = await publishRequest()
    const copies = Array.from({ length: 5 }, () => request.clone())
    const codes = await Promise.all(copies.map((copy) => codeOf(fetch(copy))))
    assert.equal(codes.filter((code) => code === 'ok').length, 1)
    assert.equal(codes.filter((code) => code === 'signature.replayed').length, 4)
  })

  test('older than a minute or from the future is refused', async () => {
    const now = Math.floor(Date.now() / 1000)
    for (const [created, code] of [
      [now - 120, 'signature.invalid'],
      [now + 120, 'signature.invalid'],
      [now - 20, 'ok'],
    ] as const) {
      const request = await signedRequest(portal.link.options, LINK.status, {}, { created })
      assert.equal(await codeOf(fetch(request)), code)
    }
  })

  test('of another key is refused, even under the known key id', async () => {
    const stranger = await newSigningKey()
    const { keyId } = portal.office.signingKey
    for (const key of [stranger, { ...stranger, keyId }]) {
      const link = officeLink({ ...portal.link.options, key })
      const answer = await link.status()
      assert.ok(!answer.ok && answer.code === 'signature.invalid')
    }
  })

  test('for another portal does not fit here, whatever Host is claimed', async () => {
    const targetUri = 'https://other.example/office/v1/status'
    const created = Math.floor(Date.now() / 1000)
    const signed = { method: 'GET', targetUri, created, nonce: newId() }
    const headers = await signRequest(signed, portal.office.signingKey)
    const response = fetch(`${portal.dial}${LINK.status.path}`, {
      headers: { ...headers, host: 'other.example', 'x-forwarded-host': 'other.example' },
    })
    assert.equal(await codeOf(response), 'signature.invalid')
    assert.equal(portal.link.options.publicOrigin, TEST_ORIGIN)
  })
})

describe('commands', () => {
  test('the same number with the same bytes gets the same answer and changes nothing', async () => {
    const letter = await makeLetter(portal.office)
    const first = must(await portal.link.command(letter.caseId, 1, letter.command))
    assert.deepEqual(first, { number: 1, state: 'open', round: 1 })
    const applied = must(await portal.link.status()).appliedCommands
    assert.deepEqual(must(await portal.link.command(letter.caseId, 1, letter.command)), first)
    assert.equal(must(await portal.link.status()).appliedCommands, applied)
  })

  test('the same number with other bytes is a conflict', async () => {
    const letter = await portal.issue()
    const answer = await portal.link.command(letter.caseId, 1, { type: 'revoke', eraseDraft: true })
    assert.ok(!answer.ok && answer.code === 'command.conflict')
    assert.ok((await portal.browser().login(letter.credentials)).ok)
  })

  test('that are too old are told how far the case is, so that a restored office can go on from there', async () => {
    const letter = await portal.issue({ number: 5 })
    const late = await portal.link.command(letter.caseId, 3, { type: 'revoke', eraseDraft: false })
    assert.ok(!late.ok && late.code === 'command.outdated')
    assert.equal(late.extra['number'], 5)
    const twin = await portal.link.command(letter.caseId, 5, { type: 'revoke', eraseDraft: false })
    assert.ok(!twin.ok && twin.code === 'command.conflict')
    assert.equal(twin.extra['number'], 5)
  })

  test('an older one after a newer is refused: a dead PIN cannot be revived', async () => {
    const letter = await portal.issue({ number: 5 })
    await mustApply(portal.link, letter.caseId, 6, { type: 'revoke', eraseDraft: false })
    const revive = await makeLetter(portal.office, {
      caseId: letter.caseId,
      round: 2,
      reissue: 'lost',
    })
    const late = await portal.link.command(letter.caseId, 5, revive.command)
    assert.ok(!late.ok && late.code === 'command.outdated')
    const newer = await portal.link.command(letter.caseId, 7, revive.command)
    assert.ok(!newer.ok && newer.code === 'command.notAllowed')
  })

  test('in parallel with the same number apply once', async () => {
    const letter = await portal.issue()
    const secondFactors = await secondFactorsOf(portal.office, letter.person)
    const command = { type: 'secondFactors', round: 1, secondFactors } as const
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => portal.link.command(letter.caseId, 2, command)),
    )
    assert.ok(answers.every(({ ok }) => ok))
  })

  test('for a case that is not there, or in the wrong state, are refused by name', async () => {
    const nowhere = await portal.link.command(newCaseId(), 1, { type: 'revoke', eraseDraft: true })
    assert.ok(!nowhere.ok && nowhere.code === 'case.none')
    const letter = await portal.issue()
    const again = await makeLetter(portal.office, {
      caseId: letter.caseId,
      round: 1,
      reissue: 'lost',
    })
    const sameRound = await portal.link.command(letter.caseId, 2, again.command)
    assert.ok(!sameRound.ok && sameRound.code === 'command.notAllowed')
    const twin = { ...again.command, identity: letter.command.identity }
    const sameIdentity = await portal.link.command(newCaseId(), 1, twin)
    assert.ok(!sameIdentity.ok && sameIdentity.code === 'command.notAllowed')
    const odd = { ...again.command, expiresAt: '2099-01-01T00:00:00.000Z' }
    const twoEnds = await portal.link.command(newCaseId(), 1, odd)
    assert.ok(!twoEnds.ok && twoEnds.code === 'request.invalid')
  })

  test('with bytes that are no base64url, or a day that no calendar has, are bad requests', async () => {
    const { caseId, command } = await makeLetter(portal.office)
    for (const spoilt of [
      { package: 'A' },
      { package: `${command.package}_A`.slice(0, 5) },
      { opaqueRecord: 'AAB' },
      { wrappedSecret: 'A'.repeat(9) },
      { letterDate: '2026-02-30' },
    ]) {
      const answer = await portal.link.command(caseId, 1, { ...command, ...spoilt })
      const [field] = Object.keys(spoilt)
      assert.deepEqual([answer.status, answer.ok || answer.code], [400, 'request.invalid'], field)
    }
  })

  test('extend a term, and never shorten it', async () => {
    const letter = await portal.issue()
    const open = await portal.browser().open(letter.credentials)
    const later = await makeLetter(portal.office, { letterDate: letter.lastDay })
    const { lastDay, expiresAt } = later.command
    await mustApply(portal.link, letter.caseId, 2, { type: 'extend', round: 1, lastDay, expiresAt })
    assert.equal(must(await open.client.session()).lastDay, lastDay)
    const { command } = letter
    const shorter = { lastDay: command.lastDay, expiresAt: command.expiresAt }
    const answer = await portal.link.command(letter.caseId, 3, {
      type: 'extend',
      round: 1,
      ...shorter,
    })
    assert.ok(!answer.ok && answer.code === 'command.notAllowed')
  })

  test('a revocation with erasure leaves no byte of the person’s work', async () => {
    const letter = await portal.issue()
    const open = await portal.browser().open(letter.credentials)
    must(await open.save({ a: 1 }))
    await open.upload(new Uint8Array(100))
    await mustApply(portal.link, letter.caseId, 2, { type: 'revoke', eraseDraft: true })
    const blobs = []
    for await (const blob of portal.portal.blobs.list(letter.caseId)) blobs.push(blob)
    assert.deepEqual(blobs, [])
    const drafts = await portal.database.kysely
      .selectFrom('drafts')
      .where('case_id', '=', letter.caseId)
      .select('revision')
      .execute()
    assert.deepEqual(drafts, [])
  })

  test('after a submission can neither revoke nor publish', async () => {
    const letter = await portal.issue()
    const open = await portal.browser().open(letter.credentials)
    must(await open.submit(await open.prepare({}, must(await open.save({})))))
    const revoke = await portal.link.command(letter.caseId, 2, { type: 'revoke', eraseDraft: true })
    assert.ok(!revoke.ok && revoke.code === 'command.notAllowed')
    await assert.rejects(reissueLetter(portal.office, portal.link, letter, 'lost', 3), /notAllowed/)
  })
})

describe('what was sent', () => {
  async function sent() {
    const letter = await portal.issue()
    const open = await portal.browser().open(letter.credentials)
    const document = await open.upload(new Uint8Array(100))
    const draft = must(await open.save({}))
    const receipt = must(await open.submit(await open.prepare({}, draft, [document])))
    return { letter, open, receipt }
  }

  test('is acknowledged for exactly its manifest, once, and then gone', async () => {
    const { letter, receipt } = await sent()
    const { caseId } = letter
    const body = {
      round: 1,
      manifestSha256: receipt.manifestSha256,
      acknowledgement: newSecret(),
    }
    const foreign = await portal.link.acknowledge(caseId, {
      ...body,
      manifestSha256: '0'.repeat(64),
    })
    assert.ok(!foreign.ok && foreign.code === 'command.notAllowed')
    assert.ok((await portal.link.submission(caseId)).ok)
    must(await portal.link.acknowledge(caseId, body))
    must(await portal.link.acknowledge(caseId, body))
    const changed = await portal.link.acknowledge(caseId, {
      ...body,
      acknowledgement: newSecret(),
    })
    assert.ok(!changed.ok && changed.code === 'command.notAllowed')
    assert.equal((await portal.link.blob(caseId, 'answers')).status, 404)
  })

  test('stays when quarantined, can be fetched again, and acknowledged later', async () => {
    const { letter, receipt } = await sent()
    const { caseId } = letter
    must(await portal.link.quarantine(caseId, 1))
    assert.ok((await portal.link.submission(caseId)).ok)
    const listed = must(await portal.link.cases()).cases.find((one) => one.caseId === caseId)
    assert.equal(listed?.state, 'quarantined')
    const { manifestSha256 } = receipt
    const acknowledgement = newSecret()
    must(await portal.link.acknowledge(caseId, { round: 1, manifestSha256, acknowledgement }))
    assert.equal((await portal.link.submission(caseId)).status, 404)
  })

  test('of nobody is none, and no blob name leads anywhere else', async () => {
    const { letter } = await sent()
    assert.equal((await portal.link.submission(newCaseId())).status, 404)
    for (const name of ['manifest', 'draft', '../answers', '%2e%2e', letter.caseId]) {
      assert.equal((await portal.link.blob(letter.caseId, name)).status, 404, name)
    }
  })
})

test('the list of cases goes page by page through all of them', async () => {
  for (let index = 0; index < 3; index += 1) await portal.issue()
  const whole = must(await portal.link.cases()).cases.map(({ caseId }) => caseId)
  const paged: string[] = []
  let after: string | undefined
  do {
    const page = must(await portal.link.cases({ limit: 2, ...(after !== undefined && { after }) }))
    paged.push(...page.cases.map(({ caseId }) => caseId))
    after = page.next ?? undefined
  } while (after !== undefined)
  assert.deepEqual(paged, whole)
  assert.deepEqual([...whole].sort(), whole)
})
