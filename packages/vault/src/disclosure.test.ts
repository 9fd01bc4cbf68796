// A saved receipt proves what was sent to whoever has the insurer's key, and one changed character proves nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CASE_ID, caseKeys, ROUND, receiptFor, refusedWith, SIGNING_KEY } from '../test/fixture.ts'
import { encryptFor } from './age.ts'
import { toBase64url } from './base64url.ts'
import { utf8 } from './bytes.ts'
import {
  checkDisclosure,
  copyDigest,
  type Disclosure,
  type DisclosureRefusal,
  manifestKeyOf,
} from './disclosure.ts'
import { newSigningKey } from './ed25519.ts'
import { sealSubmission } from './manifest.ts'

const COPY = '{"title":"Unterlagen nachreichen","rows":["Größe: 38"]}'
const keys = await caseKeys()

const submission = async (copySha256?: string) =>
  sealSubmission({
    ...{ caseId: CASE_ID, round: ROUND, draftRevision: 7, answers: { ort: 'Köln' }, documents: [] },
    ...{ form: { id: 'f', version: '1.0.0', sha256: '0'.repeat(64) }, keys },
    declaredAt: '2026-11-27T10:00:00.000Z',
    ...(copySha256 !== undefined && { copySha256 }),
  })

async function disclosed(copySha256?: string): Promise<Disclosure> {
  const { manifest, manifestSha256 } = await submission(copySha256)
  return {
    receipt: await receiptFor(manifestSha256),
    manifest: toBase64url(manifest),
    manifestKey: await manifestKeyOf(manifest, keys),
    copy: COPY,
  }
}

const honest = await disclosed(await copyDigest(COPY))
const expectRefused = (shown: Disclosure, code: DisclosureRefusal, signers = [SIGNING_KEY]) =>
  assert.rejects(checkDisclosure(shown, signers), refusedWith(code))

test('an honest disclosure gives the manifest, without any key of the case', async () => {
  const manifest = await checkDisclosure(honest, [SIGNING_KEY])
  assert.equal(manifest.caseId, CASE_ID)
  assert.equal(manifest.copySha256, await copyDigest(COPY))
})

test('the key of the manifest opens nothing else of the case', async () => {
  const other = await encryptFor(keys.recipient, utf8('{}'))
  await expectRefused({ ...honest, manifest: toBase64url(other) }, 'disclosure.manifest')
})

test('a receipt by another key, or with another number, proves nothing', async () => {
  await expectRefused(honest, 'disclosure.signature', [await newSigningKey()])
  const receipt = { ...honest.receipt, receiptNumber: '2026-ZZZZ-ZZZZ' }
  await expectRefused({ ...honest, receipt }, 'disclosure.signature')
})

test('another manifest of the same case proves nothing', async () => {
  const other = await disclosed(await copyDigest('other'))
  const { manifest, manifestKey } = other
  await expectRefused({ ...honest, manifest, manifestKey }, 'disclosure.manifest')
})

test('a submission without a readable copy proves no copy', async () => {
  await expectRefused(await disclosed(), 'disclosure.copy')
})

test('one changed character of the copy fails, whichever it is', async () => {
  const place = fc.integer({ min: 0, max: COPY.length - 1 })
  await fc.assert(
    fc.asyncProperty(place, fc.constantFrom('x', ' ', '9', 'Ö'), async (at, other) => {
      fc.pre(COPY[at] !== other)
      const copy = COPY.slice(0, at) + other + COPY.slice(at + 1)
      await expectRefused({ ...honest, copy }, 'disclosure.copy')
    }),
    { numRuns: 60 },
  )
})

test('one changed character of manifest or key fails, whichever it is', async () => {
  const { manifest, manifestKey } = honest
  const changed = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
  const place = fc.integer({ min: 0, max: manifest.length - 2 })
  await fc.assert(
    fc.asyncProperty(place, async (at) => {
      await expectRefused({ ...honest, manifest: changed(manifest, at) }, 'disclosure.manifest')
      const key = changed(manifestKey, at % (manifestKey.length - 1))
      await expectRefused({ ...honest, manifestKey: key }, 'disclosure.manifest')
    }),
    { numRuns: 20 },
  )
})

for (const manifest of ['', '!', 'AAAA', toBase64url(utf8('age-encryption.org/v1\n'))]) {
  test(`${JSON.stringify(manifest)} is no manifest`, () =>
    expectRefused({ ...honest, manifest }, 'disclosure.manifest'))
}
