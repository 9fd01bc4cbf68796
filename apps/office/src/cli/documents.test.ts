// The promise about --json: whatever happens, one document, and each parses with the schema that docs/cli.md names.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CLI_DOCUMENTS, RefusedImport, StuckRun } from '@einmal-pin/wire/cli-documents'
import { sql } from 'kysely'
import { Check } from 'typebox/value'
import { recordOf } from '../letters/letter-record.ts'
import { sampleLetter } from '../letters/letter-samples.ts'
import { readPrintRun } from '../print/print-runs.ts'
import { settleRuns } from '../print/settle-runs.ts'
import { startRun } from '../print/start-run.ts'
import { csvOf, NEW_HOME } from '../testing/case-csv.ts'
import { publishedCase } from '../testing/published-case.ts'
import { receivedCase } from '../testing/received-case.ts'
import { documentOf, listenForCli, runCli } from '../testing/run-cli.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
let sentCase: string
before(async () => {
  at = await openTestOffice()
  await listenForCli(at)
  sentCase = await receivedCase(at)
})
after(() => at[Symbol.asyncDispose]())

const run = (...args: readonly string[]) => runCli(at.dataDir, [...args, '--json'])

async function csvFile(name: string, text: string): Promise<string> {
  const path = join(at.dataDir, name)
  await writeFile(path, text)
  return path
}

const FORMS = join(import.meta.dirname, '../../../../packages/forms')

describe('every command prints a document of its schema', () => {
  const asked = new Set<string>(['--help'])
  after(() => assert.deepEqual([...asked].sort(), Object.keys(CLI_DOCUMENTS).sort()))

  /** Arguments beginning with `@` are filled in at the time. */
  const CALLS: readonly (readonly [
    kind: keyof typeof CLI_DOCUMENTS,
    args: readonly string[],
    code: number,
  ])[] = [
    ['cases import', ['@file'], 0],
    ['cases list', [], 0],
    ['cases show', ['DOC-1'], 0],
    ['cases revoke', ['DOC-1'], 0],
    ['cases reissue', ['@published'], 0],
    ['letters print', [], 0],
    ['cases move', ['@published', '@address'], 0],
    ['cases extend', ['@late'], 0],
    ['letters status', ['@status'], 1],
    ['letters returns', ['@returns'], 1],
    ['letters run list', [], 0],
    ['letters run start', ['--release'], 0],
    ['letters run show', ['@making'], 0],
    ['letters run pause', ['@making'], 0],
    ['letters run resume', ['@paused'], 0],
    ['letters run release', ['@checked'], 0],
    ['letters run cancel', ['@making'], 0],
    ['letters preview', ['--out', '@pdf'], 0],
    ['letters check', ['@empty'], 1],
    ['letters copy', ['@copied', '--out', '@copy'], 0],
    ['inbox list', [], 0],
    ['inbox show', ['@sent'], 0],
    ['inbox export', ['@sent', '--out', '@out'], 0],
    ['form check', [], 0],
    ['form preview', [join(FORMS, 'krankengeld'), '--minutes', '0'], 0],
    ['doctor', [], 1],
  ]

  async function filledIn(word: string): Promise<string> {
    if (word === '@file') return csvFile('good.csv', csvOf([{ caseRef: 'DOC-1' }]))
    if (word === '@published') return (await publishedCase(at.office)).caseId
    if (word === '@sent') return sentCase
    const state = word.slice(1)
    if (isRunState(state)) return runIn(state)
    if (word === '@late') return lateCase()
    if (word === '@status') {
      return csvFile('status.csv', 'letterId,outcome,printedOn,postedOn\nnever-1,spoiled,,\n')
    }
    if (word === '@returns') return csvFile('returns.csv', 'letterId\nnever-1;1/2\n')
    if (word === '@address') return csvFile('address.json', JSON.stringify(NEW_HOME))
    if (word === '@empty') return at.dataDir
    if (word === '@copied') return copiedLetter()
    if (word === '@copy') return join(at.dataDir, 'copy.pdf')
    if (word === '@pdf') return join(at.dataDir, 'letter.pdf')
    return word === '@out' ? join(at.dataDir, 'exported') : word
  }

  for (const [kind, args, code] of CALLS) {
    test(kind, async () => {
      asked.add(kind)
      using _run =
        kind === 'letters print' || kind === 'letters run start' ? await anEmptyRun() : undefined
      const said = await run(...kind.split(' '), ...(await Promise.all(args.map(filledIn))))
      assert.equal(said.code, code, said.stderr)
      documentOf(said, kind)
    })
  }

  test('--help', async () => {
    documentOf(await run('--help'), '--help')
  })
})

/** A letter with the words that were printed. */
async function copiedLetter(): Promise<string> {
  const { caseId } = await publishedCase(at.office)
  const letterId = `${caseId}-1`
  const { kysely } = at.office.database
  await kysely
    .updateTable('letter_orders')
    .set({ letter_id: letterId, round: 1 })
    .where('case_id', '=', caseId)
    .execute()
  const record = JSON.stringify(recordOf(sampleLetter({ letterId })))
  await kysely
    .insertInto('letter_records')
    .values({ letter_id: letterId, case_id: caseId, record })
    .execute()
  return letterId
}

