// The promises about the command line, against a running office: one JSON document, exit code 0 only on success, lines and fields named.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase } from '@einmal-pin/platform/testing'
import { readOfficeConfig } from '../config.ts'
import { type RunningOffice, startOffice } from '../start-office.ts'
import { csvOf } from '../testing/case-csv.ts'

const BIN = join(import.meta.dirname, '../../../../bin/einmal-pin')
/** What bin/einmal-pin hands over to; spares a process per call. */
const MAIN = join(import.meta.dirname, 'main.ts')
const DEMO = join(import.meta.dirname, '../../../../demo/cases.csv')
const DEMO_ROWS = readFileSync(DEMO, 'utf8').trim().split('\n').length - 1

let dataDir: string
let running: RunningOffice
let drop: () => Promise<void>
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ep-cli-'))
  const database = await createTestDatabase()
  drop = database.drop
  const config = readOfficeConfig({
    EP_DATA_DIR: dataDir,
    EP_DEMO: '1',
    EP_OFFICE_PORT: '0',
    OFFICE_DATABASE_URL: database.url,
    EP_TENANT_FILE: join(import.meta.dirname, '../../../../config/tenant.json'),
  })
  running = await startOffice(config)
})
after(async () => {
  await running.stop()
  await drop()
  await rm(dataDir, { recursive: true, force: true })
})

interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const run = (...args: readonly string[]): Promise<Said> => runFile(MAIN, args)

const runFile = (program: string, args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const env = { ...process.env, EP_DATA_DIR: dataDir }
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })

async function file(name: string, text: string): Promise<string> {
  const path = join(dataDir, name)
  await writeFile(path, text)
  return path
}

describe('einmal-pin', () => {
  test('imports the shipped demo file, lists it and finds a case by its reference', async () => {
    const imported = await run('cases', 'import', DEMO, '--json')
    assert.equal(imported.code, 0, imported.stderr)
    assert.equal(JSON.parse(imported.stdout).imported.length, DEMO_ROWS)
    const listed = JSON.parse((await run('cases', 'list', '--json')).stdout)
    assert.equal(listed.cases.length, DEMO_ROWS)
    const shown = await run('cases', 'show', 'DEMO-2026-0001', '--json')
    const detail = JSON.parse(shown.stdout)
    assert.equal(detail.state, 'opened')
    const words = await run('cases', 'show', detail.caseId)
    assert.match(words.stdout, /DEMO-2026-0001/)
    const found = JSON.parse((await run('cases', 'list', '--query', 'beispiel', '--json')).stdout)
    assert.equal(found.cases.length, 2)
  })

  test('the demo file a second time: exit code 1, every line named, nothing imported', async () => {
    const again = await run('cases', 'import', DEMO, '--json')
    assert.equal(again.code, 1)
    const { imported, problems, code } = JSON.parse(again.stdout)
    assert.deepEqual([imported.length, problems.length, code], [0, DEMO_ROWS, 'import.rejected'])
  })

  test('bad rows are named by line and field in words and in JSON', async () => {
    const path = await file('bad.csv', csvOf([{ caseRef: 'X-1' }, { caseRef: 'X-2', kvnr: 'T1' }]))
    const said = await run('cases', 'import', path)
    assert.equal(said.code, 1)
    assert.match(said.stderr, /line 3, field kvnr: .*import\.kvnr/)
    assert.equal((await run('cases', 'show', 'X-1')).code, 1)
    const skipped = await run('cases', 'import', path, '--skip-bad', '--json')
    assert.equal(skipped.code, 0)
    assert.deepEqual(
      JSON.parse(skipped.stdout).imported.map((row: { caseRef: string }) => row.caseRef),
      ['X-1'],
    )
  })

  test('a file in another encoding arrives as it is and is refused by the office', async () => {
    const path = join(dataDir, 'latin1.csv')
    await writeFile(path, Buffer.from(csvOf([{ caseRef: 'X-3', lastName: 'Groß' }]), 'latin1'))
    const said = await run('cases', 'import', path, '--json')
    assert.equal(JSON.parse(said.stdout).problems[0].code, 'import.csv')
  })

  test('revoking shows the new state, and a second time is refused with the code', async () => {
    assert.equal((await run('cases', 'revoke', 'DEMO-2026-0002', '--json')).code, 0)
    const again = await run('cases', 'revoke', 'DEMO-2026-0002', '--json')
    assert.equal(again.code, 1)
    assert.equal(JSON.parse(again.stdout).code, 'action.notAllowed')
    assert.equal((await run('cases', 'revoke', 'DEMO-2026-0003', '--reason', 'weather')).code, 2)
  })

  test('the inbox is empty, an unknown submission is refused', async () => {
    assert.deepEqual(JSON.parse((await run('inbox', 'list', '--json')).stdout), { items: [] })
    const shown = await run('inbox', 'show', 'c00000000000', '--json')
    assert.deepEqual([shown.code, JSON.parse(shown.stdout).code], [1, 'inbox.none'])
    const target = join(dataDir, 'out')
    assert.equal((await run('inbox', 'export', 'c00000000000', '--out', target)).code, 1)
  })

  test('doctor names what is missing', async () => {
    const said = await run('doctor', '--json')
    assert.equal(said.code, 1)
    const failed = JSON.parse(said.stdout)
      .checks.filter(({ ok }: { ok: boolean }) => !ok)
      .map(({ check }: { check: string }) => check)
    assert.deepEqual(failed, ['portal is ready', 'print centre has a key'])
  })

  test('wrong arguments end with 2 and say where help is', async () => {
    const calls = [
      ['cases'],
      ['cases', 'show'],
      ['cases', 'list', '--stolen'],
      ['cases', 'import', DEMO, '--no-such'],
      ['inbox', 'export', 'c00000000000'],
    ]
    for (const said of await Promise.all(calls.map((args) => run(...args)))) {
      assert.deepEqual([said.code, said.stdout], [2, ''])
      assert.match(said.stderr, /--help/)
    }
    assert.equal((await runFile(BIN, ['--help'])).code, 0)
  })
})
