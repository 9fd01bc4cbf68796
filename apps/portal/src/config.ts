// The portal's configuration: environment in, one checked value out; it refuses to start half configured.
import { join, resolve, sep } from 'node:path'
import {
  type CommonConfig,
  type Environment,
  type EnvironmentReader,
  readCommonConfig,
  readEnvironment,
} from '@einmal-pin/platform/config'

export type PortalConfig = CommonConfig & {
  /** Contains a password: never logged. */
  readonly databaseUrl: string
  /** The file with OPAQUE setup, pepper and keys; outside demonstrations never inside the data directory. */
  readonly secretsFile: string
  /** Folder of the built citizen app; it may be missing, then only the API answers. */
  readonly siteDir: string
  readonly blobDir: string
  readonly listen: {
    readonly host: string
    readonly officeHost: string
    readonly officePort: number
    readonly metricsPort: number
  }
  readonly limits: LoginLimits
}

export type LoginLimits = {
  /** Login attempts a network may start per minute; generous, for whole offices share one address. */
  readonly loginsPerMinute: number
  /** Every answer of the login takes a multiple of this time. */
  readonly floorMilliseconds: number
}

/** Longer than the slowest of the compared paths takes, shorter than anybody notices. */
const LOGIN_FLOOR_MILLISECONDS = 60
const LOGINS_PER_MINUTE = 600

/** Throws ConfigError with everything that is wrong. */
export function readPortalConfig(environment: Environment): PortalConfig {
  const reader = readEnvironment(environment)
  const common = readCommonConfig(reader)
  const config: PortalConfig = {
    ...common,
    databaseUrl: reader.text('PORTAL_DATABASE_URL'),
    secretsFile: readSecretsPath(reader, common),
    siteDir: resolve(
      reader.text('EP_CITIZEN_BUILD', join(import.meta.dirname, '../../citizen/build')),
    ),
    blobDir: join(common.dataDir, 'portal-blobs'),
    listen: {
      host: reader.text('EP_PORTAL_HOST', '127.0.0.1'),
      officeHost: reader.text('EP_PORTAL_OFFICE_HOST', '127.0.0.1'),
      officePort: reader.port('EP_PORTAL_OFFICE_PORT', 0),
      metricsPort: reader.port('EP_PORTAL_METRICS_PORT', 0),
    },
    limits: {
      loginsPerMinute: readLoginsPerMinute(reader),
      floorMilliseconds: LOGIN_FLOOR_MILLISECONDS,
    },
  }
  reader.done()
  return config
}

function readSecretsPath(reader: EnvironmentReader, { demo, dataDir }: CommonConfig): string {
  const inDemo = demo ? join(dataDir, 'secrets', 'portal.json') : undefined
  const path = resolve(reader.text('EP_PORTAL_SECRETS', inDemo))
  if (!demo && path.startsWith(`${dataDir}${sep}`)) {
    reader.refuse('EP_PORTAL_SECRETS must not lie inside EP_DATA_DIR unless EP_DEMO=1')
  }
  return path
}

function readLoginsPerMinute(reader: EnvironmentReader): number {
  const text = reader.text('EP_LOGINS_PER_MINUTE', String(LOGINS_PER_MINUTE))
  const value = Number(text)
  if (!/^[1-9]\d{0,6}$/.test(text)) reader.refuse(`EP_LOGINS_PER_MINUTE is no count: ${text}`)
  return value
}
