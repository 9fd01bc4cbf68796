// The composition root: configuration in, a running portal out; whatever is missing stops the start with a plain sentence.
import { setTimeout as sleep } from 'node:timers/promises'
import { makeFileBlobStore } from '@einmal-pin/platform/blob-store-files'
import { makeClock } from '@einmal-pin/platform/clock'
import { type Database, openDatabase } from '@einmal-pin/platform/database'
import { makeMetrics, serveMetrics } from '@einmal-pin/platform/http/metrics'
import { listen } from '@einmal-pin/platform/http/server'
import { startJobs } from '@einmal-pin/platform/jobs'
import { makeLogger } from '@einmal-pin/platform/logger'
import { migrate } from '@einmal-pin/platform/migrations'
import { writePorts } from '@einmal-pin/platform/ports'
import { opaqueReady } from '@einmal-pin/vault/opaque-parameters'
import { makeOfficeApp, makePublicApp } from './apps.ts'
import type { PortalConfig } from './config.ts'
import { portalJobs } from './jobs/jobs.ts'
import type { Portal } from './portal.ts'
import { type PortalSecrets, readSecrets, SecretsError } from './secrets.ts'
import { loadSite } from './site/load-site.ts'
import { MIGRATIONS } from './store/migrations.ts'
import type { PortalTables } from './store/schema.ts'
import { openWriteCounter } from './write-counter.ts'

/** In a demonstration both zones start together, and the office makes the file. */
const SECRETS_WAIT_MILLISECONDS = 30_000
const POOL_SIZE = 16

export type RunningPortal = {
  readonly portal: Portal
  readonly ports: {
    readonly portal: number
    readonly portalOffice: number
    readonly portalMetrics: number
  }
  /** In the order in which they must run. */
  readonly stopSteps: readonly (() => Promise<void>)[]
}

/** Throws SecretsError, a database error or a plain sentence; nothing listens then. */
export async function startPortal(config: PortalConfig): Promise<RunningPortal> {
  const secrets = await requireSecrets(config)
  const database = openDatabase<PortalTables>({
    connectionString: config.databaseUrl,
    name: 'portal',
    maxConnections: POOL_SIZE,
  })
  try {
    return await run(config, secrets, database)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function run(
  config: PortalConfig,
  secrets: PortalSecrets,
  database: Database<PortalTables>,
): Promise<RunningPortal> {
  await migrate(database, MIGRATIONS)
  const blobs = makeFileBlobStore(config.blobDir)
  await blobs.check()
  await opaqueReady()
  const writes = await openWriteCounter(database, config.secretsFile)
  const clock = makeClock(config.clockOffsetSeconds)
  const portal: Portal = { config, secrets, database, clock, blobs, writes }
  const logger = makeLogger('portal')
  const metrics = makeMetrics('portal')
  const site = await loadSite(config.siteDir)
  const publicApp = await makePublicApp(portal, site, { logger, metrics })
  const officeApp = await makeOfficeApp(portal, { logger, metrics })
  const { host, officeHost, officePort, metricsPort } = config.listen
  const metricsServer = await serveMetrics(metrics, metricsPort)
  const ports = {
    portalMetrics: metricsServer.port,
    portalOffice: await listen(officeApp, officePort, officeHost),
    portal: await listen(publicApp, config.portalPort, host),
  }
  await writePorts(config.dataDir, ports)
  const jobs = startJobs({ pool: database.pool, log: logger, jobs: portalJobs(portal) })
  logger.info({ pages: site.files.size }, 'portal.started')
  const stopSteps = [
    () => publicApp.close(),
    () => officeApp.close(),
    jobs.stop,
    metricsServer.close,
    database.close,
  ]
  return { portal, ports, stopSteps }
}

async function requireSecrets(config: PortalConfig): Promise<PortalSecrets> {
  const giveUpAt = performance.now() + (config.demo ? SECRETS_WAIT_MILLISECONDS : 0)
  for (;;) {
    const secrets = await readSecrets(config.secretsFile)
    if (secrets !== undefined) return checked(config, secrets)
    if (performance.now() > giveUpAt) {
      throw new SecretsError(
        `${config.secretsFile} is missing: the office makes it at its first start`,
      )
    }
    await sleep(200)
  }
}

function checked({ demo, publicUrl }: PortalConfig, secrets: PortalSecrets): PortalSecrets {
  if (!demo && secrets.publicOrigin !== publicUrl) {
    throw new SecretsError(
      `the secrets belong to ${secrets.publicOrigin}, EP_PUBLIC_URL says otherwise`,
    )
  }
  return secrets
}