/** Posted five days after its letter date. */
async function lateCase(): Promise<string> {
  const { caseId } = await publishedCase(at.office)
  const db = at.office.database.kysely
  await sql`update rounds set letter_state = 'posted', posted_on = letter_date + 5 where case_id = ${caseId}`.execute(
    db,
  )
  return caseId
}

const RUN_STATES = ['making', 'paused', 'checked'] as const
const isRunState = (word: string): word is (typeof RUN_STATES)[number] =>
  RUN_STATES.some((state) => state === word)

/** A run over nothing in this state. */
async function runIn(state: (typeof RUN_STATES)[number]): Promise<string> {
  const { database, clock } = at.office
  const options = { caseIds: ['c00000000000'] }
  const runId = await database.transaction((transaction) =>
    startRun(transaction, clock, 'test', options),
  )
  await database.kysely
    .updateTable('print_runs')
    .set({ state })
    .where('run_id', '=', runId)
    .execute()
  return runId
}

/** No portal and no print centre here: a run over nothing, closed as the office's jobs would close it. */
async function anEmptyRun(): Promise<Disposable> {
  await at.office.database.kysely.deleteFrom('letter_orders').execute()
  const timer = setInterval(() => void settleRuns(at.office), 100)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

describe('every failure prints a document with code and detail', () => {
  test('a refusal of the office', async () => {
    for (const args of [
      ['cases', 'show', 'no-such-case'],
      ['inbox', 'show', 'c00000000000'],
      ['inbox', 'export', 'c00000000000', '--out', join(at.dataDir, 'never')],
      ['cases', 'revoke', 'DOC-1'],
    ]) {
      const said = await run(...args)
      assert.equal(said.code, 1, args.join(' '))
      documentOf(said, 'failure')
    }
  })

  test('wrong arguments, a file that is not there, an occupied folder', async () => {
    await mkdir(join(at.dataDir, 'taken'))
    const calls: readonly (readonly [readonly string[], number, string])[] = [
      [['cases', 'fly'], 2, 'cli.usage'],
      [['cases', 'list', '--no-such'], 2, 'cli.usage'],
      [['cases', 'import', '/nowhere.csv'], 1, 'cli.file'],
      [['inbox', 'export', sentCase, '--out', join(at.dataDir, 'taken')], 1, 'cli.out'],
      [['letters', 'preview', '--out', '/nowhere/letter.pdf'], 1, 'cli.file'],
      [['letters', 'preview', '--variant', 'klein'], 2, 'cli.usage'],
    ]
    for (const [args, code, expected] of calls) {
      const said = await run(...args)
      const document = documentOf(said, 'failure') as { code: string }
      assert.deepEqual([said.code, document.code], [code, expected], args.join(' '))
    }
  })

  test('a refused import has a schema of its own, and is a failure as well', async () => {
    const path = await csvFile('bad.csv', csvOf([{ caseRef: 'DOC-2', kvnr: 'T1' }]))
    const said = await run('cases', 'import', path)
    assert.equal(said.code, 1)
    assert.ok(Check(RefusedImport, documentOf(said, 'failure')), said.stdout)
  })

  test('no office: not started, and started once but gone', async () => {
    const empty = join(at.dataDir, 'empty')
    await mkdir(empty)
    const never = await runCli(empty, ['cases', 'list', '--json'])
    assert.equal((documentOf(never, 'failure') as { code: string }).code, 'cli.token')
    await writeFile(join(empty, 'cli-token'), 'A'.repeat(43))
    await writeFile(join(empty, 'ports.json'), '{"office":1}')
    const gone = await runCli(empty, ['cases', 'list', '--json'])
    assert.equal((documentOf(gone, 'failure') as { code: string }).code, 'network')
  })

  test('a run that stands still is a print run with code and detail', async () => {
    const run = await readPrintRun(at.office.database.kysely, await runIn('making'))
    assert.ok(Check(StuckRun, { ...run, code: 'run.stuck', detail: 'It stands.' }))
  })
})

test('an Aktenzeichen is found exactly, however many begin with it', async () => {
  const first = await csvFile('first.csv', csvOf([{ caseRef: 'L-1' }]))
  const rows = Array.from({ length: 600 }, (_, index) => ({ caseRef: `L-1${index}` }))
  const rest = await csvFile('rest.csv', csvOf(rows))
  assert.equal((await run('cases', 'import', first)).code, 0)
  assert.equal((await run('cases', 'import', rest)).code, 0)
  const shown = documentOf(await run('cases', 'show', 'L-1'), 'cases show') as { caseRef: string }
  assert.equal(shown.caseRef, 'L-1')
  assert.equal((await run('cases', 'show', 'L-')).code, 1)
})
