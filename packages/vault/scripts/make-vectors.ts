// Writes vectors/*.json anew: `node packages/vault/scripts/make-vectors.ts`. A changed vector is a new format.
import { writeFile } from 'node:fs/promises'
import { parseCaseId } from '@einmal-pin/domain/ids'
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import { parsePin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import type { Result } from '@einmal-pin/domain/result'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { makeAcknowledgement } from '../src/acknowledgement-making.ts'
import { aeadSeal } from '../src/aead.ts'
import { pairFromSeed } from '../src/age.ts'
import { fromBase64url, fromHex, toBase64url, toHex } from '../src/base64url.ts'
import { signBundle } from '../src/bundle-signing.ts'
import { type Bytes, fromUtf8, label, utf8 } from '../src/bytes.ts'
import { caseSecretFrom, deriveCaseKeys } from '../src/case-secret.ts'
import { sha256Hex } from '../src/digest.ts'
import { birthDigest, cardDigest, identityDigest, secondFactorDigest } from '../src/digests.ts'
import { sealDocumentMeta } from '../src/document-meta.ts'
import { keyIdOf, type SigningKey } from '../src/ed25519.ts'
import { hkdfSha256 } from '../src/hmac.ts'
import { signRequest } from '../src/http-signing.ts'
import { sealLetter } from '../src/letter-seal.ts'
import { type DocumentMeta, sealSubmission } from '../src/manifest.ts'
import * as client from '../src/opaque-client.ts'
import { newOpaqueSetup, register, serverPublicKey } from '../src/opaque-issue.ts'
import * as server from '../src/opaque-server.ts'
import {
  dailyNetworkKey,
  networkPseudonym,
  pepperIdentity,
  pepperSecondFactor,
} from '../src/pepper.ts'
import { sealPinRequest } from '../src/pin-request.ts'
import { signReceipt } from '../src/receipt.ts'
import { sealFrame } from '../src/seal.ts'
import { sealDocument } from '../src/seal-document.ts'
import { sealJsonFrame } from '../src/seal-json.ts'
import { STRETCH, stretchInput, stretchPin } from '../src/stretch.ts'
import { argon2idNative } from '../src/stretch-node.ts'
import { wrapForPin } from '../src/wrap.ts'

const FOLDER = new URL('../vectors/', import.meta.url)

const write = (name: string, vectors: unknown): Promise<void> =>
  writeFile(new URL(`${name}.json`, FOLDER), `${JSON.stringify(vectors, null, 2)}\n`)

const parsed = <T>(result: Result<T, string>): T => {
  if (result.ok) return result.value
  throw new Error(result.error)
}

const counting = (from: number, length: number): Bytes =>
  Uint8Array.from({ length }, (_, index) => (from + index) % 256)

// Synthetic: no key, PIN or number below belongs to anything but these vectors.
const kvnr = parsed(parseKvnr('T123456780'))
const pin = parsed(parsePin('4711081547110815'))
const caseId = parsed(parseCaseId('c0123456789a'))
const card = parsed(parseSecondFactor('600123', 6))
const birth = parsed(parseSecondFactor('01.02.1980', 6))
const round = 2
const secret = caseSecretFrom(counting(0, 32))
const pepper = counting(64, 32)
const keys = await deriveCaseKeys(secret)

const signingKey = async (publicKey: string, seed: Bytes): Promise<SigningKey> => ({
  keyId: await keyIdOf(fromBase64url(publicKey)),
  publicKey,
  privateKey: toBase64url(seed),
})
// RFC 8032, section 7.1, test 1: a key whose public half everybody can check.
const key = await signingKey(
  '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
)

const digests = async () => {
  const selector = selectorOf(pin)
  const identity = await identityDigest(kvnr, selector)
  const secondFactor = await secondFactorDigest(kvnr, card)
  const dailyKey = await dailyNetworkKey(pepper, '2026-11-23')
  return {
    kvnr,
    pin,
    identity: { input: `ep1/id|${kvnr}|${selector}`, sha256: toHex(identity) },
    card: { input: `ep1/card|${kvnr}|600123`, sha256: toHex(await cardDigest(kvnr, '600123')) },
    birth: {
      input: `ep1/birth|${kvnr}|19800201`,
      sha256: toHex(await birthDigest(kvnr, '19800201')),
      sameAs: toHex(await secondFactorDigest(kvnr, birth)),
    },
    pepper: toHex(pepper),
    pepperedIdentity: toHex(await pepperIdentity(pepper, identity)),
    pepperedSecondFactor: toHex(await pepperSecondFactor(pepper, secondFactor)),
    day: '2026-11-23',
    dailyNetworkKey: toHex(dailyKey),
    network: '192.0.2.0/24',
    networkPseudonym: toHex(await networkPseudonym(dailyKey, '192.0.2.0/24')),
  }
}

const stretch = async () => ({
  kvnr,
  selector: selectorOf(pin),
  secretDigits: secretDigitsOf(pin),
  parameters: STRETCH,
  input: fromUtf8(stretchInput(kvnr, secretDigitsOf(pin))),
  salt: toHex(await identityDigest(kvnr, selectorOf(pin))),
  password: await password(),
})

const password = (): Promise<string> =>
  stretchPin(argon2idNative, { kvnr, selector: selectorOf(pin), secretDigits: secretDigitsOf(pin) })

const caseKeys = async () => ({
  secret: toHex(secret),
  seed: toHex(await hkdfSha256(secret, label('ep1/identity'))),
  identity: keys.identity,
  recipient: keys.recipient,
  macKeys: Object.fromEntries(
    Object.entries(keys.macKeys).map(([name, bytes]) => [name, toHex(bytes)]),
  ),
})

const wraps = async () => {
  const exportKey = counting(128, 64)
  const nonce = counting(200, 12)
  const kek = counting(32, 32)
  const dataKey = counting(96, 32)
  const seal = async (under: Bytes, content: Bytes, ...aad: string[]) =>
    toBase64url(await aeadSeal(under, content, label(...aad), nonce))
  return {
    ...{ caseId, round, secret: toHex(secret), nonce: toHex(nonce) },
    exportKey: toBase64url(exportKey),
    pinWrappingKey: toHex(await hkdfSha256(exportKey, label('ep1/wrap/pin'))),
    forPin: await wrapForPin(toBase64url(exportKey), secret, caseId, round, nonce),
    kek: toHex(kek),
    forOffice: await seal(kek, secret, 'ep1/wrap/office', caseId),
    dataKey: toHex(dataKey),
    dataKeyWrapped: await seal(kek, dataKey, 'ep1/wrap/data', caseId),
    atRest: {
      name: 'answers',
      content: '{"ort":"Köln"}',
      sealed: await seal(dataKey, utf8('{"ort":"Köln"}'), 'ep1/at-rest', caseId, 'answers'),
    },
    resume: {
      key: toBase64url(kek),
      purpose: 'secret',
      sealed: await seal(kek, secret, 'ep1/resume', caseId, 'secret'),
    },
  }
}

const meta = (id: string, sha256: string, size: number): DocumentMeta => ({
  ...{ id, slot: 'nachweise/1', name: 'Bescheinigung.pdf', type: 'application/pdf' },
  ...{ size, sha256, pages: 1 },
})

const frames = async () => {
  const content = utf8('Guten Tag\n')
  const place = { caseId, round, keys }
  const value = { antworten: { ort: 'Köln' }, revision: 7 }
  const document = utf8('%PDF-1.7 (no real document)')
  const sealedDocument = await sealDocument(document, keys)
  const documentMeta = meta('d0123456789abcdefghj', await sha256Hex(sealedDocument), 27)
  return {
    ...{ caseId, round, secret: toHex(secret) },
    raw: {
      ...{ kind: 'draft', revision: 7, content: toHex(content) },
      sealed: toBase64url(await sealFrame({ ...place, kind: 'draft', revision: 7, content })),
    },
    json: await Promise.all(
      (['package', 'draft', 'answers'] as const).map(async (kind) => ({
        ...{ kind, revision: 7, value },
        sealed: toBase64url(await sealJsonFrame({ ...place, kind, revision: 7, value })),
      })),
    ),
    document: { content: toHex(document), sealed: toBase64url(sealedDocument) },
    documentMeta: {
      value: documentMeta,
      sealed: toBase64url(await sealDocumentMeta(documentMeta, { caseId, round }, keys)),
    },
  }
}

const submission = async () => {
  const document = utf8('%PDF-1.7 (no real document)')
  const sealedDocument = await sealDocument(document, keys)
  const sha256 = await sha256Hex(sealedDocument)
  const sealed = await sealSubmission({
    ...{ caseId, round, draftRevision: 7, keys },
    form: { id: 'bescheinigung-nachreichen', version: '1', sha256: await sha256Hex(utf8('form')) },
    answers: { ort: 'Köln' },
    documents: [meta('d0123456789abcdefghj', sha256, document.length)],
    declaredAt: '2026-11-23T12:00:00.000Z',
  })
  const receipt = await signReceipt(
    {
      ...{ caseId, round, receiptNumber: '2026-7KQ4-M2XD' },
      receivedAt: '2026-11-23T12:00:01.234Z',
      manifestSha256: sealed.manifestSha256,
    },
    key,
  )
  return {
    ...{ caseId, round, secret: toHex(secret), receiptKey: key, receipt },
    manifest: toBase64url(sealed.manifest),
    answers: toBase64url(sealed.answers),
    document: toBase64url(sealedDocument),
    blobs: sealed.blobs,
    expected: { answers: { ort: 'Köln' }, document: toHex(document) },
    acknowledgement: await makeAcknowledgement(receipt, keys),
  }
}

const signatures = async () => {
  const facts = { caseId, round, receiptNumber: '2026-7KQ4-M2XD' }
  const manifestSha256 = await sha256Hex(utf8('manifest'))
  const receipt = { ...facts, receivedAt: '2026-11-23T12:00:01.234Z', manifestSha256 }
  const bundle = '{"bundleId":"b1","letters":[]}'
  const base = 'http://127.0.0.1:8082/office/v1'
  const body = '{"type":"revoke","eraseDraft":false}'
  const put = { method: 'PUT', targetUri: `${base}/cases/${caseId}/commands/3`, body: utf8(body) }
  const get = { method: 'GET', targetUri: `${base}/outbox?limit=100` }
  const when = { created: 1795435200, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }
  return {
    ...{ key, secret: toHex(secret) },
    receipt: await signReceipt(receipt, key),
    acknowledgement: await makeAcknowledgement(receipt, keys),
    bundle: { manifest: bundle, signature: await signBundle(key, utf8(bundle)) },
    requests: [
      { ...put, body, ...when, headers: await signRequest({ ...put, ...when }, key) },
      { ...get, ...when, headers: await signRequest({ ...get, ...when }, key) },
    ],
  }
}

const login = async () => {
  const identity = toBase64url(await identityDigest(kvnr, selectorOf(pin)))
  const setup = await newOpaqueSetup()
  const { record, exportKey } = await register({ setup, identity, password: await password() })
  const started = await client.startLogin(await password())
  const answered = await server.startLogin({ setup, identity, record, ...started })
  if (answered === undefined) throw new Error('login')
  const finished = await client.finishLogin({
    ...{ ...started, password: await password() },
    loginResponse: answered.loginResponse,
  })
  const wrappedSecret = await wrapForPin(exportKey, secret, caseId, round)
  return {
    ...{ kvnr, pin, caseId, round, secret: toHex(secret), setup, identity },
    serverPublicKey: await serverPublicKey(setup),
    ...{ password: await password(), record, exportKey, wrappedSecret },
    transcript: { ...started, ...answered, finishLoginRequest: finished?.finishLoginRequest },
  }
}

const sealedToOthers = async () => {
  const seed = counting(160, 32)
  const pair = await pairFromSeed(seed)
  const letter = utf8('%PDF-1.7 (no real letter)')
  const sealedLetter = await sealLetter(pair.recipient, letter)
  return {
    ...{ seed: toHex(seed), ...pair },
    pinRequest: {
      value: { kvnr, secondFactor: card },
      sealed: toBase64url(await sealPinRequest(pair.recipient, { kvnr, secondFactor: card })),
    },
    letter: {
      ...{ content: toHex(letter), sha256: await sha256Hex(sealedLetter) },
      sealed: toBase64url(sealedLetter),
    },
  }
}

await write('digests', await digests())
await write('stretch', await stretch())
await write('case-keys', await caseKeys())
await write('wraps', await wraps())
await write('frames', await frames())
await write('submission', await submission())
await write('signatures', await signatures())
await write('login', await login())
await write('sealed-to-others', await sealedToOthers())
