// Finds the running office: its port in ports.json, the command line's token beside it.
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readPorts } from '@einmal-pin/platform/ports'
import { type OfficeClient, officeClient } from '@einmal-pin/wire/office-client'
import { CommandError } from './outcome.ts'

export interface Connection {
  readonly dataDir: string
  readonly origin: string
  readonly client: OfficeClient
  /** For requests that the typed client does not make, such as /readyz. */
  readonly headers: Readonly<Record<string, string>>
}

export const dataDirOf = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment['EP_DATA_DIR']?.trim() || 'var')

/** Throws CommandError when no office ever started on this data directory. */
export async function connect(environment: NodeJS.ProcessEnv): Promise<Connection> {
  const dataDir = dataDirOf(environment)
  const { office } = await readPorts(dataDir)
  const port = office ?? (environment['EP_OFFICE_PORT']?.trim() || '8081')
  const origin = `http://127.0.0.1:${port}`
  const headers = { authorization: `Bearer ${await readToken(dataDir)}` }
  return { dataDir, origin, headers, client: officeClient(origin, headers) }
}

async function readToken(dataDir: string): Promise<string> {
  const path = join(dataDir, 'cli-token')
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    const text = `${path} cannot be read. Has the office been started on this data directory, by this user?`
    throw new CommandError(text, { code: 'cli.token', detail: text })
  }
}
