// Reads the environment once, checks it, and names everything that is missing or wrong in one go.
import { resolve } from 'node:path'
import { parseDuration } from './clock.ts'
import { parseTrustedProxies, type TrustedProxies } from './http/client-address.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Thrown with one line per mistake; a server prints the text and ends with exit code 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
    this.problems = problems
  }
}

/** What both servers and the print centre share. */
export type CommonConfig = {
  readonly demo: boolean
  /** Absolute. */
  readonly dataDir: string
  /** Seconds added to the database's clock; 0 outside demonstrations and tests. */
  readonly clockOffsetSeconds: number
  readonly portalPort: number
  readonly officePort: number
  /** Origin without a trailing slash; stands in letters, QR codes and signatures. */
  readonly publicUrl: string
  readonly trustedProxies: TrustedProxies
  readonly tenantFile: string
}

/** Reads one variable at a time and collects what is wrong; `done` throws all of it together. */
export type EnvironmentReader = {
  readonly text: (name: string, fallback?: string) => string
  readonly optional: (name: string) => string | undefined
  readonly port: (name: string, fallback: number) => number
  readonly flag: (name: string) => boolean
  /** Notes a mistake that only the caller can see. */
  readonly refuse: (line: string) => void
  readonly done: () => void
}

export function readEnvironment(environment: Environment): EnvironmentReader {
  const problems: string[] = []
  const optional = (name: string) => environment[name]?.trim() || undefined
  const refuse = (line: string) => {
    problems.push(line)
  }
  return {
    optional,
    refuse,
    text: (name, fallback) => {
      const value = optional(name) ?? fallback
      if (value === undefined) refuse(`${name} is missing`)
      return value ?? ''
    },
    port: (name, fallback) => {
      const text = optional(name) ?? String(fallback)
      const value = Number(text)
      // Port 0 takes any free port; ports.json then tells which.
      if (!/^\d{1,5}$/.test(text) || value > 65_535) refuse(`${name} is not a port: ${text}`)
      return value
    },
    flag: (name) => {
      const text = optional(name) ?? '0'
      if (text !== '0' && text !== '1') refuse(`${name} is neither 0 nor 1`)
      return text === '1'
    },
    done: () => {
      if (problems.length > 0) throw new ConfigError(problems)
    },
  }
}

/** Reads the shared part of the environment (design.md 9) into `reader`; the caller calls `done` after its own part. */
export function readCommonConfig(reader: EnvironmentReader): CommonConfig {
  const demo = reader.flag('EP_DEMO')
  const portalPort = reader.port('EP_PORTAL_PORT', 8080)
  const proxies = parseTrustedProxies(reader.optional('EP_TRUSTED_PROXIES') ?? '')
  if (!proxies.ok) reader.refuse(`EP_TRUSTED_PROXIES has no such network: ${proxies.error}`)
  return {
    demo,
    dataDir: resolve(reader.text('EP_DATA_DIR', 'var')),
    clockOffsetSeconds: readClockOffset(reader, demo),
    portalPort,
    officePort: reader.port('EP_OFFICE_PORT', 8081),
    publicUrl: readPublicUrl(reader, demo, portalPort),
    trustedProxies: proxies.ok ? proxies.value : [],
    tenantFile: resolve(reader.text('EP_TENANT_FILE', 'config/tenant.json')),
  }
}

function readClockOffset(reader: EnvironmentReader, demo: boolean): number {
  const text = reader.optional('EP_CLOCK_OFFSET')
  if (text === undefined) return 0
  const seconds = parseDuration(text)
  if (seconds === undefined) {
    reader.refuse(`EP_CLOCK_OFFSET is not an ISO 8601 duration such as P32D: ${text}`)
  } else if (!demo && seconds !== 0) {
    reader.refuse('EP_CLOCK_OFFSET moves the clock and works with EP_DEMO=1 only')
  }
  return seconds ?? 0
}

function readPublicUrl(reader: EnvironmentReader, demo: boolean, portalPort: number): string {
  const fallback = demo ? `http://127.0.0.1:${portalPort}` : undefined
  const text = reader.text('EP_PUBLIC_URL', fallback)
  if (text === '') return text
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.origin === 'null' || url.pathname !== '/' || url.search !== '') {
    reader.refuse(`EP_PUBLIC_URL is not an origin such as https://portal.example: ${text}`)
  } else if (!demo && url.protocol !== 'https:') {
    reader.refuse('EP_PUBLIC_URL must begin with https:// unless EP_DEMO=1')
  }
  return url?.origin ?? ''
}
