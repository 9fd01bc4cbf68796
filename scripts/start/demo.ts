// The first start in demo mode: synthetic persons through the real import, and their letters through the fake post.
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../paths.ts'

const DEMO_CASES = join(ROOT, 'demo', 'cases.csv')
const POSTBOX_SECONDS = 60

/** Imports the demo file when the office has no case yet, prints the letters and waits for them. Throws when a command fails. */
export async function fillWithDemoData(
  dataDir: string,
  print: (line: string) => void,
): Promise<void> {
  const { cases } = (await cli(dataDir, ['cases', 'list'])) as { cases: readonly unknown[] }
  if (cases.length > 0) return
  print('First start: importing demo/cases.csv and printing the letters ...')
  const report = await cli(dataDir, ['cases', 'import', DEMO_CASES])
  const expected = (report as { imported: readonly unknown[] }).imported.length
  await cli(dataDir, ['letters', 'print'])
  await untilDelivered(dataDir, expected)
}

async function untilDelivered(dataDir: string, expected: number): Promise<void> {
  const giveUpAt = performance.now() + POSTBOX_SECONDS * 1000
  while ((await countLetters(dataDir)) < expected) {
    if (performance.now() > giveUpAt) throw new Error('the demo letters did not reach the postbox')
    await sleep(100)
  }
}

export async function countLetters(dataDir: string): Promise<number> {
  const names = await readdir(join(dataDir, 'postbox')).catch(() => [])
  return names.filter((name) => name.endsWith('.pdf')).length
}

/** Runs `bin/einmal-pin ... --json` against the running office and returns its document. */
async function cli(dataDir: string, args: readonly string[]): Promise<unknown> {
  const command = [join(ROOT, 'bin', 'einmal-pin'), ...args, '--json']
  const child = spawn(process.execPath, command, {
    env: { ...process.env, EP_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, complaint, code] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ])
  const text = Buffer.concat(output).toString()
  if (code !== 0) {
    const said = Buffer.concat(complaint).toString().trim() || text.trim()
    throw new Error(`einmal-pin ${args.join(' ')} failed: ${said}`)
  }
  return JSON.parse(text)
}
