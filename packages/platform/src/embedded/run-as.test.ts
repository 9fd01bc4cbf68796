// Which user PostgreSQL runs as, and when it needs help to pass a closed folder.
import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { closedFolder, runAs } from './run-as.ts'
import { parsePasswd, preferredUser } from './system-user.ts'

const base = await mkdtemp(join(tmpdir(), 'ep-run-as-'))
after(() => rm(base, { recursive: true, force: true }))
const STRANGER = { name: 'stranger', uid: 54_321, gid: 54_321 }

const PASSWD =
  'root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\nnobody:x:65534:65533::/:\n'

test('postgres is preferred, then nobody, then the number that nobody has everywhere', () => {
  const users = parsePasswd(PASSWD)
  assert.equal(preferredUser(users).uid, 101)
  assert.equal(preferredUser(users.filter(({ name }) => name !== 'postgres')).gid, 65_533)
  assert.equal(preferredUser([]).uid, 65_534)
})

test('a user called postgres that is root in disguise is not taken', () => {
  assert.equal(preferredUser(parsePasswd('postgres:x:0:0::/:/bin/sh\n')).name, 'nobody')
})

test('lines that are no passwd entries are skipped', () => {
  assert.deepEqual(parsePasswd('# comment\n\nx:y\n+::::::\n'), [])
})

test('the first closed folder on the way is found, open ways have none', async () => {
  const inner = join(base, 'closed', 'inner')
  await mkdir(inner, { recursive: true })
  await chmod(base, 0o711)
  await chmod(join(base, 'closed'), 0o700)
  assert.equal(closedFolder(join(inner, 'file'), STRANGER), join(base, 'closed'))
  await chmod(join(base, 'closed'), 0o755)
  assert.equal(closedFolder(join(inner, 'file'), STRANGER), undefined)
})

test('the owner of a closed folder may pass it', async () => {
  const folder = join(base, 'own')
  await mkdir(folder, { mode: 0o700 })
  await chmod(base, 0o711)
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  assert.equal(closedFolder(join(folder, 'file'), owner), undefined)
})

test('without another user the command stays what it is', () => {
  assert.deepEqual(runAs(undefined, '/bin/true', ['a'], []), { file: '/bin/true', args: ['a'] })
})

test('no capability is given where all folders are open', async () => {
  await chmod(base, 0o755)
  const command = runAs(STRANGER, '/bin/true', [], [join(base, 'x')])
  assert.deepEqual(command, { file: '/bin/true', args: [], uid: 54_321, gid: 54_321 })
})

test('a closed folder costs one capability, and the name of root', async () => {
  const closed = join(base, 'shut')
  await mkdir(closed, { mode: 0o700 })
  if (process.getuid?.() !== 0) return
  const { file, args } = runAs(STRANGER, '/bin/true', [], [join(closed, 'x')])
  assert.equal(file, 'setpriv')
  assert.ok(args.includes('--reuid=54321'))
  assert.ok(args.some((arg) => arg.startsWith('--ambient-caps=+dac_')))
})
