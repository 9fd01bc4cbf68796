// Runs the chosen parts one after the other and ends with a table and the line `N passed, M failed`.
import { holdTestCluster } from '@einmal-pin/platform/testing'
import { ALREADY_BUILT, buildWebApps } from '../web/web-apps.ts'
import { ensureChromium } from './chromium.ts'
import type { Part, Step } from './parts.ts'
import { type Counts, runStep } from './run-step.ts'

export type Row = Counts & { readonly name: string; readonly seconds: number }

const print = (line: string) => console.log(line)

/** Returns the exit code. `done` gets the table's rows. */
export async function runParts(
  parts: readonly Part[],
  extra: Readonly<Record<string, string>> = {},
  done: (rows: readonly Row[]) => void = () => {},
): Promise<number> {
  const cluster = await holdTestCluster()
  const rows: Row[] = []
  try {
    const env = { ...process.env, ...cluster.env, ...extra }
    for (const part of parts) rows.push(await runPart(part, env))
  } finally {
    await cluster.release()
  }
  printTable(rows)
  done(rows)
  const passed = rows.reduce((sum, row) => sum + row.passed, 0)
  const failed = rows.reduce((sum, row) => sum + row.failed, 0)
  for (const { name, failures } of rows) for (const line of failures) print(`✖ ${name}: ${line}`)
  print(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function runPart(part: Part, env: NodeJS.ProcessEnv): Promise<Row> {
  print(`\n── ${part.name}`)
  const begun = performance.now()
  const counts = await runSteps(part, env).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    print(message)
    return { passed: 0, failed: 1, skipped: 0, failures: [message] }
  })
  return { name: part.name, ...counts, seconds: (performance.now() - begun) / 1000 }
}

async function runSteps(part: Part, env: NodeJS.ProcessEnv): Promise<Counts> {
  const prepared = { ...env, ...(await prepare(part)) }
  const run = async (step: Step): Promise<Counts> => {
    const counts = await runStep(step, prepared)
    if (step.kind === 'check') print(`${counts.failed === 0 ? '✔' : '✖'} ${step.title}`)
    return counts
  }
  // Checks use one core each; tests see to their own concurrency.
  const planned = part.steps()
  const steps: Counts[] = []
  if (planned.every(({ kind }) => kind === 'check'))
    steps.push(...(await Promise.all(planned.map(run))))
  else for (const step of planned) steps.push(await run(step))
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    steps.reduce((total, counts) => total + counts[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: steps.flatMap(({ failures }) => failures),
  }
}

async function prepare(part: Part): Promise<NodeJS.ProcessEnv> {
  if (part.builds !== true) return {}
  await buildWebApps(print)
  const browser = part.browser === true ? { EP_CHROMIUM: ensureChromium(print) } : {}
  return { [ALREADY_BUILT]: '1', ...browser }
}

function printTable(rows: readonly Row[]): void {
  print('\npart            passed  failed  skipped  seconds')
  for (const { name, passed, failed, skipped, seconds } of rows) {
    const numbers = [
      String(passed).padStart(6),
      String(failed).padStart(7),
      String(skipped).padStart(8),
      seconds.toFixed(1).padStart(8),
    ]
    print(`${name.padEnd(16)}${numbers.join(' ')}`)
  }
  print('')
}
