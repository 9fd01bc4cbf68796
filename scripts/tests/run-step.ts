// Runs one program of the test run and counts: passed, failed, skipped.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../paths.ts'
import type { Step } from './parts.ts'

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** Chooses browser tests by a part of their title. */
export const GREP_VARIABLE = 'EP_TEST_GREP'

const REPORTER = join(import.meta.dirname, 'reporter.ts')
/** What a part may take before it counts as hanging. */
const LIMIT_MILLISECONDS = 30 * 60 * 1000

export async function runStep(step: Step, env: NodeJS.ProcessEnv): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'ep-test-counts-'))
  const countsFile = join(folder, 'counts.json')
  try {
    const code = await runProgram(step, { ...env, ...step.env, ...reportTo(step, countsFile) })
    const text = await readFile(countsFile, 'utf8').catch(() => undefined)
    return withExitCode(code, text === undefined ? undefined : readCounts(step, text))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function reportTo(step: Step, countsFile: string): NodeJS.ProcessEnv {
  return step.kind === 'playwright'
    ? { PLAYWRIGHT_JSON_OUTPUT_FILE: countsFile }
    : { EP_TEST_COUNTS: countsFile }
}

function argumentsOf({ kind, args }: Step, env: NodeJS.ProcessEnv): readonly string[] {
  if (kind === 'node') {
    return [`--test-reporter=${REPORTER}`, '--test-reporter-destination=stdout', ...args]
  }
  if (kind !== 'playwright') return args
  const grep = env[GREP_VARIABLE]
  return [...args, '--reporter=list,json', ...(grep === undefined ? [] : ['--grep', grep])]
}

async function runProgram(step: Step, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [...argumentsOf(step, env)], {
    cwd: step.cwd ?? ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: LIMIT_MILLISECONDS,
  })
  const end = () => child.kill('SIGTERM')
  process.once('SIGTERM', end).once('SIGINT', end)
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1)).once('exit', (exit) => resolve(exit ?? 1))
  })
  process.off('SIGTERM', end).off('SIGINT', end)
  return code
}

function readCounts(step: Step, text: string): Counts {
  const document = JSON.parse(text)
  if (step.kind !== 'playwright') return document
  const { expected, unexpected, flaky, skipped } = document.stats
  // A test that passes only at the second try is a failure: nothing here may depend on luck.
  return { passed: expected, failed: unexpected + flaky, skipped }
}

/** A program that ends badly without naming a failure has failed once. */
function withExitCode(code: number, counts: Counts | undefined): Counts {
  if (counts === undefined)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
