// docs/operations, tried: the office comes back from a copy of its data and keys; without its key-encryption key nothing opens.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { equalBytes } from '@einmal-pin/vault/constant-time'
import { newSecret } from '@einmal-pin/vault/random'
import { expectOk, type Letter } from '../harness/desk.ts'
import {
  type Installation,
  resumeInstallation,
  startInstallation,
} from '../harness/installation.ts'
import { pdfWith } from '../harness/opened-case.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { fillIn, sendAndWait } from './support/fill-in.ts'

const NOTE = 'steht im Posteingang'
const CONTENT = pdfWith('Rentenbescheid', 20_000)

let letter: Letter
let documentId: string
let copy: string
let restored: Installation | undefined

before(async () => {
  const installation = await startInstallation()
  letter = await installation.letter()
  const opened = await new Person(installation.publicUrl, loginDataOf(letter)).open()
  const paper = await opened.sealPaper(CONTENT)
  documentId = paper.meta.id
  await sendAndWait(await fillIn(opened, { note: NOTE, papers: [paper] }))
  await installation.stop()
  // The copy that an operator makes: everything below EP_DATA_DIR with its owners, the servers stopped.
  copy = join(mkdtempSync(join(tmpdir(), 'ep-copy-')), 'data')
  execFileSync('cp', ['-a', installation.dataDir, copy])
  await rm(installation.dataDir, { recursive: true, force: true })
})

after(async () => {
  await restored?.stop()
  rmSync(join(copy, '..'), { recursive: true, force: true })
})

const kek = () => join(copy, 'secrets/office/kek.json')

/** The office must not come up; a hanging server would hold the whole run up. */
async function refusedStart(): Promise<string> {
  const started = await resumeInstallation(copy).catch((error: Error) => error)
  if (started instanceof Error) return started.message
  await started.stop()
  throw new Error('the office started all the same')
}

test('without the KEK the office refuses to start, names the file and makes no new key', async () => {
  renameSync(kek(), `${copy}.kek`)
  const refusal = await refusedStart()
  assert.match(refusal, /office ended/)
  assert.match(refusal, /kek\.json is missing: restore it/)
  assert.ok(!existsSync(kek()))
})

test('with the KEK of another office it refuses, too', async () => {
  const foreign = { current: 'kek-foreign', keys: { 'kek-foreign': newSecret() } }
  writeFileSync(kek(), JSON.stringify(foreign), { mode: 0o600 })
  assert.match(await refusedStart(), /kek\.json is not the key of this database/)
})

test('with the KEK the inbox is read again, documents included', async () => {
  renameSync(`${copy}.kek`, kek())
  restored = await resumeInstallation(copy)
  const { office } = restored
  const { items } = expectOk(await office.inbox())
  assert.deepEqual(
    items.map(({ caseId }) => caseId),
    [letter.caseId],
  )
  const item = expectOk(await office.inboxItem(letter.caseId))
  const answers = item.sections.flatMap((section) => section.answers)
  assert.ok(answers.some(({ value }) => value === NOTE))
  const bytes = expectOk(await office.document(letter.caseId, documentId))
  assert.ok(equalBytes(bytes, CONTENT))
  const person = new Person(restored.publicUrl, loginDataOf(letter))
  assert.equal(await person.hears(), 'submitted')
})
