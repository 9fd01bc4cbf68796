// Outside a demonstration the portal refuses to start half configured, and says what is missing.
import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ConfigError } from '@einmal-pin/platform/config'
import { readPortalConfig } from './config.ts'
import { readSecrets } from './secrets.ts'
import { writeTestSecrets } from './testing/test-secrets.ts'

const complete = {
  EP_PUBLIC_URL: 'https://portal.example',
  PORTAL_DATABASE_URL: 'postgres://portal@db/portal',
  EP_DATA_DIR: '/srv/portal',
  EP_PORTAL_SECRETS: '/run/credentials/portal.json',
}

function problemsOf(environment: Record<string, string>): string {
  try {
    readPortalConfig(environment)
    return ''
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems.join('\n')
  }
}

describe('the environment', () => {
  test('is taken when complete', () => {
    const config = readPortalConfig(complete)
    assert.equal(config.publicUrl, 'https://portal.example')
    assert.equal(config.secretsFile, '/run/credentials/portal.json')
    assert.equal(config.blobDir, '/srv/portal/portal-blobs')
  })

  test('without secrets, TLS origin or database is refused with all of them named', () => {
    const problems = problemsOf({})
    for (const name of ['EP_PUBLIC_URL', 'PORTAL_DATABASE_URL', 'EP_PORTAL_SECRETS']) {
      assert.match(problems, new RegExp(name))
    }
    assert.match(problemsOf({ ...complete, EP_PUBLIC_URL: 'http://portal.example' }), /https/)
  })

  test('must not put the secrets where the data and its backups lie', () => {
    const inside = { ...complete, EP_PORTAL_SECRETS: '/srv/portal/secrets/portal.json' }
    assert.match(problemsOf(inside), /EP_PORTAL_SECRETS must not lie inside EP_DATA_DIR/)
    assert.equal(problemsOf({ ...inside, EP_DEMO: '1' }), '')
  })

  test('must not move the clock outside a demonstration', () => {
    assert.match(problemsOf({ ...complete, EP_CLOCK_OFFSET: 'P32D' }), /EP_CLOCK_OFFSET/)
  })

  test('a demonstration needs a database only', () => {
    const demo = { EP_DEMO: '1', PORTAL_DATABASE_URL: 'postgres://x', EP_DATA_DIR: '/tmp/ep' }
    const config = readPortalConfig(demo)
    assert.equal(config.publicUrl, 'http://127.0.0.1:8080')
    assert.equal(config.secretsFile, '/tmp/ep/secrets/portal.json')
  })
})

describe('the secrets file', () => {
  test('is refused when others may read it, when a secret is missing, and undefined when it is not there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ep-secrets-'))
    const path = join(directory, 'portal.json')
    try {
      assert.equal(await readSecrets(path), undefined)
      const { secrets } = await writeTestSecrets(path, 'https://portal.example')
      assert.equal(secrets.pepper.length, 32)
      await chmod(path, 0o644)
      await assert.rejects(readSecrets(path), { code: 'secretFile.mode' })
      await chmod(path, 0o600)
      await writeFile(path, '{"pepper":"secret-value"}')
      await assert.rejects(readSecrets(path), (error: Error) => {
        assert.ok(!error.message.includes('secret-value'))
        return error.name === 'SecretsError'
      })
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})
