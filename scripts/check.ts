// npm run check: the quick half of the tests, to run before each commit.
import { PARTS } from './tests/parts.ts'
import { runParts } from './tests/run-parts.ts'

const QUICK = ['lint', 'types', 'dead-code', 'architecture', 'unit']

process.exitCode = await runParts(PARTS.filter(({ name }) => QUICK.includes(name)))
