// The promises about the office's keys: made once, private, never overwritten, and the portal's file fits them.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { loadOfficeSecrets, type SecretPlaces } from './office-secrets.ts'

async function places(): Promise<SecretPlaces & AsyncDisposable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ep-secrets-'))
  return {
    dataDir,
    officeSecretsDir: join(dataDir, 'secrets/office'),
    portalSecretsFile: join(dataDir, 'secrets/portal.json'),
    publicUrl: 'http://127.0.0.1:8080',
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }),
  }
}

describe('office secrets', () => {
  test('a second start finds the same keys', async () => {
    await using at = await places()
    const first = await loadOfficeSecrets(at)
    const second = await loadOfficeSecrets(at)
    const { kek: _first, ...keys } = first
    const { kek: _second, ...same } = second
    assert.deepEqual(same, keys)
  })

  test('every file is readable by its owner only', async () => {
    await using at = await places()
    await loadOfficeSecrets(at)
    const office = await readdir(at.officeSecretsDir)
    const files = [...office.map((name) => join(at.officeSecretsDir, name)), at.portalSecretsFile]
    for (const path of [...files, join(at.dataDir, 'cli-token')]) {
      assert.equal((await stat(path)).mode & 0o777, 0o600, path)
    }
  })

  test('only the portal keeps the private half of the receipt key', async () => {
    await using at = await places()
    const { receiptKey, opaqueSetup } = await loadOfficeSecrets(at)
    const portal = JSON.parse(await readFile(at.portalSecretsFile, 'utf8'))
    const kept = await readFile(join(at.officeSecretsDir, 'receipt-key.json'), 'utf8')
    assert.equal(portal.receiptKey.keyId, receiptKey.keyId)
    assert.equal(portal.opaqueSetup, opaqueSetup)
    assert.ok(!kept.includes(portal.receiptKey.privateKey))
  })

  test('a portal file of another office is not taken over', async () => {
    await using at = await places()
    await loadOfficeSecrets(at)
    await rm(at.officeSecretsDir, { recursive: true })
    await assert.rejects(loadOfficeSecrets(at), /belongs to another office/)
  })

  test('a portal file that was moved away is not made again with other keys', async () => {
    await using at = await places()
    const { receiptKey } = await loadOfficeSecrets(at)
    await rm(at.portalSecretsFile)
    assert.deepEqual((await loadOfficeSecrets(at)).receiptKey, receiptKey)
    await assert.rejects(stat(at.portalSecretsFile))
  })
})
