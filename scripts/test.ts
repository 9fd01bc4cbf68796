// npm test: every part of the test run; `--only unit,system` chooses, `--grep TEXT` chooses browser tests by title, `--full` looks at every
// page in every state, kills more often and writes docs/full-run.md.
import { parseArgs } from 'node:util'
import { openFullRun } from './tests/full-results.ts'
import { PARTS } from './tests/parts.ts'
import { runParts } from './tests/run-parts.ts'
import { GREP_VARIABLE } from './tests/run-step.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
})
const wanted = values.only?.split(',') ?? PARTS.map(({ name }) => name)
const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name))
if (unknown.length > 0) {
  console.error(
    `No such part: ${unknown.join(', ')}. Parts: ${PARTS.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}
const chosen = PARTS.filter(({ name }) => wanted.includes(name))
const full = values.full ? openFullRun() : undefined
const grep = values.grep === undefined ? {} : { [GREP_VARIABLE]: values.grep }
process.exitCode = await runParts(chosen, { ...full?.environment, ...grep }, full?.write)
