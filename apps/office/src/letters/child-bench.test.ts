// The promise about benches: a closed one starts no letter child again, so none is left behind with the run's secrets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBench } from './child-bench.ts'
import { sampleLetter } from './letter-samples.ts'

test('a request that comes after the end of the run is refused without a child', async () => {
  const started: number[] = []
  const bench = openBench({ onChild: (pid) => started.push(pid) })
  bench.close()
  const answer = await bench.ask({ kind: 'archive', input: sampleLetter() })
  assert.deepEqual(answer, { kind: 'refused', code: 'letter.failed' })
  assert.deepEqual(started, [])
})
