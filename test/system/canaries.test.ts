// Promises 1 and 2: after the whole way of a letter, canaries are searched wherever they must not be.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { officeClient } from '@einmal-pin/wire/office-client'
import { einmalPin } from '../harness/command-line.ts'
import { expectOk, type Letter } from '../harness/desk.ts'
import { type Installation, startInstallation, ZONES } from '../harness/installation.ts'
import { textOfPdf } from '../harness/letter-reader.ts'
import { pdfWith } from '../harness/opened-case.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { fillIn, sendAndWait } from './support/fill-in.ts'
import {
  databaseFolder,
  type Hit,
  searchDatabase,
  searchFiles,
  searchSeen,
  watchFolders,
} from './support/haystack.ts'
import { found, type Needle, needlesOf, pinNeedles } from './support/needles.ts'

/** Words that occur nowhere else, neither in the code nor in a form. */
const CANARY = {
  firstName: 'Trottellumme',
  lastName: 'Sturmschwalbe-Zwergmöwe',
  street: 'Rohrdommelsteig',
  city: 'Kranichswerder',
  answer: 'Wasserralle brütet im Röhricht',
  documentName: 'Goldregenpfeifer.pdf',
  content: 'Eissturmvogel Basstölpel Papageitaucher',
  item: 'Bekassinenbescheid',
} as const

let installation: Installation
let letters: Letter[] = []
let seen: ReadonlyMap<string, Buffer>
/** Whatever the office said to anybody: API answers and the command line's output. */
const said: string[] = []

before(async () => {
  installation = await startInstallation()
  const watch = watchFolders([
    ...ZONES.map((zone) => installation.tempOf(zone)),
    join(installation.dataDir, 'outbox'),
  ])
  try {
    letters = await wholeWay()
  } finally {
    seen = await watch.end()
  }
})

after(() => installation.remove())

/** Logged in with every answer of the office written down. */
function listeningOffice() {
  const send = async (request: Request) => {
    const response = await fetch(request)
    said.push(await response.clone().text())
    return response
  }
  const headers = { authorization: `Bearer ${installation.token}` }
  return officeClient(installation.officeUrl, headers, send)
}

async function wholeWay(): Promise<Letter[]> {
  const { firstName, lastName, street, city, item } = CANARY
  const prefill = { anforderungen: [{ art: 'rente', bezeichnung: item }] }
  const person = { firstName, lastName, street, city, prefill }
  const lost = await installation.letter(person)
  expectOk(await listeningOffice().reissue(lost.caseId, { reason: 'lost' }))
  const sent = await installation.arrived(lost.caseId, lost.person, 2)
  const waiting = await installation.letter(person)
  await work(sent, true)
  await work(waiting, false)
  await askTheOffice(sent.caseId)
  return [lost, sent, waiting]
}

async function work(letter: Letter, isSending: boolean): Promise<void> {
  const opened = await new Person(installation.publicUrl, loginDataOf(letter)).open()
  const name = CANARY.documentName
  const paper = await opened.sealPaper(pdfWith(CANARY.content, 3_000_000), { name })
  const ready = await fillIn(opened, { note: CANARY.answer, papers: [paper] })
  if (isSending) await sendAndWait(ready)
}

async function askTheOffice(caseId: string): Promise<void> {
  const office = listeningOffice()
  expectOk(await office.cases({ q: CANARY.lastName }))
  expectOk(await office.case(caseId))
  expectOk(await office.inbox())
  expectOk(await office.inboxItem(caseId))
  expectOk(await office.tasks())
  const { files } = expectOk(await office.exportManifest(caseId))
  for (const { path } of files) expectOk(await office.exportFile(caseId, path))
  const out = join(installation.dataDir, 'exported')
  for (const args of [
    ['cases', 'list', '--json'],
    ['cases', 'show', caseId, '--json'],
    ['cases', 'show', caseId],
    ['inbox', 'list', '--json'],
    ['inbox', 'show', caseId, '--json'],
    ['inbox', 'export', caseId, '--out', out, '--json'],
    ['letters', 'print', '--json'],
  ]) {
    const { code, stdout, stderr } = await einmalPin(installation, ...args)
    assert.equal(code, 0, `einmal-pin ${args.join(' ')}: ${stderr}`)
    said.push(stdout, stderr)
  }
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) said.push(readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  }
}

