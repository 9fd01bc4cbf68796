// One person's whole way at the portal, from the letter to the insurer's confirmation.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAcknowledgement } from '@einmal-pin/vault/acknowledgement'
import { makeAcknowledgement } from '@einmal-pin/vault/acknowledgement-making'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { randomBytes } from '@einmal-pin/vault/random'
import { verifyReceipt } from '@einmal-pin/vault/receipt'
import { openAnswers, verifySubmission } from '@einmal-pin/vault/submission-opening'
import { must } from './testing/browser.ts'
import { startTestPortal } from './testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

test('a letter is answered on two devices, sent once, fetched, verified and confirmed', async () => {
  const { link } = portal
  const letter = await portal.issue()
  const laptop = await portal.browser().open(letter.credentials)
  assert.deepEqual(await laptop.readPackage(), { form: 'test', known: {} })

  const first = must(await laptop.save({ name: 'ä' }))
  const content = new Uint8Array(2_500_000).map((_, index) => index % 251)
  const document = await laptop.upload(content)

  const phone = await portal.browser('198.51.100.7').open(letter.credentials)
  assert.deepEqual(await phone.readDraft(), { name: 'ä' })
  const second = must(await phone.save({ name: 'b' }, first))
  const listed = must(await phone.client.documents())
  assert.equal(listed.documents[0]?.complete, true)
  assert.equal(
    await sha256Hex(must(await phone.client.documentContent(document.id))),
    document.sha256,
  )

  const receipt = must(await phone.submit(await phone.prepare({ name: 'b' }, second, [document])))
  const { receiptKey } = portal.portal.secrets
  assert.ok(await verifyReceipt(receipt, [receiptKey]))
  assert.equal(must(await phone.client.receipt()).delivery, 'waiting')

  const facts = must(await link.outbox()).facts
  assert.deepEqual(facts.map(({ type }) => type).sort(), [
    'activity',
    'activity',
    'firstLogin',
    'submitted',
  ])
  must(await link.acknowledgeFacts(facts.map(({ id }) => id)))
  assert.deepEqual(must(await link.outbox()).facts, [])

  const offer = must(await link.submission(letter.caseId))
  const blobs = await Promise.all(
    offer.blobs.map(async ({ id }) => {
      const bytes = must(await link.blob(letter.caseId, id))
      return { id, bytes, sha256: await sha256Hex(bytes) }
    }),
  )
  const verified = await verifySubmission({
    ...{ caseId: letter.caseId, round: 1, receipt, receiptKeys: [receiptKey] },
    ...{ manifest: fromBase64url(offer.manifest), blobs, keys: letter.keys },
  })
  assert.ok(verified.ok)
  const answers = blobs.find(({ id }) => id === 'answers')
  assert.deepEqual(
    await openAnswers(answers?.bytes ?? randomBytes(1), verified.value, letter.keys),
    { name: 'b' },
  )

  const { manifestSha256 } = receipt
  const acknowledgement = await makeAcknowledgement(receipt, letter.keys)
  must(await link.acknowledge(letter.caseId, { round: 1, manifestSha256, acknowledgement }))
  const status = must(await phone.client.receipt())
  assert.ok(status.delivery === 'confirmed')
  assert.ok(await verifyAcknowledgement(receipt, status.acknowledgement, letter.keys))
  assert.equal((await link.submission(letter.caseId)).status, 404)
  const left = []
  for await (const blob of portal.portal.blobs.list()) left.push(blob)
  assert.deepEqual(left, [])
})
