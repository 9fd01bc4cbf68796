// A portal that omits, swaps, forges, smuggles or mixes parts of a submission is found out, each with a code.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  CASE_ID,
  caseKeys,
  flipped,
  OTHER_CASE_ID,
  ROUND,
  receiptFor,
  refusedWith,
  SIGNING_KEY,
  sentSubmission,
} from '../test/fixture.ts'
import vectors from '../vectors/submission.json' with { type: 'json' }
import { encryptFor } from './age.ts'
import { fromBase64url, fromHex } from './base64url.ts'
import { utf8 } from './bytes.ts'
import { deriveCaseKeys, newCaseSecret } from './case-secret.ts'
import { sha256Hex } from './digest.ts'
import { newSigningKey } from './ed25519.ts'
import { type Manifest, makeManifest } from './manifest.ts'
import { sealJsonFrame } from './seal-json.ts'
import {
  type OfferedSubmission,
  openAnswers,
  openSubmittedDocument,
  type SubmissionRefusal,
  verifySubmission,
} from './submission-opening.ts'

const keys = await caseKeys()
const sent = await sentSubmission(keys)
const honest: OfferedSubmission = {
  ...{ caseId: CASE_ID, round: ROUND, receipt: sent.receipt, receiptKeys: [SIGNING_KEY] },
  ...{ manifest: sent.manifest, blobs: sent.blobs, keys },
}

const expectRefused = async (offered: OfferedSubmission, code: SubmissionRefusal) =>
  assert.deepEqual(await verifySubmission(offered), { ok: false, error: code })

const verified = async (): Promise<Manifest> => {
  const result = await verifySubmission(honest)
  assert.ok(result.ok)
  return result.value
}

/** The portal serves another manifest and, holding the receipt key, signs a fitting receipt for it. */
const withManifest = async (manifest: Uint8Array): Promise<OfferedSubmission> => {
  const receipt = await receiptFor(await sha256Hex(manifest))
  return { ...honest, manifest, receipt }
}

test('an honest submission verifies, and its parts open', async () => {
  const manifest = await verified()
  assert.equal(manifest.draftRevision, 7)
  assert.deepEqual(await openAnswers(sent.answers, manifest, keys), { ort: 'Köln' })
  const blob = manifest.blobs.find(({ id }) => id === sent.documentId)
  assert.ok(blob)
  assert.deepEqual(await openSubmittedDocument(sent.document, blob, keys), utf8('photo'))
})

test('the fixed submission verifies, and its parts open', async () => {
  const { caseId, round, receipt, receiptKey, blobs } = vectors
  const offered = { caseId, round, receipt, receiptKeys: [receiptKey], blobs, keys }
  const result = await verifySubmission({ ...offered, manifest: fromBase64url(vectors.manifest) })
  assert.ok(result.ok)
  const answers = await openAnswers(fromBase64url(vectors.answers), result.value, keys)
  assert.deepEqual(answers, vectors.expected.answers)
  const [, blob] = result.value.blobs
  assert.ok(blob)
  const document = await openSubmittedDocument(fromBase64url(vectors.document), blob, keys)
  assert.deepEqual(document, fromHex(vectors.expected.document))
})

test('the order in which the portal lists the blobs does not matter', async () => {
  assert.ok((await verifySubmission({ ...honest, blobs: sent.blobs.toReversed() })).ok)
})

test('an omitted blob is missed', async () => {
  for (const { id } of sent.blobs) {
    const blobs = sent.blobs.filter((blob) => blob.id !== id)
    await expectRefused({ ...honest, blobs }, 'submission.missing')
  }
})

test('a smuggled blob is refused', async () => {
  const smuggled = { id: 'd0000000000000000000', sha256: await sha256Hex(sent.document) }
  await expectRefused({ ...honest, blobs: [...sent.blobs, smuggled] }, 'submission.extra')
})

test('a blob listed twice is refused', async () => {
  const blobs = [...sent.blobs, ...sent.blobs.slice(0, 1)]
  await expectRefused({ ...honest, blobs }, 'submission.duplicate')
})

test('an exchanged blob is refused, also when two are swapped', async () => {
  const [one, two] = sent.blobs
  assert.ok(one && two)
  const swapped = [
    { ...one, sha256: two.sha256 },
    { ...two, sha256: one.sha256 },
  ]
  await expectRefused({ ...honest, blobs: swapped }, 'submission.differs')
  const forged = [one, { ...two, sha256: await sha256Hex(utf8('other')) }]
  await expectRefused({ ...honest, blobs: forged }, 'submission.differs')
})

test('a forged manifest is refused, even with a receipt that fits', async () => {
  const forged = await encryptFor(keys.recipient, utf8(JSON.stringify(await verified())))
  await expectRefused(await withManifest(forged), 'submission.manifest')
})

