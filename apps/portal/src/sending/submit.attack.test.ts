// Sending happens exactly once and exactly as listed, whatever is sent twice, at once, or altered.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newDocumentId, newSecret } from '@einmal-pin/vault/random'
import type { Submission } from '@einmal-pin/wire/submission'
import { must } from '../testing/browser.ts'
import { startTestPortal } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

async function ready() {
  const letter = await portal.issue()
  const open = await portal.browser().open(letter.credentials)
  const document = await open.upload(new Uint8Array(500))
  const draft = must(await open.save({ a: 1 }))
  return {
    letter,
    open,
    draft,
    document,
    submission: await open.prepare({ a: 1 }, draft, [document]),
  }
}

async function submissionsOf(caseId: string): Promise<number> {
  const rows = await portal.database.kysely
    .selectFrom('outbox')
    .where('case_id', '=', caseId)
    .where('type', '=', 'submitted')
    .select('id')
    .execute()
  return rows.length
}

describe('sending twice', () => {
  test('at once with the same key gives one submission and one receipt', async () => {
    const { open, submission } = await ready()
    const key = newSecret()
    const receipts = await Promise.all(
      Array.from({ length: 6 }, async () => must(await open.submit(submission, key))),
    )
    assert.equal(new Set(receipts.map((receipt) => receipt.signature)).size, 1)
    assert.equal(await submissionsOf(open.caseId), 1)
  })

  test('at once with different keys gives one submission; the others hear that it is sent', async () => {
    const { open, submission } = await ready()
    const answers = await Promise.all(Array.from({ length: 6 }, () => open.submit(submission)))
    assert.equal(answers.filter(({ ok }) => ok).length, 1)
    const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.code]))
    assert.deepEqual(codes, Array(5).fill('submission.key'))
    assert.equal(await submissionsOf(open.caseId), 1)
  })

  test('again after a lost answer gives the receipt, also once the office has it', async () => {
    const { open, submission } = await ready()
    const key = newSecret()
    const receipt = must(await open.submit(submission, key))
    assert.deepEqual(must(await open.submit(submission, key)), receipt)
    const { manifestSha256 } = receipt
    const acknowledgement = 'A'.repeat(43)
    must(await portal.link.acknowledge(open.caseId, { round: 1, manifestSha256, acknowledgement }))
    assert.deepEqual(must(await open.submit(submission, key)), receipt)
  })

  test('from two devices at once gives one submission', async () => {
    const { letter, open, draft, document, submission } = await ready()
    const phone = await portal.browser('198.51.100.3').open(letter.credentials)
    const second = await phone.prepare({ a: 1 }, draft, [document])
    const answers = await Promise.all([open.submit(submission), phone.submit(second)])
    assert.equal(answers.filter(({ ok }) => ok).length, 1)
    assert.equal(await submissionsOf(open.caseId), 1)
  })
})

describe('after sending', () => {
  test('nothing can be read or changed any more, on no device; only the receipt and logging out are left', async () => {
    const { letter, open, draft, submission } = await ready()
    const other = await portal.browser('198.51.100.4').open(letter.credentials)
    must(await open.submit(submission))
    for (const device of [open, other]) {
      for (const answer of [
        await device.client.draft(),
        await device.client.casePackage(),
        await device.client.documents(),
        await device.save({ b: 2 }, draft),
        await device.client.announceDocument(
          (await device.sealFile(new Uint8Array(5))).announcement,
        ),
        await device.client.removeDocument(newDocumentId()),
      ]) {
        assert.ok(!answer.ok && answer.status === 410 && answer.code === 'case.submitted')
      }
    }
    const session = must(await open.client.session())
    assert.equal(session.state, 'submitted')
    const left = Date.parse(session.absoluteExpiresAt) - Date.parse(session.now)
    assert.ok(left > 44 * 60_000 && left <= 45 * 60_000)
    must(await open.client.activity())
    assert.equal(must(await open.client.session()).absoluteExpiresAt, session.absoluteExpiresAt)
    const ended = await other.client.session()
    assert.ok(!ended.ok && ended.code === 'case.submitted')
    assert.equal((await other.client.receipt()).ok, false)
    must(await open.client.logout())
    assert.equal((await open.client.receipt()).ok, false)
  })

  test('the wrapped secret, the package and what was not listed are gone', async () => {
    const { open, submission } = await ready()
    const extra = await open.upload(new Uint8Array(900))
    must(await open.submit(submission))
    const pin = await portal.database.kysely
      .selectFrom('pins')
      .where('case_id', '=', open.caseId)
      .select(['state', 'wrapped_secret', 'package'])
      .executeTakeFirstOrThrow()
    assert.deepEqual(pin, { state: 'spent', wrapped_secret: null, package: null })
    const offer = must(await portal.link.submission(open.caseId))
    assert.deepEqual(
      offer.blobs.map(({ id, sha256 }) => ({ id, sha256 })),
      submission.blobs,
    )
    assert.equal((await portal.link.blob(open.caseId, extra.id)).status, 404)
    const blobs = []
    for await (const blob of portal.portal.blobs.list(open.caseId)) blobs.push(blob)
    assert.equal(blobs.length, 1)
  })
})

