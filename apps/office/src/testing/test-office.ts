// An office for tests: a database of its own, keys in a folder of its own, the real HTTP application without a listener.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFileBlobStore } from '@einmal-pin/platform/blob-store-files'
import type { App } from '@einmal-pin/platform/http/app'
import { createTestDatabase } from '@einmal-pin/platform/testing'
import { formsIn } from '../cases/forms-folder.ts'
import { makeOfficeApp } from '../http/app.ts'
import { LETTERS_FOLDER } from '../letters/letters-folder.ts'
import type { Office } from '../office.ts'
import { loadOfficeSecrets } from '../secrets/office-secrets.ts'
import { openStore } from '../store/office-database.ts'
import { readTenantFile } from '../tenant-file.ts'

export interface TestOffice extends AsyncDisposable {
  readonly office: Office
  readonly app: App
  readonly dataDir: string
  readonly databaseUrl: string
  /** Headers of a core system. */
  readonly asCore: Record<string, string>
}

export interface TestOfficeOptions {
  readonly demo?: boolean
  readonly clockOffsetSeconds?: number
  readonly lettersDir?: string
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const TENANT = join(import.meta.dirname, '../../../../config/tenant.json')
const FORMS = join(import.meta.dirname, '../../../../packages/forms')
const HOST = 'localhost:0'

/** The same office again over its database and folder, as another process opens it. */
export async function officeOver(
  place: Pick<TestOffice, 'dataDir' | 'databaseUrl'>,
  options: TestOfficeOptions = {},
): Promise<Office> {
  const { dataDir } = place
  const store = await openStore({
    connectionString: place.databaseUrl,
    clockOffsetSeconds: options.clockOffsetSeconds ?? 0,
  })
  const publicUrl = 'http://127.0.0.1:8080'
  const secrets = await loadOfficeSecrets({
    dataDir,
    officeSecretsDir: join(dataDir, 'secrets/office'),
    portalSecretsFile: join(dataDir, 'secrets/portal.json'),
    publicUrl,
  })
  return {
    ...store,
    config: {
      demo: options.demo ?? true,
      dataDir,
      publicUrl,
      hosts: [HOST],
      clerkDir: join(dataDir, 'no-clerk'),
      lettersDir: options.lettersDir ?? LETTERS_FOLDER,
      portalLinkUrl: undefined,
    },
    tenant: await readTenantFile(TENANT),
    secrets,
    forms: await formsIn(FORMS, quiet),
    blobs: makeFileBlobStore(join(dataDir, 'office-blobs')),
    log: quiet,
    poke: () => {},
  }
}

export async function openTestOffice(options: TestOfficeOptions = {}): Promise<TestOffice> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ep-office-'))
  const { url, drop } = await createTestDatabase()
  const office = await officeOver({ dataDir, databaseUrl: url }, options)
  const app = await makeOfficeApp(office)
  return {
    office,
    app,
    dataDir,
    databaseUrl: url,
    asCore: { host: HOST, authorization: `Bearer ${office.secrets.apiToken}` },
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await office.database.close()
      await drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
