// A whole portal in this process for tests: real PostgreSQL, real files, real listeners, and the office's halves of the keys.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFileBlobStore } from '@einmal-pin/platform/blob-store-files'
import { makeClock } from '@einmal-pin/platform/clock'
import { type Database, openDatabase } from '@einmal-pin/platform/database'
import { listen } from '@einmal-pin/platform/http/server'
import { makeLogger } from '@einmal-pin/platform/logger'
import { migrate } from '@einmal-pin/platform/migrations'
import { createTestDatabase } from '@einmal-pin/platform/testing'
import { makeOfficeApp, makePublicApp } from '../apps.ts'
import type { LoginLimits } from '../config.ts'
import type { Portal } from '../portal.ts'
import type { PortalSecrets } from '../secrets.ts'
import { EMPTY_SITE, type Site } from '../site/load-site.ts'
import { MIGRATIONS } from '../store/migrations.ts'
import type { PortalTables } from '../store/schema.ts'
import { openWriteCounter } from '../write-counter.ts'
import { makeBrowser } from './browser.ts'
import { issueLetter, type LetterOptions } from './issue.ts'
import { officeLink } from './office-link.ts'
import { type TestOfficeKeys, writeTestSecrets } from './test-secrets.ts'

export type TestPortalOptions = {
  readonly clockOffsetSeconds?: number
  readonly limits?: Partial<LoginLimits>
  readonly site?: Site
  /** Lines of the log; without it the log goes nowhere. */
  readonly onLog?: (line: string) => void
}

/** What outlives a restart: database, files, secrets. */
type Ground = {
  readonly directory: string
  readonly secretsFile: string
  readonly databaseUrl: string
  readonly secrets: PortalSecrets
  readonly office: TestOfficeKeys
}

export type TestPortal = Awaited<ReturnType<typeof startOn>>

/** The origin in letters and signatures; the listener's port is another, as behind a proxy. */
export const TEST_ORIGIN = 'https://portal.example'

/** Starts a portal on an empty database. `close` stops it and removes everything. */
export async function startTestPortal(
  options: TestPortalOptions = {},
): Promise<TestPortal & { readonly close: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'ep-portal-'))
  const { url, drop } = await createTestDatabase()
  const secretsFile = join(directory, 'secrets', 'portal.json')
  const keys = await writeTestSecrets(secretsFile, TEST_ORIGIN)
  const running = await startOn({ directory, secretsFile, databaseUrl: url, ...keys }, options)
  const close = async () => {
    await running.stop()
    await drop()
    await rm(directory, { recursive: true, force: true })
  }
  return { ...running, close }
}

/** Starts a second portal process on the same ground, as after a restart with another clock. Stop it with `stop`. */
export async function startOn(ground: Ground, options: TestPortalOptions = {}) {
  const database = openDatabase<PortalTables>({
    connectionString: ground.databaseUrl,
    name: 'portal-test',
  })
  const portal = await makePortal(ground, database, options)
  const logger = makeLogger('test', { write: (line) => options.onLog?.(line) })
  const publicApp = await makePublicApp(portal, options.site ?? EMPTY_SITE, { logger })
  const officeApp = await makeOfficeApp(portal, { logger })
  const origin = `http://127.0.0.1:${await listen(publicApp, 0)}`
  const dial = `http://127.0.0.1:${await listen(officeApp, 0)}`
  const { office } = ground
  const link = officeLink({
    dial,
    publicOrigin: TEST_ORIGIN,
    key: office.signingKey,
    clockOffsetSeconds: options.clockOffsetSeconds ?? 0,
  })
  return {
    ground,
    portal,
    office,
    origin,
    dial,
    link,
    database,
    /** A person's device; `network` is an address that the trusted proxy in front reports. */
    browser: (network = '192.0.2.10') =>
      makeBrowser(origin, TEST_ORIGIN, { 'x-forwarded-for': network }),
    issue: (letter: LetterOptions & { readonly number?: number } = {}) =>
      issueLetter(office, link, letter),
    stop: async () => {
      await publicApp.close()
      await officeApp.close()
      await database.close()
    },
  }
}

async function makePortal(
  { directory, secretsFile, secrets }: Ground,
  database: Database<PortalTables>,
  { clockOffsetSeconds = 0, limits = {} }: TestPortalOptions,
): Promise<Portal> {
  await migrate(database, MIGRATIONS)
  return {
    config: {
      publicUrl: TEST_ORIGIN,
      trustedProxies: [{ address: '127.0.0.1', prefix: 32 }],
      limits: { loginsPerMinute: 100_000, floorMilliseconds: 1, ...limits },
    },
    secrets,
    database,
    clock: makeClock(clockOffsetSeconds),
    blobs: makeFileBlobStore(join(directory, 'blobs')),
    writes: await openWriteCounter(database, secretsFile),
  }
}