test('every flipped bit and every truncation of the manifest is refused', async () => {
  const bit = fc.integer({ min: 0, max: sent.manifest.length * 8 - 1 })
  const property = fc.asyncProperty(bit, async (position) => {
    const altered = await withManifest(flipped(sent.manifest, position))
    await expectRefused(altered, 'submission.manifest')
    const cut = sent.manifest.subarray(0, position % sent.manifest.length)
    await expectRefused(await withManifest(cut), 'submission.manifest')
  })
  await fc.assert(property, { numRuns: 30 })
})

test('a draft or answers passed off as the manifest are refused', async () => {
  const value = await verified()
  const frame = { caseId: CASE_ID, round: ROUND, revision: 7, value, keys }
  const draft = await sealJsonFrame({ ...frame, kind: 'draft' })
  await expectRefused(await withManifest(draft), 'submission.kind')
  await expectRefused(await withManifest(sent.answers), 'submission.kind')
})

test('a draft passed off as the answers is refused', async () => {
  const draft = await sealJsonFrame({
    ...{ kind: 'draft', caseId: CASE_ID, round: ROUND, revision: 7 },
    ...{ value: { ort: 'Köln' }, keys },
  })
  const manifest = await verified()
  await assert.rejects(openAnswers(draft, manifest, keys), refusedWith('document.differs'))
  const [answers] = manifest.blobs
  assert.ok(answers)
  const pointing = { ...manifest, blobs: [{ ...answers, sha256: await sha256Hex(draft) }] }
  await assert.rejects(openAnswers(draft, pointing, keys), refusedWith('seal.kind'))
})

test('the submission of an older round is refused', async () => {
  const older = await sentSubmission(keys, { caseId: CASE_ID, round: 1 })
  await expectRefused({ ...honest, ...older }, 'submission.receipt')
  await expectRefused(await withManifest(older.manifest), 'submission.round')
})

test('the submission of another case is refused', async () => {
  const others = await sentSubmission(keys, { caseId: OTHER_CASE_ID, round: ROUND })
  await expectRefused({ ...honest, ...others }, 'submission.receipt')
  await expectRefused(await withManifest(others.manifest), 'submission.case')
  const foreign = await sentSubmission(await deriveCaseKeys(newCaseSecret()))
  await expectRefused(await withManifest(foreign.manifest), 'submission.manifest')
})

test('manifest and blobs of two honest submissions cannot be mixed', async () => {
  const second = await sentSubmission(keys)
  await expectRefused({ ...honest, blobs: second.blobs }, 'submission.differs')
  await expectRefused({ ...honest, manifest: second.manifest }, 'submission.receipt')
})

test('a receipt that is not by the pinned key, or for another manifest, is refused', async () => {
  await expectRefused({ ...honest, receiptKeys: [await newSigningKey()] }, 'submission.receipt')
  await expectRefused({ ...honest, receiptKeys: [] }, 'submission.receipt')
  const other = await receiptFor(await sha256Hex(utf8('other')))
  await expectRefused({ ...honest, receipt: other }, 'submission.receipt')
})

const sealManifest = (value: unknown, revision = 7) =>
  sealJsonFrame({ kind: 'manifest', caseId: CASE_ID, round: ROUND, revision, value, keys })

test('a manifest that contradicts its own frame is refused', async () => {
  const value = await verified()
  await expectRefused(await withManifest(await sealManifest(value, 8)), 'submission.revision')
  const contradictions = [
    [{ caseId: OTHER_CASE_ID }, 'submission.case'],
    [{ round: 1 }, 'submission.round'],
  ] as const
  for (const [other, code] of contradictions) {
    await expectRefused(await withManifest(await sealManifest({ ...value, ...other })), code)
  }
})

test('an authentic manifest of another shape is refused', async () => {
  const value = await verified()
  const [answers, document] = value.blobs
  const shapes = [
    null,
    [],
    {},
    { ...value, more: 1 },
    { ...value, blobs: 'none' },
    { ...value, form: null },
    { ...value, blobs: [document] },
    { ...value, blobs: [{ ...answers, kind: 'document' }, document] },
    { ...value, blobs: [answers, { ...document, kind: 'answers' }] },
    { ...value, blobs: [answers, { ...document, sha256: 'x' }] },
  ]
  for (const shape of shapes) {
    await expectRefused(await withManifest(await sealManifest(shape)), 'submission.manifest')
  }
  const twice = { ...value, blobs: [answers, document, document] }
  await expectRefused(await withManifest(await sealManifest(twice)), 'submission.duplicate')
})

test('a document of another size than declared is refused', async () => {
  const blob = (await verified()).blobs.find(({ id }) => id === sent.documentId)
  assert.ok(blob)
  const other = openSubmittedDocument(sent.document, { ...blob, size: 6 }, keys)
  await assert.rejects(other, refusedWith('document.differs'))
})

test('a manifest names the answers first and then the documents', async () => {
  const { blobs, ...rest } = await verified()
  const [answers] = blobs
  assert.ok(answers)
  const parts = { answersSha256: answers.sha256, answersSize: answers.size, documents: [] }
  assert.deepEqual(makeManifest({ ...rest, ...parts }), { ...rest, blobs: [answers] })
})
