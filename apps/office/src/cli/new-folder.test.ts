// The promises about a folder that is written: whole or not at all, and nothing of the user's is touched.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { writePorts } from '@einmal-pin/platform/ports'
import { makeNewFolder } from './new-folder.ts'
import { CommandError } from './outcome.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ep-folder-'))
})
afterEach(() => rm(parent, { recursive: true }))

const isOccupied = (error: unknown) =>
  error instanceof CommandError && error.json.code === 'cli.out'

describe('a new folder', () => {
  test('appears with everything in it, for its owner only, and parents are made', async () => {
    const target = join(parent, 'a/b')
    await makeNewFolder(target, (folder) => writeFile(join(folder, 'x'), 'eins'))
    assert.equal(await readFile(join(target, 'x'), 'utf8'), 'eins')
    assert.equal((await stat(target)).mode & 0o777, 0o700)
    assert.deepEqual(await readdir(join(parent, 'a')), ['b'])
  })

  test('a failure half way leaves nothing behind', async () => {
    const failing = makeNewFolder(join(parent, 'out'), async (folder) => {
      await writeFile(join(folder, 'x'), 'geheim')
      throw new Error('the line broke')
    })
    await assert.rejects(failing, /the line broke/)
    assert.deepEqual(await readdir(parent), [])
  })

  test('whatever has the name already is refused and kept: folder, file, dangling link', async () => {
    await mkdir(join(parent, 'folder'))
    await writeFile(join(parent, 'file'), 'mine')
    await symlink('nowhere', join(parent, 'link'))
    for (const name of ['folder', 'file', 'link']) {
      const filled = makeNewFolder(join(parent, name), () => assert.fail('nothing is fetched'))
      await assert.rejects(filled, isOccupied)
    }
    assert.deepEqual((await readdir(parent)).sort(), ['file', 'folder', 'link'])
    assert.equal(await readFile(join(parent, 'file'), 'utf8'), 'mine')
  })

  test('a name that is taken meanwhile is refused and kept', async () => {
    const target = join(parent, 'out')
    const filled = makeNewFolder(target, async () => {
      await mkdir(target)
      await writeFile(join(target, 'theirs'), 'theirs')
    })
    await assert.rejects(filled, isOccupied)
    assert.deepEqual(await readdir(parent), ['out'])
    assert.deepEqual(await readdir(target), ['theirs'])
  })

  test('a folder of the user named DIR.tmp is left alone', async () => {
    await mkdir(join(parent, 'out.tmp'))
    await writeFile(join(parent, 'out.tmp/mine'), 'mine')
    await makeNewFolder(join(parent, 'out'), async () => {})
    assert.equal(await readFile(join(parent, 'out.tmp/mine'), 'utf8'), 'mine')
  })
})

describe('an export that is interrupted', () => {
  const SHA_OF_EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const files = ['data.json', 'summary.txt'].map((path) => ({
    path,
    size: 0,
    sha256: SHA_OF_EMPTY,
  }))
  /** Gives the list and the first file, and never the second. */
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/export')) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ caseId: 'c00000000000', files }))
    } else if (request.url?.endsWith('data.json')) response.end()
  })
  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  test('by Ctrl-C or a kill signal leaves no decrypted file behind', async () => {
    const address = server.address()
    const office = typeof address === 'object' && address !== null ? address.port : 0
    await writePorts(parent, { office })
    await writeFile(join(parent, 'cli-token'), 'A'.repeat(43))
    const place = join(parent, 'exports')
    await mkdir(place)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const args = [MAIN, 'inbox', 'export', 'c00000000000', '--out', join(place, 'out')]
      const env = { ...process.env, EP_DATA_DIR: parent }
      const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
      await untilWritten(place)
      child.kill(signal)
      await once(child, 'exit')
      assert.equal(child.signalCode, signal)
      assert.deepEqual(await readdir(place), [])
    }
  })
})

/** Waits until the first file lies in the folder that is being filled. */
async function untilWritten(place: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const names = await readdir(place, { recursive: true })
    if (names.some((name) => name.endsWith('data.json'))) return
    await sleep(25)
  }
  assert.fail('nothing was written')
}
