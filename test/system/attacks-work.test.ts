// Promises 3 and 4 at the portal's real door: wrong, too large, too many, twice at once, too late; nothing saved is lost by any of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeContentDigest, sha256Hex } from '@einmal-pin/vault/digest'
import { newDocumentId, newId, randomBytes } from '@einmal-pin/vault/random'
import type { Answer } from '@einmal-pin/wire/http-client'
import { MAX_DOCUMENTS, MAX_DRAFT_BYTES, MAX_PART_BYTES, MIB } from '@einmal-pin/wire/limits'
import { expectOk, type Letter } from '../harness/desk.ts'
import { type Installation, startInstallation } from '../harness/installation.ts'
import { type OpenedCase, pdfWith } from '../harness/opened-case.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { rows } from '../harness/rows.ts'
import { chanceFrom } from '../harness/seeded.ts'
import { confirmed, fillIn, send } from './support/fill-in.ts'

let installation: Installation

before(async () => {
  installation = await startInstallation()
})

after(() => installation.remove())

const refusal = (answer: Answer<unknown>) => (answer.ok ? 'accepted' : [answer.status, answer.code])
const enter = (letter: Letter): Promise<OpenedCase> =>
  new Person(installation.publicUrl, loginDataOf(letter)).open()

async function newCase(): Promise<{ letter: Letter; opened: OpenedCase }> {
  const letter = await installation.letter()
  return { letter, opened: await enter(letter) }
}

test('a draft with a wrong digest, revision, predecessor or size changes nothing', async () => {
  const { opened } = await newCase()
  const body = { answers: { bemerkung: 'gilt' }, documents: [] }
  expectOk(await opened.save(body))
  const { revision, etag: previousEtag } = opened
  const next = await opened.sealDraft({ answers: { bemerkung: 'gilt nicht' }, documents: [] })
  const large = new Uint8Array(MAX_DRAFT_BYTES + 1)
  const wrong = [
    [{ ...next, contentDigest: await makeContentDigest(randomBytes(8)) }, [400, 'request.digest']],
    [{ ...next, contentDigest: 'md5=:AAAA:' }, [400, 'request.digest']],
    [{ ...next, revision: revision + 2 }, [409, 'draft.revision']],
    [{ ...next, revision: -1 }, [400, 'request.invalid']],
    [{ ...next, previousEtag: await sha256Hex(randomBytes(8)) }, [412, 'draft.conflict']],
    [{ ...next, previousEtag: null }, [412, 'draft.conflict']],
    [{ ...next, bytes: large }, [413, 'request.tooLarge']],
  ] as const
  for (const [draft, expected] of wrong) {
    assert.deepEqual(refusal(await opened.api.saveDraft(draft)), expected)
  }
  assert.deepEqual(await opened.pull(), body)
  assert.deepEqual([opened.revision, opened.etag], [revision, previousEtag])
})

test('a document with a wrong digest, a foreign part or too many bytes is refused and named', async () => {
  const { opened } = await newCase()
  const paper = await opened.sealPaper(pdfWith('Probe', 2 * MIB))
  const { id } = paper.meta
  const announce = (change: object) =>
    opened.api.announceDocument({
      ...{ id, size: paper.sealed.length, partSize: paper.partSize },
      ...{ sha256: paper.meta.sha256, metadata: paper.sealedMeta },
      ...change,
    })
  assert.deepEqual(refusal(await announce({ size: 26 * MIB })), [413, 'document.tooLarge'])
  assert.deepEqual(refusal(await announce({ size: 0 })), [400, 'request.invalid'])
  assert.deepEqual(refusal(await announce({ partSize: MAX_PART_BYTES + 1 })), [
    400,
    'request.invalid',
  ])
  expectOk(await opened.announce(paper))
  expectOk(await opened.announce(paper))
  assert.deepEqual(refusal(await announce({ size: 17 })), [409, 'document.differs'])

  const bytes = paper.sealed.slice(0, paper.partSize)
  const other = chanceFrom(1).bytes(paper.partSize)
  const digestOf = makeContentDigest
  const part = async (number: number, content: Uint8Array<ArrayBuffer>, digest: string) =>
    refusal(await opened.api.uploadPart(id, number, { bytes: content, contentDigest: digest }))
  assert.deepEqual(await part(0, bytes, await digestOf(other)), [400, 'request.digest'])
  assert.deepEqual(await part(3, bytes, await digestOf(bytes)), [400, 'part.range'])
  const short = bytes.slice(1)
  assert.deepEqual(await part(0, short, await digestOf(short)), [400, 'part.range'])
  const huge = randomBytes(60_000)
  const tooLarge = new Uint8Array(MAX_PART_BYTES + 1)
  assert.deepEqual(await part(0, tooLarge, await digestOf(huge)), [413, 'request.tooLarge'])

  assert.deepEqual(refusal(await opened.api.completeDocument(id)), [409, 'document.incomplete'])
  assert.equal(await part(0, bytes, await digestOf(bytes)), 'accepted')
  assert.equal(await part(0, bytes, await digestOf(bytes)), 'accepted')
  assert.deepEqual(await part(0, other, await digestOf(other)), [409, 'part.differs'])
  assert.equal(await part(1, other, await digestOf(other)), 'accepted')
  const rest = other.slice(0, paper.sealed.length - 2 * paper.partSize)
  assert.equal(await part(2, rest, await digestOf(rest)), 'accepted')
  assert.deepEqual(refusal(await opened.api.completeDocument(id)), [409, 'document.digest'])
  assert.deepEqual(refusal(await opened.api.completeDocument(newDocumentId())), [
    404,
    'document.none',
  ])
})

