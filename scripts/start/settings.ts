// What `npm start` runs with: the environment of the user, completed, and the part of it that each zone may see.
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { ROOT } from '../paths.ts'

export type StartSettings = {
  readonly demo: boolean
  readonly dataDir: string
  readonly portalPort: number
  readonly officePort: number
  readonly publicUrl: string
  /** Servers instead of the embedded PostgreSQL. */
  readonly portalDatabaseUrl: string | undefined
  readonly officeDatabaseUrl: string | undefined
}

/** Throws a plain sentence when a port is taken or the databases are only half configured. */
export async function readStartSettings(env: NodeJS.ProcessEnv): Promise<StartSettings> {
  const portalPort = await choosePort('EP_PORTAL_PORT', env['EP_PORTAL_PORT'], 8080)
  const officePort = await choosePort('EP_OFFICE_PORT', env['EP_OFFICE_PORT'], 8081)
  const portalDatabaseUrl = env['PORTAL_DATABASE_URL'] || undefined
  const officeDatabaseUrl = env['OFFICE_DATABASE_URL'] || undefined
  if ((portalDatabaseUrl === undefined) !== (officeDatabaseUrl === undefined)) {
    throw new Error('Set both PORTAL_DATABASE_URL and OFFICE_DATABASE_URL, or neither.')
  }
  return {
    demo: (env['EP_DEMO'] ?? '1') === '1',
    dataDir: resolve(ROOT, env['EP_DATA_DIR'] || 'var'),
    portalPort,
    officePort,
    publicUrl: env['EP_PUBLIC_URL'] || `http://127.0.0.1:${portalPort}`,
    portalDatabaseUrl,
    officeDatabaseUrl,
  }
}

async function choosePort(name: string, text: string | undefined, fallback: number) {
  const wanted = Number(text || fallback)
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Error(`${name} is not a port: ${text}`)
  }
  const free = await freePort(wanted)
  if (free !== undefined) return free
  throw new Error(
    `Port ${wanted} is already in use. Stop the program that uses it, or choose another with ${name}.`,
  )
}

/** The port itself, any free one for 0, undefined when it is taken. */
const freePort = (wanted: number) =>
  new Promise<number | undefined>((resolvePort) => {
    const probe = createServer()
    probe.once('error', () => resolvePort(undefined))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : wanted
      probe.close(() => resolvePort(port))
    })
  })

export type ServiceName = 'office' | 'portal' | 'print-centre'

/** Neither zone sees the other's database. */
export function environmentOf(
  name: ServiceName,
  settings: StartSettings,
  databaseUrl: string | undefined,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { PORTAL_DATABASE_URL: _portal, OFFICE_DATABASE_URL: _office, ...shared } = env
  const database = {
    office: { OFFICE_DATABASE_URL: databaseUrl },
    portal: { PORTAL_DATABASE_URL: databaseUrl },
    'print-centre': {},
  }[name]
  return {
    ...shared,
    EP_DATA_DIR: settings.dataDir,
    EP_DEMO: settings.demo ? '1' : '0',
    EP_PORTAL_PORT: String(settings.portalPort),
    EP_OFFICE_PORT: String(settings.officePort),
    EP_PUBLIC_URL: env['EP_PUBLIC_URL'] || (settings.demo ? settings.publicUrl : ''),
    EP_TENANT_FILE: env['EP_TENANT_FILE'] || join(ROOT, 'config', 'tenant.json'),
    ...database,
  }
}
