// Reads the insurer's settings, and says in one sentence what is wrong with them.
import { readFile } from 'node:fs/promises'
import { parseTenant, type TenantSettings } from '@einmal-pin/domain/tenant'
import { ConfigError } from '@einmal-pin/platform/config'

/** Throws ConfigError when the file is missing, no JSON or not complete. */
export async function readTenantFile(path: string): Promise<TenantSettings> {
  const parsed = parseTenant(await readJson(path))
  if (!parsed.ok) throw new ConfigError([`${path}: ${parsed.error}`])
  return parsed.value
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new ConfigError([`the tenant's settings ${path} cannot be read as JSON`])
  }
}
