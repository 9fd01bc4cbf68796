// Reports a `node --test` run: one line a file, failures in full at the end, the counts as JSON for the runner.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { EventData } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

type FileResult = { passed: number; failed: number; skipped: number; milliseconds: number }

/** The summary that Node itself prints as diagnostics. */
const NODES_SUMMARY =
  /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$|^Rate limiting/

const files = new Map<string, FileResult>()
const failures: string[] = []
/** One line each, for the end of the whole run. */
const headlines: string[] = []

// biome-ignore lint/style/noDefaultExport: node:test takes a reporter by its default export
export default async function* report(source: AsyncIterable<TestEvent>): AsyncIterable<string> {
  for await (const event of source) {
    switch (event.type) {
      case 'test:pass':
        countPass(event.data)
        break
      case 'test:fail':
        countFailure(event.data)
        break
      case 'test:stdout':
      case 'test:stderr':
        yield event.data.message
        break
      case 'test:diagnostic':
        if (!NODES_SUMMARY.test(event.data.message)) yield `  ${event.data.message}\n`
        break
      default:
    }
  }
  yield* summary()
}

function resultOf(file: string | undefined): FileResult {
  const name = relative(process.cwd(), file ?? 'unknown')
  const known = files.get(name)
  if (known !== undefined) return known
  const fresh = { passed: 0, failed: 0, skipped: 0, milliseconds: 0 }
  files.set(name, fresh)
  return fresh
}

function countPass({ details, file, skip, nesting }: EventData.TestPass): void {
  const result = resultOf(file)
  if (nesting === 0) result.milliseconds += details.duration_ms
  if (details.type === 'suite') return
  if (skip === undefined || skip === false) result.passed += 1
  else result.skipped += 1
}

function countFailure({ details, file, name, line, nesting }: EventData.TestFail): void {
  const result = resultOf(file)
  if (nesting === 0) result.milliseconds += details.duration_ms
  // A suite fails with its tests, which are counted and shown themselves.
  if (details.type === 'suite' && /subtests? failed/.test(String(details.error.message))) return
  result.failed += 1
  const { cause } = details.error
  const text = describe(cause instanceof Error ? cause : details.error)
  const place = `${relative(process.cwd(), file ?? '')}:${line ?? 0}`
  failures.push(`✖ ${name}\n  ${place}\n${indent(text)}`)
  headlines.push(`${place} › ${name}: ${text.split('\n', 1)[0]}`)
}

/** An assertion already tells the difference in its message; of its stack only the place in our own files is of use. */
function describe(error: Error): string {
  if (error.name !== 'AssertionError') return inspect(error, { depth: 3 })
  const place = (error.stack ?? '').split('\n').find((line) => /^\s+at .*file:/.test(line))
  return `${error.message}\n${place ?? ''}`
}

const indent = (text: string) =>
  text
    .split('\n')
    .slice(0, 40)
    .map((line) => `    ${line}`)
    .join('\n')

function* summary(): Iterable<string> {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const [file, { passed, failed, skipped, milliseconds }] of [...files].sort()) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    const seconds = (milliseconds / 1000).toFixed(1)
    const aside = skipped > 0 ? `, ${skipped} skipped` : ''
    yield `${failed > 0 ? '✖' : '✔'} ${file}: ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${aside} (${seconds} s)\n`
  }
  for (const failure of failures) yield `\n${failure}\n`
  const countsFile = process.env['EP_TEST_COUNTS']
  if (countsFile !== undefined)
    writeFileSync(countsFile, JSON.stringify({ ...total, failures: headlines }))
}
