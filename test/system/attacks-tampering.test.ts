// Promise 6: whoever holds the portal's database and blobs cannot forge, alter or mix what is sealed, at either end unnoticed.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { decryptWith, encryptFor } from '@einmal-pin/vault/age'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { type Bytes, concat, fromUtf8, utf8 } from '@einmal-pin/vault/bytes'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { openDocumentMeta } from '@einmal-pin/vault/document-meta'
import { gunzip, gzip } from '@einmal-pin/vault/gzip'
import { newDocumentId } from '@einmal-pin/vault/random'
import { openDocument } from '@einmal-pin/vault/seal-document'
import { VaultError } from '@einmal-pin/vault/vault-error'
import { expectOk, type Letter } from '../harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../harness/installation.ts'
import { type OpenedCase, type Paper, pdfWith } from '../harness/opened-case.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { rows } from '../harness/rows.ts'
import { confirmed, type Filled, fillIn, send } from './support/fill-in.ts'

let installation: Installation

before(async () => {
  installation = await startInstallation()
})

after(() => installation.remove())

const sql = (text: string, ...values: readonly unknown[]) =>
  rows(installation, 'portal', text, values)

const enter = (letter: Letter): Promise<OpenedCase> =>
  new Person(installation.publicUrl, loginDataOf(letter)).open()

const newCase = async (): Promise<OpenedCase> => enter(await installation.letter())

const refuses = (code: string) => (error: unknown) =>
  error instanceof VaultError && error.code === code

/** One bit in the middle is enough. */
const bent = (bytes: Uint8Array): Bytes => {
  const copy = new Uint8Array(bytes)
  const middle = copy.length >> 1
  copy[middle] = (copy[middle] ?? 0) ^ 1
  return copy
}

/** What somebody could do who learned the case's recipient: seal other content under the old header and MAC. */
async function forged(
  { keys }: OpenedCase,
  sealed: Uint8Array,
  change: (text: string) => string,
): Promise<Bytes> {
  const plaintext = await decryptWith(keys.identity, sealed)
  const end = plaintext.indexOf(0x0a) + 1
  const text = fromUtf8(await gunzip(plaintext.subarray(end)))
  const altered = change(text)
  assert.notEqual(altered, text, 'the forger changed nothing')
  const content = await gzip(utf8(altered))
  return encryptFor(keys.recipient, concat(plaintext.subarray(0, end), content))
}

test('a word changed in the sealed form: the person opens nothing', async () => {
  const opened = await newCase()
  const { caseId } = opened.place
  const original = expectOk(await opened.api.casePackage())
  const forgery = await forged(opened, original, (text) =>
    text.replace('nachreichen', 'nachweisen'),
  )
  const put = (bytes: Uint8Array) =>
    sql('update pins set package = $2 where case_id = $1', caseId, Buffer.from(bytes))
  for (const bytes of [forgery, bent(original), original.slice(0, -1)]) {
    await put(bytes)
    await assert.rejects(opened.casePackage(), refuses('seal.refused'))
  }
  await put(original)
  assert.equal((await opened.casePackage()).form.id, 'bescheinigung-nachreichen')
})

test("another case's package, draft or document passes for none of this case", async () => {
  const [mine, other] = [await newCase(), await newCase()]
  const paper = await other.sealPaper(pdfWith('fremd'))
  const filled = await fillIn(other, { papers: [paper] })
  await mine.save({ answers: { bemerkung: 'meins' }, documents: [] })
  const [me, you] = [mine.place.caseId, other.place.caseId]
  const take = (table: string, column: string) =>
    sql(
      `update ${table} set ${column} = (select ${column} from ${table} where case_id = $2) where case_id = $1`,
      me,
      you,
    )
  await take('pins', 'package')
  await assert.rejects(mine.casePackage(), refuses('seal.refused'))
  await take('drafts', 'bytes')
  await assert.rejects(mine.pull(), refuses('seal.refused'))
  const { id, sha256 } = paper.meta
  const file = expectOk(await other.api.documentContent(id))
  await assert.rejects(openDocument(file, sha256, mine.keys), refuses('seal.refused'))
  const listed = expectOk(await other.api.documents()).documents[0]
  assert.ok(listed)
  const metadata = fromBase64url(listed.metadata)
  await assert.rejects(
    openDocumentMeta(metadata, { id, sha256 }, mine.place, mine.keys),
    refuses('seal.refused'),
  )
  const elsewhere = { id: newDocumentId(), sha256 }
  await assert.rejects(
    openDocumentMeta(metadata, elsewhere, other.place, other.keys),
    refuses('document.differs'),
  )
  assert.deepEqual(await other.pull(), filled.body)
})

test('an altered draft, and an IBAN planted by somebody who knows the recipient, are refused', async () => {
  const opened = await newCase()
  await opened.save({ answers: { iban: 'DE02120300000000202051' }, documents: [] })
  const original = expectOk(await opened.api.draft())
  const planted = await forged(opened, original, (text) => text.replace('0202051', '0999999'))
  for (const bytes of [planted, bent(original)]) {
    await sql(
      'update drafts set bytes = $2, etag = $3 where case_id = $1',
      opened.place.caseId,
      Buffer.from(bytes),
      await sha256Hex(bytes),
    )
    await assert.rejects(opened.pull(), refuses('seal.refused'))
  }
})

