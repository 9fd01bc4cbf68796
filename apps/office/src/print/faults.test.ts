// The promises about faults that are not a letter's own: the run waits with the place named, no letter is refused, and it goes on.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { LETTERS_FOLDER } from '../letters/letters-folder.ts'
import { openTasksOf } from '../testing/case-rows.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase } from '../testing/published-case.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { controlRun } from './control-run.ts'
import { makeOrderedLetters } from './make-letters.ts'
import { readPrintRun } from './print-runs.ts'
import { startRun } from './start-run.ts'

let at: TestOffice
let folder: string
const never = new AbortController().signal

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'letters-'))
  await cp(LETTERS_FOLDER, folder, { recursive: true })
  at = await openTestOffice({ lettersDir: folder })
  await introducePrintCentre(at.dataDir)
})
after(async () => {
  await at[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const start = () =>
  at.office.database.transaction((transaction) =>
    startRun(transaction, at.office.clock, 'test', { release: false }),
  )
const runOf = (runId: string) => readPrintRun(at.office.database.kysely, runId)

/** Breaks a file of the folder; returns what mends it. */
async function broken(file: string, from: string, to: string): Promise<() => Promise<void>> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8')
  assert.ok(text.includes(from), from)
  await writeFile(path, text.replace(from, to))
  return () => writeFile(path, text)
}

const FAULTS = [
  [
    'letter.template',
    'templates/standard.typ',
    '#',
    '#nothing-of-that-name\n#',
    /^templates\/standard\.typ:2:2$/,
  ],
  ['letter.template', 'texts/de.json', '"subject"', 'subject', /^texts\/de\.json:\d+:\d+$/],
  ['letter.template', 'texts/de.json', '{caseRef}', '{caseReff}', /^texts\/de\.json$/],
  [
    'letter.font',
    'templates/letter.typ',
    'Noto Sans',
    'Comic Serif',
    /^templates\/letter\.typ:\d+/,
  ],
] as const

for (const [code, file, from, to, place] of FAULTS) {
  test(`${code} in ${file} ("${to.trim()}") lets the run wait until it is mended`, async () => {
    const mend = await broken(file, from, to)
    await Promise.all([openedCase(at.office), openedCase(at.office)])
    const runId = await start()
    assert.equal(await makeOrderedLetters(at.office, never), 0)
    const waiting = await runOf(runId)
    assert.deepEqual(
      [waiting.state, waiting.code, waiting.open, waiting.refusals],
      ['paused', code, 2, 0],
    )
    assert.match(waiting.place ?? '', place)
    assert.deepEqual(await openTasksOf(at.office, null), [
      { kind: 'runWaits', code: `${code} ${runId}` },
    ])
    await mend()
    await controlRun(at.office, runId, 'resume', 'test')
    assert.equal(await makeOrderedLetters(at.office, never), 2)
    const mended = await runOf(runId)
    assert.deepEqual([mended.state, mended.code, mended.place], ['making', null, null])
    assert.deepEqual(await openTasksOf(at.office, null), [])
  })
}

test("a template that only one person's name breaks refuses that letter and no other", async () => {
  const from = '#import "letter.typ"'
  const trap = `#if json("/data.json").address.join().contains("Stolper") { panic("tripped") }\n${from}`
  const mend = await broken('templates/standard.typ', from, trap)
  await Promise.all([openedCase(at.office), openedCase(at.office, { lastName: 'Stolper' })])
  const runId = await start()
  assert.equal(await makeOrderedLetters(at.office, never), 1)
  const run = await runOf(runId)
  assert.deepEqual(
    [run.state, run.open, run.refusals, run.refused[0]?.code],
    ['making', 1, 1, 'letter.template'],
  )
  await mend()
})

test('a wrong key of the print centre is named, and no letter is refused for it', async () => {
  const path = join(at.dataDir, 'secrets/print-centre/recipient.txt')
  const key = await readFile(path, 'utf8')
  await writeFile(path, 'age1wrong\n')
  await openedCase(at.office)
  const runId = await start()
  assert.equal(await makeOrderedLetters(at.office, never), 0)
  const waiting = { kind: 'printWaits', code: 'printCentre.keyWrong' }
  assert.deepEqual(await openTasksOf(at.office, null), [waiting])
  assert.deepEqual([(await runOf(runId)).open, (await runOf(runId)).refusals], [1, 0])
  await writeFile(path, key)
  assert.equal(await makeOrderedLetters(at.office, never), 1)
  assert.deepEqual(await openTasksOf(at.office, null), [])
})
