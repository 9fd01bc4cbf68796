// Applies one numbered command of the office to a case: only if newer, the same one again with the same answer.

import type { BlobKey } from '@einmal-pin/platform/blob-store'
import type { Command, CommandResult } from '@einmal-pin/wire/office-link'
import { problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import { deleteBlobs } from '../documents/delete-blobs.ts'
import type { Portal } from '../portal.ts'
import { type CaseRow, lockCase } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'
import { extend, replaceSecondFactors, revoke, settle } from './change-case.ts'
import { publish } from './publish.ts'

type Tx = Transaction<PortalTables>

/** `digest` is the SHA-256 (hex) of the body's exact bytes. */
export type NumberedCommand = {
  readonly caseId: string
  readonly number: number
  readonly digest: string
  readonly command: Command
}

/** Throws `command.outdated`, `command.conflict`, `command.notAllowed` or `case.none`; then nothing has changed. */
export async function applyCommand(
  portal: Portal,
  numbered: NumberedCommand,
): Promise<CommandResult> {
  const { result, orphans } = await portal.database.transaction(async (tx) => {
    const before = await lockCase(tx, numbered.caseId)
    const repeated = before && answerAgain(before, numbered)
    if (repeated !== undefined) return { result: repeated, orphans: [] }
    const orphans = await change(tx, before, numbered)
    const result = await noteCommand(tx, numbered)
    await portal.writes.count(tx)
    return { result, orphans }
  })
  await deleteBlobs(portal, orphans)
  return result
}

/** The stored answer is the state under the case's lock: no newer command has changed it. */
function answerAgain(before: CaseRow, { number, digest }: NumberedCommand) {
  if (number > before.command_number) return undefined
  // A restored office learns from the number how far it has fallen behind.
  const latest = { number: before.command_number }
  if (number < before.command_number) throw problem('command.outdated', latest)
  if (digest !== before.command_digest) throw problem('command.conflict', latest)
  return { number, state: before.state, round: before.round }
}

async function change(
  tx: Tx,
  before: CaseRow | undefined,
  numbered: NumberedCommand,
): Promise<readonly BlobKey[]> {
  const { command } = numbered
  if (command.type === 'publish') return await publish(tx, before, { ...numbered, command })
  if (before === undefined) throw problem('case.none')
  switch (command.type) {
    case 'secondFactors':
      return await replaceSecondFactors(tx, before, command)
    case 'extend':
      return await extend(tx, before, command)
    case 'revoke':
      return await revoke(tx, before, command)
    case 'settle':
      return await settle(tx, before, command)
    default:
      return command satisfies never
  }
}

async function noteCommand(
  tx: Tx,
  { caseId, number, digest }: NumberedCommand,
): Promise<CommandResult> {
  const { state, round } = await tx
    .updateTable('cases')
    .set({ command_number: number, command_digest: digest })
    .where('case_id', '=', caseId)
    .returning(['state', 'round'])
    .executeTakeFirstOrThrow()
  return { number, state, round }
}