/** Sent while the office is away, so that the portal has time to do harm. */
interface Waiting {
  readonly filled: Filled
  readonly paper: Paper
  readonly caseId: string
}

async function waitingSubmission(): Promise<Waiting> {
  const opened = await newCase()
  const paper = await opened.sealPaper(pdfWith(opened.place.caseId))
  return { filled: await fillIn(opened, { papers: [paper] }), paper, caseId: opened.place.caseId }
}

/** Bends every blob of a case on the portal's disk. */
function bendBlobs(caseId: string): void {
  const folder = join(installation.dataDir, 'portal-blobs')
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes(caseId))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
  assert.ok(paths.length > 0, 'no blob to bend')
  for (const path of paths) writeFileSync(path, bent(readFileSync(path)))
}

type Harm = (mine: Waiting, other: Waiting) => Promise<unknown>

const HARMS: Readonly<Record<string, Harm>> = {
  'a bit of the manifest': async ({ caseId }) => {
    const [row] = await sql('select manifest from submissions where case_id = $1', caseId)
    const bytes = Buffer.from(bent(row?.['manifest'] as Buffer))
    await sql('update submissions set manifest = $2 where case_id = $1', caseId, bytes)
  },
  'a bit of the answers': async ({ caseId }) => {
    const [row] = await sql('select answers from submissions where case_id = $1', caseId)
    const bytes = Buffer.from(bent(row?.['answers'] as Buffer))
    await sql(
      'update submissions set answers = $2, answers_sha256 = $3 where case_id = $1',
      ...[caseId, bytes, await sha256Hex(bytes)],
    )
  },
  'a bit of a document': async ({ caseId }) => bendBlobs(caseId),
  'a document left out': ({ caseId }) => sql('delete from documents where case_id = $1', caseId),
  'a document put in': async ({ caseId, paper }) => {
    const id = newDocumentId()
    await sql(
      `insert into documents select case_id, $2, size, part_size, sha256, metadata, complete, created_at
       from documents where case_id = $1 and document_id = $3`,
      ...[caseId, id, paper.meta.id],
    )
    await sql(
      `insert into parts select case_id, $2, part, sha256, size, blob_key || '0', received_at
       from parts where case_id = $1 and document_id = $3`,
      ...[caseId, id, paper.meta.id],
    )
  },
  'the answers of another person': ({ caseId }, other) =>
    sql(
      `update submissions s set answers = o.answers, answers_sha256 = o.answers_sha256
       from submissions o where s.case_id = $1 and o.case_id = $2`,
      ...[caseId, other.caseId],
    ),
  'the whole submission of another person': ({ caseId }, other) =>
    sql(
      `update submissions s set answers = o.answers, answers_sha256 = o.answers_sha256, manifest = o.manifest
       from submissions o where s.case_id = $1 and o.case_id = $2`,
      ...[caseId, other.caseId],
    ),
}

test('whatever was altered after sending is quarantined: no confirmation, a task, the frozen bytes kept', async (t) => {
  const spared = await waitingSubmission()
  const harmed = new Map<string, Waiting>()
  for (const harm of Object.keys(HARMS)) harmed.set(harm, await waitingSubmission())
  await installation.stopZone('office')
  const receipt = await send(spared.filled)
  for (const { filled } of harmed.values()) await send(filled)
  for (const [name, waiting] of harmed) await HARMS[name]?.(waiting, spared)
  await installation.start('office')
  await confirmed(spared.filled)
  assert.equal(
    expectOk(await installation.office.inboxItem(spared.caseId)).receiptNumber,
    receipt.receiptNumber,
  )

  for (const [name, { caseId, filled }] of harmed) {
    await t.test(name, async () => {
      await eventually(`a task for ${name}`, async () => {
        const { tasks } = expectOk(await installation.office.tasks())
        return tasks.some((task) => task.caseId === caseId && task.kind === 'quarantine')
      })
      await eventually('the portal knows', async () => {
        const [row] = await sql('select state from cases where case_id = $1', caseId)
        return row?.['state'] === 'quarantined'
      })
      const status = expectOk(await filled.opened.api.receipt())
      assert.equal(status.delivery, 'waiting')
      const [row] = await sql(
        'select acknowledgement, answers is not null as kept from submissions where case_id = $1',
        caseId,
      )
      assert.deepEqual(row, { acknowledgement: null, kept: true })
      assert.equal(expectOk(await installation.office.case(caseId)).state, 'quarantined')
      const { items } = expectOk(await installation.office.inbox())
      assert.ok(!items.some((item) => item.caseId === caseId), 'nothing of it reaches the inbox')
    })
  }
})

test('a confirmation that the office did not make convinces nobody', async () => {
  const waiting = await waitingSubmission()
  await installation.stopZone('office')
  await send(waiting.filled)
  await sql(
    `update submissions set acknowledgement = $2, acknowledged_at = now() where case_id = $1`,
    ...[waiting.caseId, 'A'.repeat(43)],
  )
  const status = expectOk(await waiting.filled.opened.api.receipt())
  assert.equal(await waiting.filled.opened.isConfirmed(status), false)
  await installation.start('office')
})
