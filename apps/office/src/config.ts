// What the office reads from the environment, checked once at start.
import { join, resolve } from 'node:path'
import {
  type CommonConfig,
  type Environment,
  readCommonConfig,
  readEnvironment,
} from '@einmal-pin/platform/config'
import { lettersFolder } from './letters/letters-folder.ts'

export interface OfficeConfig extends CommonConfig {
  readonly databaseUrl: string
  /** The office's own keys, 0700. In production outside the data directory. */
  readonly officeSecretsDir: string
  /** The file that the portal waits for. */
  readonly portalSecretsFile: string
  /** Public half of the print centre's key; letters are sealed to it. */
  readonly printCentreSecretsDir: string
  readonly clerkDir: string
  /** One folder a form; changed files are taken without a restart. */
  readonly formsDir: string
  /** Templates, texts and drawings of the letters; the next run takes what changed. */
  readonly lettersDir: string
  /** Further host names under which clerks reach the office, beside loopback. */
  readonly hosts: readonly string[]
  /** The portal's second listener, when it is not the one in ports.json. */
  readonly portalLinkUrl: string | undefined
  /** Pause between two rounds of the courier. */
  readonly courierMilliseconds: number
}

const DEMO_COURIER_MILLISECONDS = 1_000
const COURIER_MILLISECONDS = 5_000

/** Throws ConfigError naming everything that is missing or wrong. */
export function readOfficeConfig(environment: Environment): OfficeConfig {
  const reader = readEnvironment(environment)
  const common = readCommonConfig(reader)
  const secretsDir = join(common.dataDir, 'secrets')
  const officeSecretsDir = reader.text('EP_OFFICE_SECRETS', join(secretsDir, 'office'))
  const portalSecretsFile = reader.text('EP_PORTAL_SECRETS', join(secretsDir, 'portal.json'))
  const config: OfficeConfig = {
    ...common,
    databaseUrl: reader.text('OFFICE_DATABASE_URL'),
    officeSecretsDir: resolve(officeSecretsDir),
    portalSecretsFile: resolve(portalSecretsFile),
    printCentreSecretsDir: join(secretsDir, 'print-centre'),
    clerkDir: resolve(reader.text('EP_CLERK_DIR', join(import.meta.dirname, '../../clerk/build'))),
    formsDir: resolve(
      reader.text('EP_FORMS_DIR', join(import.meta.dirname, '../../../packages/forms')),
    ),
    lettersDir: lettersFolder(environment),
    hosts: (reader.optional('EP_OFFICE_HOSTS') ?? '')
      .split(',')
      .flatMap((host) => host.trim() || []),
    portalLinkUrl: reader.optional('EP_PORTAL_LINK_URL'),
    courierMilliseconds: common.demo ? DEMO_COURIER_MILLISECONDS : COURIER_MILLISECONDS,
  }
  if (!common.demo) refuseDemoParts(reader.refuse, environment)
  reader.done()
  return config
}

/** Single sign-on does not exist yet: outside the demonstration nobody would be asked who they are. */
function refuseDemoParts(refuse: (line: string) => void, environment: Environment): void {
  refuse('a staff login is missing: the demo login works with EP_DEMO=1 only')
  for (const name of ['EP_OFFICE_SECRETS', 'EP_PORTAL_SECRETS']) {
    if (!environment[name]) refuse(`${name} is missing: outside a demonstration keys lie apart`)
  }
}
