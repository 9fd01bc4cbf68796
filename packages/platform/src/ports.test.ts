// ports.json: many writers, no half content, no lost entry, no writer that a dead one blocks for ever.
import assert from 'node:assert/strict'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type PortName, readPorts, writePorts } from './ports.ts'

const base = await mkdtemp(join(tmpdir(), 'ep-ports-'))
after(() => rm(base, { recursive: true, force: true }))
const fresh = () => mkdtemp(join(base, 'd-'))

test('no file is no ports', async () => {
  assert.deepEqual(await readPorts(await fresh()), {})
})

test('writers at the same time keep each other’s entries', async () => {
  const folder = await fresh()
  const names: readonly PortName[] = ['portal', 'portalOffice', 'portalMetrics', 'office']
  await Promise.all(names.map((name, index) => writePorts(folder, { [name]: index + 1 })))
  await writePorts(folder, { office: 9 })
  assert.deepEqual(await readPorts(folder), {
    portal: 1,
    portalOffice: 2,
    portalMetrics: 3,
    office: 9,
  })
})

test('the lock of a killed writer is broken after a moment', async () => {
  const folder = await fresh()
  const lock = join(folder, 'ports.json.lock')
  await writeFile(lock, '')
  await utimes(lock, new Date(0), new Date(0))
  await writePorts(folder, { portal: 1 })
  assert.deepEqual(await readPorts(folder), { portal: 1 })
})
