// The log knows routes and times, never who: no identity, case, network, address or digest, whatever happens.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSecret } from '@einmal-pin/vault/random'
import { must } from './testing/browser.ts'
import { startTestPortal } from './testing/test-portal.ts'

test('a whole visit with mistakes leaves nothing personal in the log', async () => {
  const lines: string[] = []
  const portal = await startTestPortal({ onLog: (line) => lines.push(line) })
  try {
    const letter = await portal.issue()
    const browser = portal.browser('203.0.113.199')
    await browser.login({ ...letter.credentials, password: newSecret() })
    await browser.login({ ...letter.credentials, secondFactor: newSecret() })
    const open = await browser.open(letter.credentials)
    const document = await open.upload(new Uint8Array(10))
    const draft = must(await open.save({ iban: 'DE00' }))
    await open.save({ conflict: true })
    await open.client.documentContent('d0000000000000000000')
    await fetch(`${portal.origin}/api/v1/cases/${letter.caseId}/draft?kvnr=${letter.person.kvnr}`)
    await fetch(`${portal.origin}/${letter.person.kvnr}`)
    const receipt = must(await open.submit(await open.prepare({}, draft, [document])))

    const log = lines.join('\n')
    assert.ok(lines.length > 15)
    for (const canary of [
      letter.caseId,
      letter.person.kvnr,
      letter.pin,
      letter.credentials.identity,
      letter.credentials.secondFactor,
      letter.command.identity,
      letter.command.wrappedSecret,
      document.id,
      document.sha256,
      draft.etag,
      receipt.receiptNumber,
      '203.0.113',
      ...browser.cookies.values(),
    ]) {
      assert.ok(!log.includes(canary))
    }
    assert.match(log, /"route":"\/api\/v1\/cases\/:caseId\/draft"/)
  } finally {
    await portal.close()
  }
})
