// Runs one program of the test run and counts: passed, failed, skipped.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ROOT } from '../paths.ts'
import type { Step } from './parts.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** One line for each failure: place, title and the first line of the error. */
  readonly failures: readonly string[]
}

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
    return withExitCode(step, code, text === undefined ? undefined : readCounts(step, text))
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
  const failures = document.suites.flatMap(failuresIn)
  return { passed: expected, failed: unexpected + flaky, skipped, failures }
}

/** What is read of Playwright's JSON report. */
interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly line: number
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly error?: { readonly message?: string } }[]
    }[]
  }[]
}

function failuresIn({ suites = [], specs = [] }: Suite): readonly string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const message = results.find(({ error }) => error !== undefined)?.error?.message ?? ''
        return `${file}:${line} › ${title}: ${stripVTControlCharacters(message).split('\n', 1)[0]}`
      }),
  )
  return [...own, ...suites.flatMap(failuresIn)]
}

/** A program that ends badly without naming a failure has failed once. */
function withExitCode(step: Step, code: number, counts: Counts | undefined): Counts {
  const failures = [`${step.title}: ended with ${code}`]
  if (counts === undefined) {
    return code === 0
      ? { passed: 1, failed: 0, skipped: 0, failures: [] }
      : { passed: 0, failed: 1, skipped: 0, failures }
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1, failures } : counts
}
