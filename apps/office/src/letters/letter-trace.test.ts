// The promise about secrets on the way: of fifty letters no PIN is in any write of any process, and no file but the sealed ones is made.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { newSealingPair } from '@einmal-pin/vault/age'
import { openLetter } from '@einmal-pin/vault/letter-opening'
import { probePdf } from './pdf-probe.ts'

const MAKER = join(import.meta.dirname, '../testing/letter-trace-maker.ts')
const hasStrace = spawnSync('strace', ['-V']).status === 0
const skip = hasStrace ? false : 'strace is not installed on this machine'

test('fifty letters under strace', { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'letter-trace-'))
  const out = join(folder, 'sealed')
  await mkdir(out)
  const { identity, recipient } = await newSealingPair()
  const calls = 'trace=write,pwrite64,writev,pwritev,sendto,sendmsg,openat,creat'
  const trace = join(folder, 'trace.txt')
  const traced = spawnSync(
    'strace',
    ['-f', '-s', '200000', '-e', calls, '-o', trace, process.execPath, MAKER, recipient, out],
    { env: { ...process.env, TMPDIR: folder }, timeout: 240_000 },
  )
  assert.equal(traced.status, 0, traced.stderr.toString().slice(-500))
  const pins: string[] = []
  const files = (await readdir(out)).filter((file) => file.endsWith('.age'))
  for (const file of files) {
    const sha256 = file.slice(0, -'.age'.length)
    const [page] = await probePdf(
      await openLetter(identity, await readFile(join(out, file)), sha256),
    )
    const [pin] =
      /\b\d{4} \d{4} \d{4} \d{4}\b/.exec(page?.text.replaceAll('\u00a0', ' ') ?? '') ?? []
    assert.ok(pin, 'a letter without a PIN')
    pins.push(pin)
  }
  assert.equal(new Set(pins).size, 50)
  const written = await readFile(trace, 'latin1')
  // The search itself must be able to find something: the names of the sealed files were written down.
  assert.ok(written.includes(files[0] ?? 'none'))
  for (const pin of pins) {
    const digits = pin.replaceAll(' ', '')
    for (const form of [pin, digits, digits.slice(2, 15)]) {
      assert.ok(!written.includes(form), 'a PIN was written by one of the processes')
    }
  }
  const made = [...written.matchAll(/openat\([^"\n]*"([^"\n]+)", [^)\n]*O_CREAT/g)].map(
    ([, path]) => path,
  )
  const foreign = made.filter((path) => path !== undefined && !path.startsWith(out))
  assert.deepEqual(foreign, [])
  await writeFile(trace, '')
  await rm(folder, { recursive: true })
})
