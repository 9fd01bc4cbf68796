// The parts of the test run, the quick ones first, each a list of programs and how to count what they say.
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, ROOT } from '../paths.ts'

/** `check` counts as one test by its exit code; `node` and `playwright` report their own counts. */
export type Step = {
  readonly kind: 'check' | 'node' | 'playwright'
  readonly title: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

export type Part = {
  readonly name: string
  /** Needs the two web apps built and a browser. */
  readonly browser?: true
  readonly builds?: true
  readonly steps: () => readonly Step[]
}

const tool = (path: string) => join(ROOT, 'node_modules', path)
const TSC = tool('typescript/bin/tsc')

const files = (...patterns: readonly string[]) =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .filter((path) => !path.includes('node_modules'))
    .sort()

const check = (title: string, ...args: readonly string[]): Step => ({ kind: 'check', title, args })

/** A test that hangs must not hold the whole run. */
const TIMEOUT = '--test-timeout=600000'

/** Empty when no file matches, so that a part without tests is shown as such. */
const nodeTests = (
  title: string,
  paths: readonly string[],
  ...options: readonly string[]
): readonly Step[] =>
  paths.length === 0
    ? []
    : [{ kind: 'node', title, args: ['--test', TIMEOUT, ...options, ...paths] }]

function types(): readonly Step[] {
  const projects = ['tsconfig.json', ...files('packages/*/tsconfig.json')]
  return projects.map((path) => {
    const memory = join(CACHE, `${path.replaceAll('/', '-')}buildinfo`)
    return check(`tsc ${path}`, TSC, '-p', path, '--incremental', '--tsBuildInfoFile', memory)
  })
}

function svelte(): readonly Step[] {
  return ['citizen', 'clerk']
    .filter((app) => existsSync(join(ROOT, 'apps', app, 'tsconfig.json')))
    .map((app) => ({
      ...check(
        `svelte-check apps/${app}`,
        tool('svelte-check/bin/svelte-check'),
        ...['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'],
      ),
      cwd: join(ROOT, 'apps', app),
    }))
}

/** Without clock, network and ports: all in one process, which is fifteen times faster (findings.md 1.4). */
const PURE = ['packages/domain', 'packages/forms', 'packages/wire']

function unit(): readonly Step[] {
  const pure = files(...PURE.map((path) => `${path}/**/*.test.ts`))
  const others = files(
    'packages/**/*.test.ts',
    'apps/**/*.test.ts',
    'scripts/**/*.test.ts',
    'test/harness/**/*.test.ts',
  )
  const separate = others.filter((path) => !pure.includes(path))
  const steps = [
    ...nodeTests('pure packages', pure, '--test-isolation=none'),
    ...nodeTests('packages and apps', separate, '--test-concurrency=2'),
  ]
  return steps.map((step) => ({ ...step, env: { EP_LOG_LEVEL: 'silent' } }))
}

export const PARTS: readonly Part[] = [
  { name: 'lint', steps: () => [check('biome check', tool('@biomejs/biome/bin/biome'), 'check')] },
  // The web apps' generated code (texts, route types) is read from here on.
  { name: 'types', builds: true, steps: types },
  {
    name: 'dead-code',
    builds: true,
    steps: () => [check('knip', tool('knip/bin/knip.js'), '--no-progress')],
  },
  {
    name: 'architecture',
    steps: () => nodeTests('architecture', files('test/architecture/*.test.ts')),
  },
  { name: 'unit', builds: true, steps: unit },
  { name: 'svelte', builds: true, steps: svelte },
  {
    name: 'system',
    builds: true,
    steps: () => nodeTests('system', files('test/system/*.test.ts'), '--test-concurrency=2'),
  },
  {
    name: 'browser',
    builds: true,
    browser: true,
    steps: () =>
      files('test/e2e/**/*.spec.ts', 'test/e2e/**/*.e2e.ts').length === 0
        ? []
        : [
            {
              kind: 'playwright',
              title: 'playwright',
              args: [tool('@playwright/test/cli.js'), 'test', '--config', 'test/e2e'],
            },
          ],
  },
]
