// npm run bench: every benchmark in test/load, one after the other, so that none disturbs another's figures.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { ROOT } from './paths.ts'
import { ensureChromium } from './tests/chromium.ts'
import { buildWebApps } from './web/web-apps.ts'

const print = (line: string) => console.log(line)
const [only] = process.argv.slice(2)
const benchmarks = globSync('test/load/*.bench.ts', { cwd: ROOT }).sort()
const chosen = benchmarks.filter((path) => only === undefined || path.includes(only))
await buildWebApps(print)
const env = { ...process.env, EP_CHROMIUM: ensureChromium(print) }
let failed = 0
for (const path of chosen) {
  print(`\n── ${path}`)
  const { status } = spawnSync(process.execPath, [path], { cwd: ROOT, env, stdio: 'inherit' })
  if (status !== 0) failed += 1
}
print(`\n${chosen.length - failed} of ${chosen.length} benchmarks ran`)
process.exitCode = failed === 0 && chosen.length > 0 ? 0 : 1
