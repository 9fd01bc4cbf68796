// Puts the office together from its configuration and runs it: store, keys, forms, jobs, listeners.
import { join } from 'node:path'
import { makeFileBlobStore } from '@einmal-pin/platform/blob-store-files'
import { makeMetrics, serveMetrics } from '@einmal-pin/platform/http/metrics'
import { listen } from '@einmal-pin/platform/http/server'
import { startJobs } from '@einmal-pin/platform/jobs'
import { makeLogger } from '@einmal-pin/platform/logger'
import { writePorts } from '@einmal-pin/platform/ports'
import { formsIn } from './cases/forms-folder.ts'
import type { OfficeConfig } from './config.ts'
import { makeOfficeApp } from './http/app.ts'
import { officeJobs, POKED_JOBS } from './jobs.ts'
import type { Office } from './office.ts'
import { loadOfficeSecrets, type OfficeSecrets } from './secrets/office-secrets.ts'
import { requireFittingKek, requireOldKeys } from './secrets/require-old-keys.ts'
import { openStore, type Store } from './store/office-database.ts'
import { readTenantFile } from './tenant-file.ts'

export interface RunningOffice {
  readonly office: Office
  readonly port: number
  /** Runs a job now; for tests. */
  readonly runNow: (job: string) => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startOffice(config: OfficeConfig): Promise<RunningOffice> {
  const log = makeLogger('office')
  const tenant = await readTenantFile(config.tenantFile)
  const store = await openStore({
    connectionString: config.databaseUrl,
    clockOffsetSeconds: config.clockOffsetSeconds,
  })
  const secrets = await loadKeys(store, config).catch(async (error: unknown) => {
    await store.database.close()
    throw error
  })
  const office: Office = {
    ...store,
    config,
    tenant,
    secrets,
    forms: await formsIn(config.formsDir, log),
    blobs: makeFileBlobStore(join(config.dataDir, 'office-blobs')),
    log,
    poke: () => poke(),
  }
  const jobs = startJobs({ pool: store.database.pool, log, jobs: officeJobs(office, config) })
  const poke = makePoke((job) => jobs.runNow(job))
  const metrics = makeMetrics('office')
  const app = await makeOfficeApp(office, { logger: log, metrics })
  const metricsServer = await serveMetrics(metrics)
  const port = await listen(app, config.officePort)
  await writePorts(config.dataDir, { office: port, officeMetrics: metricsServer.port })
  const stop = async () => {
    await app.close()
    await jobs.stop()
    await metricsServer.close()
    await store.database.close()
  }
  return { office, port, runNow: jobs.runNow, stop }
}

/** However often it is called, at most one round waits behind the running one. A failure is told by the next round. */
function makePoke(runNow: (job: string) => Promise<void>): () => void {
  let isQueued = false
  let running = Promise.resolve()
  const round = async () => {
    isQueued = false
    for (const job of POKED_JOBS) await runNow(job).catch(() => undefined)
  }
  return () => {
    if (isQueued) return
    isQueued = true
    running = running.then(round)
  }
}

/** New keys are made for a new database only. */
async function loadKeys({ database }: Store, config: OfficeConfig): Promise<OfficeSecrets> {
  const { officeSecretsDir } = config
  await requireOldKeys(database, officeSecretsDir)
  const secrets = await loadOfficeSecrets(config)
  await requireFittingKek(database, secrets.kek, officeSecretsDir)
  return secrets
}
