// The command line as a program of its own, on the data directory of a test.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { writePorts } from '@einmal-pin/platform/ports'
import { CLI_DOCUMENTS, CliFailure } from '@einmal-pin/wire/cli-documents'
import { Check } from 'typebox/value'
import type { TestOffice } from './test-office.ts'

/** What bin/einmal-pin hands over to; spares a process per call. */
const MAIN = join(import.meta.dirname, '../cli/main.ts')

export interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export function runCli(
  dataDir: string,
  args: readonly string[],
  { program = MAIN, cwd = dataDir }: { program?: string; cwd?: string } = {},
): Promise<Said> {
  const env = { ...process.env, EP_DATA_DIR: dataDir }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env, cwd }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/** Lets the command line find a test's office. */
export async function listenForCli({ app, dataDir }: TestOffice): Promise<void> {
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  await writePorts(dataDir, { office: Number(new URL(address).port) })
}

/** The one document on standard output. Throws when it is none or not what the schema of `kind` says. */
export function documentOf<Kind extends keyof typeof CLI_DOCUMENTS>(
  said: Said,
  kind: Kind | 'failure',
): unknown {
  const document: unknown = JSON.parse(said.stdout)
  const schema = kind === 'failure' ? CliFailure : CLI_DOCUMENTS[kind]
  if (Check(schema, document)) return document
  throw new TypeError(`no document of ${kind}: ${said.stdout.slice(0, 500)}`)
}