test('the forty-first document and the hundred-and-first megabyte find no place', async () => {
  const many = (await newCase()).opened
  const sealed = await many.sealPaper(pdfWith('klein'))
  const announce = (opened: OpenedCase, size: number) => {
    const { sealedMeta: metadata, partSize, meta } = sealed
    return opened.api.announceDocument({
      ...{ id: newDocumentId(), size, partSize, sha256: meta.sha256, metadata },
    })
  }
  const all = Array.from({ length: MAX_DOCUMENTS + 5 }, () => announce(many, sealed.sealed.length))
  const accepted = (await Promise.all(all)).filter(({ ok }) => ok)
  assert.equal(accepted.length, MAX_DOCUMENTS, 'also when all are announced at once')
  const large = (await newCase()).opened
  const sizes = await Promise.all(Array.from({ length: 6 }, () => announce(large, 25 * MIB)))
  assert.deepEqual(
    sizes.map((answer) => refusal(answer)).filter((one) => one !== 'accepted'),
    [
      [409, 'document.quota'],
      [409, 'document.quota'],
    ],
  )
})

test('sending names what is missing and changes nothing', async () => {
  const { opened } = await newCase()
  const paper = await opened.sealPaper(pdfWith('fehlt'))
  const filled = await fillIn(opened)
  const { submission } = filled.sealed
  const { id, sha256 } = paper.meta
  const submit = (change: object) => opened.api.submit({ ...submission, ...change }, newId())
  const withMissing = await submit({ blobs: [...submission.blobs, { id, sha256 }] })
  assert.deepEqual(refusal(withMissing), [409, 'submission.documents'])
  assert.ok(!withMissing.ok)
  assert.deepEqual(withMissing.extra['missing'], [id])
  expectOk(await opened.upload(paper))
  const otherDigest = { id, sha256: await sha256Hex(randomBytes(8)) }
  const altered = await submit({ blobs: [...submission.blobs, otherDigest] })
  assert.deepEqual(refusal(altered), [409, 'submission.documents'])
  const outdated = await submit({ draftRevision: submission.draftRevision + 1 })
  assert.deepEqual(refusal(outdated), [409, 'submission.draft'])
  const [answers] = submission.blobs
  assert.ok(answers)
  const twice = await submit({ blobs: [answers, answers] })
  assert.deepEqual(refusal(twice), [400, 'request.invalid'])
  const shortKey = await opened.api.submit(submission, 'x')
  assert.deepEqual(refusal(shortKey), [400, 'request.invalid'])
  assert.equal(expectOk(await opened.api.session()).state, 'open')
  assert.deepEqual(await opened.pull(), filled.body)
})

test('ten submissions at once make one; the same key always hears the same receipt', async () => {
  const { letter, opened } = await newCase()
  const filled = await fillIn(opened)
  const key = newId()
  const { submission } = filled.sealed
  const same = Array.from({ length: 5 }, () => opened.api.submit(submission, key))
  const others = Array.from({ length: 5 }, () => opened.api.submit(submission, newId()))
  const answers = await Promise.all([...same, ...others])
  const receipts = answers.filter((answer) => answer.ok).map(({ value }) => value)
  assert.ok(receipts.length === 5 || receipts.length === 1, 'one key won')
  for (const receipt of receipts) assert.deepEqual(receipt, receipts[0])
  const refused = answers.filter((answer) => !answer.ok).map(refusal)
  for (const one of refused) assert.deepEqual(one, [409, 'submission.key'])
  for (const zone of ['portal', 'office'] as const) {
    await confirmed(filled)
    const stored = await rows(
      installation,
      zone,
      'select receipt_number from submissions where case_id = $1',
      [letter.caseId],
    )
    assert.deepEqual(stored, [{ receipt_number: receipts[0]?.receiptNumber }])
  }
})

test('after sending nothing can be read or changed, not even in a session that was open before', async () => {
  const { letter, opened } = await newCase()
  const other = await enter(letter)
  const paper = await opened.sealPaper(pdfWith('gesendet'))
  const filled = await fillIn(opened, { papers: [paper] })
  await other.pull()
  const draft = await other.sealDraft(filled.body)
  const receipt = await send(filled)
  const tried: readonly Answer<unknown>[] = await Promise.all(
    [other, opened].flatMap(({ api }) => [
      api.casePackage(),
      api.draft(),
      api.saveDraft(draft),
      api.documents(),
      api.documentContent(paper.meta.id),
      api.removeDocument(paper.meta.id),
      api.completeDocument(paper.meta.id),
    ]),
  )
  for (const answer of tried) assert.deepEqual(refusal(answer), [410, 'case.submitted'])
  const again = await other.api.submit(filled.sealed.submission, newId())
  assert.deepEqual(refusal(again), [409, 'submission.key'])
  const heard = expectOk(await new Person(installation.publicUrl, loginDataOf(letter)).login())
  assert.deepEqual(heard.outcome, {
    outcome: 'submitted',
    receiptNumber: receipt.receiptNumber,
    submittedAt: receipt.receivedAt,
  })
  await confirmed(filled)
})

test('revoking ends an open session within seconds', async () => {
  const { letter, opened } = await newCase()
  expectOk(await opened.save({ answers: { bemerkung: 'x' }, documents: [] }))
  expectOk(await installation.office.revoke(letter.caseId, { reason: 'openedInError' }))
  const begun = performance.now()
  let answer: Answer<unknown> = await opened.api.draft()
  while (answer.ok && performance.now() - begun < 10_000) answer = await opened.api.draft()
  assert.deepEqual(refusal(answer), [410, 'case.revoked'])
  assert.ok(performance.now() - begun < 5_000, 'it took too long')
  assert.equal(await new Person(installation.publicUrl, loginDataOf(letter)).hears(), 'closed')
})