describe('a submission is refused and nothing changes', () => {
  const other = '0'.repeat(64)
  const changes: readonly [
    string,
    (given: Submission) => Submission,
    string,
    (readonly string[])?,
  ][] = [
    ['with a stale revision', (s) => ({ ...s, draftRevision: 7 }), 'submission.draft'],
    ['with another draft', (s) => ({ ...s, draftEtag: other }), 'submission.draft'],
    [
      'without its answers in the list',
      (s) => ({ ...s, blobs: s.blobs.slice(1) }),
      'submission.documents',
      ['answers'],
    ],
    [
      'with other answers than listed',
      (s) => ({
        ...s,
        blobs: s.blobs.map((b) => (b.id === 'answers' ? { ...b, sha256: other } : b)),
      }),
      'submission.documents',
      ['answers'],
    ],
    [
      'with a document that is not there',
      (s) => ({ ...s, blobs: [...s.blobs, { id: 'd0000000000000000000', sha256: other }] }),
      'submission.documents',
      ['d0000000000000000000'],
    ],
    [
      'with a document twice',
      (s) => ({ ...s, blobs: [...s.blobs, ...s.blobs.slice(1)] }),
      'request.invalid',
    ],
    ['with an empty list', (s) => ({ ...s, blobs: [] }), 'request.invalid'],
    [
      'with a path as a name',
      (s) => ({ ...s, blobs: [{ id: '../x', sha256: other }] }),
      'request.invalid',
    ],
  ]
  for (const [name, change, code, missing] of changes) {
    test(name, async () => {
      const { open, submission } = await ready()
      const answer = await open.submit(change(submission))
      assert.ok(!answer.ok)
      assert.equal(answer.code, code)
      if (missing !== undefined) assert.deepEqual(answer.extra['missing'], missing)
      assert.equal(await submissionsOf(open.caseId), 0)
      must(await open.submit(submission))
    })
  }

  test('with a document of another content than announced in the list', async () => {
    const { open, submission, document } = await ready()
    const blobs = submission.blobs.map((b) => (b.id === document.id ? { ...b, sha256: other } : b))
    const answer = await open.submit({ ...submission, blobs })
    assert.ok(!answer.ok && answer.code === 'submission.documents')
    assert.deepEqual(answer.extra['missing'], [document.id])
  })

  test('with a half-uploaded document', async () => {
    const { open, draft } = await ready()
    const file = await open.sealFile(new Uint8Array(2_000_000))
    must(await open.client.announceDocument(file.announcement))
    must(await open.putPart(file, 0))
    const answer = await open.submit(await open.prepare({ a: 1 }, draft, [file.meta]))
    assert.ok(!answer.ok && answer.code === 'submission.documents')
    assert.deepEqual(answer.extra['missing'], [file.meta.id])
  })

  test('without a key, with a silly key, or with a body above the limit', async () => {
    const { open, submission } = await ready()
    for (const key of ['', 'short', 'a b c d e f g h i j k', 'x'.repeat(65)]) {
      const answer = await open.submit(submission, key)
      assert.ok(!answer.ok && answer.code === 'request.invalid')
    }
    const large = { ...submission, answers: 'A'.repeat(1_100_000) }
    const answer = await open.submit(large)
    assert.ok(!answer.ok && answer.code === 'request.tooLarge')
  })

  test('with answers or a manifest that are no base64url', async () => {
    const { open, submission } = await ready()
    for (const part of ['answers', 'manifest']) {
      for (const text of ['A', `${submission.manifest.slice(0, 8)}AB`]) {
        const answer = await open.submit({ ...submission, [part]: text })
        assert.ok(!answer.ok && answer.code === 'request.invalid')
      }
    }
    assert.equal(await submissionsOf(open.caseId), 0)
  })

  test('after somebody saved on another device in between', async () => {
    const { open, draft, submission } = await ready()
    must(await open.save({ a: 2 }, draft))
    const answer = await open.submit(submission)
    assert.ok(!answer.ok && answer.code === 'submission.draft')
    assert.equal(answer.extra['revision'], 2)
  })
})
