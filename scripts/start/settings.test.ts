// What `npm start` makes of the environment.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { environmentOf, readStartSettings } from './settings.ts'

const FREE = { EP_PORTAL_PORT: '0', EP_OFFICE_PORT: '0' }

test('demo mode is on unless switched off, and free ports are real ones', async () => {
  const settings = await readStartSettings(FREE)
  assert.equal(settings.demo, true)
  assert.ok(settings.portalPort > 0 && settings.officePort > 0)
  assert.equal(settings.publicUrl, `http://127.0.0.1:${settings.portalPort}`)
  assert.equal((await readStartSettings({ ...FREE, EP_DEMO: '0' })).demo, false)
})

test('a taken port is named together with the variable that chooses another', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const taken = { ...FREE, EP_PORTAL_PORT: String(address.port) }
  await assert.rejects(readStartSettings(taken), /is already in use.*EP_PORTAL_PORT/s)
  server.close()
})

test('half a database configuration is refused', async () => {
  const half = { ...FREE, PORTAL_DATABASE_URL: 'postgres://x' }
  await assert.rejects(readStartSettings(half), /Set both/)
})

test("neither zone's process sees the other's database", async () => {
  const settings = await readStartSettings(FREE)
  const env = { PATH: '/bin', PORTAL_DATABASE_URL: 'p', OFFICE_DATABASE_URL: 'o' }
  const office = environmentOf('office', settings, 'mine', env)
  assert.equal(office['OFFICE_DATABASE_URL'], 'mine')
  assert.equal(office['PORTAL_DATABASE_URL'], undefined)
  const portal = environmentOf('portal', settings, 'mine', env)
  assert.equal(portal['PORTAL_DATABASE_URL'], 'mine')
  assert.equal(portal['OFFICE_DATABASE_URL'], undefined)
  const centre = environmentOf('print-centre', settings, undefined, env)
  assert.equal(centre['PORTAL_DATABASE_URL'] ?? centre['OFFICE_DATABASE_URL'], undefined)
})