/** Personal data and contents, in every clothing; the PIN comes on top. */
function personalNeedles(): readonly Needle[] {
  const ofPersons = letters.flatMap(({ person }) => [
    ...needlesOf('KVNR', person.kvnr),
    ...needlesOf('KVNR without letter', person.kvnr.slice(1)),
    ...needlesOf('card number', person.cardNumber ?? ''),
    ...needlesOf('Aktenzeichen', person.caseRef),
  ])
  const ofCanaries = Object.entries(CANARY).flatMap(([name, text]) => needlesOf(name, text))
  return [
    ...ofPersons,
    ...ofCanaries,
    ...needlesOf('form id', 'bescheinigung-nachreichen'),
    ...needlesOf('form title', 'Unterlagen nachreichen'),
  ]
}

const allPins = () => letters.flatMap(({ pin }) => pinNeedles(pin))
const logOf = (zone: 'portal' | 'office' | 'print-centre') => readFileSync(installation.logOf(zone))
const none: readonly Hit[] = []

test('the canaries are really there: the search finds them where they belong', async () => {
  const hits = await searchDatabase(installation, 'office', personalNeedles())
  assert.ok(hits.some(({ what }) => what.startsWith('KVNR')))
  assert.ok(hits.some(({ what }) => what.startsWith('lastName')))
  assert.ok(
    said.some((text) => text.includes(CANARY.answer)),
    'the clerk reads the answer',
  )
  for (const { pin, caseId } of letters) {
    const round = letters.findIndex((letter) => letter.pin === pin) === 1 ? 2 : 1
    const [page = ''] = await textOfPdf(readFileSync(installation.postboxFile(caseId, round)))
    assert.ok(page.replaceAll(/\s/g, '').includes(pin), 'the letter has the PIN')
  }
})

test('the portal holds nothing in clear: rows, raw files, blobs, log, temporary files', async () => {
  const needles = [...personalNeedles(), ...allPins()]
  assert.deepEqual(await searchDatabase(installation, 'portal', needles), none)
  assert.deepEqual(searchFiles(await databaseFolder(installation, 'portal'), needles), none)
  assert.ok(existsSync(join(installation.dataDir, 'portal-blobs')))
  assert.deepEqual(searchFiles(join(installation.dataDir, 'portal-blobs'), needles), none)
  assert.deepEqual(found(logOf('portal'), needles), [])
  assert.deepEqual(searchFiles(installation.tempOf('portal'), needles), none)
})

test('no log and no temporary file of any zone names a person or what somebody wrote', () => {
  const needles = personalNeedles()
  for (const zone of ZONES) assert.deepEqual(found(logOf(zone), needles), [], `log of ${zone}`)
  assert.deepEqual(searchFiles(join(installation.dataDir, 'logs'), needles), none)
  const contents = needles.filter(({ name }) => /^(answer|content|documentName|KVNR)/.test(name))
  assert.deepEqual(searchSeen(seen, contents), none)
})

test('nothing that people wrote lies at the office unsealed', async () => {
  const needles = personalNeedles().filter(({ name }) =>
    /^(answer|content|documentName)/.test(name),
  )
  assert.deepEqual(await searchDatabase(installation, 'office', needles), none)
  assert.deepEqual(searchFiles(join(installation.dataDir, 'office-blobs'), needles), none)
})

test('after the letter nobody has the PIN: databases, write-ahead log, secrets, outbox, temporary files', async () => {
  const needles = allPins()
  assert.deepEqual(await searchDatabase(installation, 'office', needles), none)
  assert.deepEqual(await searchDatabase(installation, 'portal', needles), none)
  // PostgreSQL's own template databases (1, 4, 5) are never written to.
  const isElsewhere = (path: string) => /^(postbox|postgres\/data\/base\/[145]\/)/.test(path)
  assert.deepEqual(searchFiles(installation.dataDir, needles, isElsewhere), none)
  assert.deepEqual(searchSeen(seen, needles), none)
})

test('no command and no API of the office says a PIN', () => {
  const needles = allPins()
  assert.ok(said.length > 10)
  for (const text of said) assert.deepEqual(found(Buffer.from(text, 'utf8'), needles), [])
})

test('no PDF but the letter itself shows the PIN, the archive copy included', async () => {
  const entries = readdirSync(installation.dataDir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.pdf'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/postbox/'))
    // What the person sent is a PDF by name only, and was searched as it is.
    .filter((path) => !readFileSync(path).includes(CANARY.content))
  for (const path of paths) {
    const text = (await textOfPdf(readFileSync(path))).join('').replaceAll(/\s/g, '')
    for (const { pin } of letters) assert.ok(!text.includes(pin), path)
  }
})
