// The number beside the secrets that tells a restored backup: a database that knows fewer writes of the office than this file is old.
import { dirname, join } from 'node:path'
import type { Database } from '@einmal-pin/platform/database'
import { readSecretFile, replaceSecretFile } from '@einmal-pin/vault/secret-file-node'
import type { Transaction } from 'kysely'
import { closeLogins, countWrite, openLogins, readPortalState } from './store/portal-state.ts'
import type { PortalTables } from './store/schema.ts'

// [Note: Restored backup]
// Every write of the office raises a number in the database, and the same number in a file beside the secrets before the commit. A
// database from a backup knows a lower number than the file. Then logins stay closed until the courier has compared every case both
// ways and says so. A crash between file and commit looks the same and costs one comparison: it fails closed.

export type WriteCounter = {
  /** Last step of every transaction in which the office writes. */
  readonly count: (tx: Transaction<PortalTables>) => Promise<void>
  /** The courier has compared everything. */
  readonly reconcile: (tx: Transaction<PortalTables>) => Promise<void>
}

/** Compares database and file and closes logins if the database is the older one. */
export async function openWriteCounter(
  database: Database<PortalTables>,
  secretsFile: string,
): Promise<WriteCounter> {
  const path = join(dirname(secretsFile), 'portal-commands.json')
  const known = await database.transaction(readPortalState)
  let highest = await readNumber(path)
  // Without the file nobody can say how old the database is, unless nothing was ever written.
  if (
    known.appliedCommands < (highest ?? known.appliedCommands + Number(known.appliedCommands > 0))
  ) {
    await database.transaction(closeLogins)
  }
  const raiseTo = async (number: number) => {
    if (number <= (highest ?? -1)) return
    await replaceSecretFile(path, `${JSON.stringify({ applied: number })}\n`)
    highest = number
  }
  await raiseTo(known.appliedCommands)
  return {
    count: async (tx) => {
      const number = await countWrite(tx)
      // Restored under a running portal: no write that was committed has ever been counted twice.
      if (number < (highest ?? 0)) await closeLogins(tx)
      await raiseTo(number)
    },
    reconcile: async (tx) => {
      const next = Math.max(await countWrite(tx), highest ?? 0)
      await raiseTo(next)
      await openLogins(tx, next)
    },
  }
}

async function readNumber(path: string): Promise<number | undefined> {
  const text = await readSecretFile(path)
  if (text === undefined) return undefined
  const content: unknown = JSON.parse(text)
  const applied =
    typeof content === 'object' && content !== null && 'applied' in content
      ? content.applied
      : undefined
  if (!Number.isSafeInteger(applied)) throw new Error(`${path} holds no number`)
  return Number(applied)
}
