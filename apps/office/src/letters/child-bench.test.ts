// The promises about benches: a closed one starts no letter child again, and a check that hangs is killed after the time limit.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSealingPair } from '@einmal-pin/vault/age'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { newOpaqueSetup } from '@einmal-pin/vault/opaque-issue'
import { type ChildBench, openBench } from './child-bench.ts'
import { expectedOf } from './expect-letter.ts'
import type { PlainLetterJob } from './letter-job.ts'
import { recordOf } from './letter-record.ts'
import { sampleLetter, sampleLook } from './letter-samples.ts'

test('a request that comes after the end of the run is refused without a child', async () => {
  const started: number[] = []
  const bench = openBench({ onChild: (pid) => started.push(pid) })
  bench.close()
  const answer = await bench.ask({ kind: 'archive', record: recordOf(sampleLetter()) })
  assert.deepEqual(answer, { kind: 'refused', code: 'letter.failed' })
  assert.deepEqual(started, [])
})

const skip = process.platform === 'win32' && 'no process can be stopped here'

test('a check that hangs is killed, and the next letter gets a new pair', { skip }, async () => {
  const pids: number[] = []
  const secrets = {
    opaqueSetup: await newOpaqueSetup(),
    pepper: '',
    printCentreRecipient: (await newSealingPair()).recipient,
    checkKey: (await newSigningKey()).privateKey,
  }
  const bench = openBench({ secrets, timeoutMs: 4_000, onChild: (pid) => pids.push(pid) })
  const letter = { ...sampleLook('reminder', 'standard'), kind: 'reminder' } as const
  const job = { caseId: 'c4k7m2q9x0ab', round: 1, letter } as PlainLetterJob
  assert.equal(await makeAndCheck(bench, job), 'checked')

  const [check = 0] = pids
  process.kill(check, 'SIGSTOP')
  const askedAt = performance.now()
  assert.equal(await makeAndCheck(bench, job), 'letter.unchecked')
  assert.ok(performance.now() - askedAt >= 4_000)
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20))

  assert.equal(await makeAndCheck(bench, job), 'checked')
  assert.equal(pids.length, 4)
  bench.close()
})

async function makeAndCheck(bench: ChildBench, job: PlainLetterJob): Promise<string> {
  const made = await bench.ask({ kind: 'letter', job })
  assert.equal(made.kind, 'letter')
  const said = await bench.check({ kind: 'check', expected: expectedOf(job, undefined, false) })
  return said.kind === 'refused' ? said.code : said.kind
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
