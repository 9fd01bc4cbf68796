// npm test: every part of the test run; `--only unit,system` chooses, `--full` kills more often.
import { parseArgs } from 'node:util'
import { PARTS } from './tests/parts.ts'
import { runParts } from './tests/run-parts.ts'

const { values } = parseArgs({
  options: { only: { type: 'string' }, full: { type: 'boolean', default: false } },
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
process.exitCode = await runParts(chosen, values.full ? { EP_TEST_FULL: '1' } : {})
