// Carries waiting commands to the portal, per case strictly in their order, again until each has an answer.
import type { Failure } from '@einmal-pin/wire/http-client'
import { sql } from 'kysely'
import type { Office } from '../office.ts'
import { openTask } from '../tasks.ts'
import { catchUp } from './catch-up.ts'
import { commandApplied, commandRefused } from './command-effects.ts'
import type { PortalLink } from './link.ts'
import { attempt, type StepResult, worseOf } from './step.ts'

export interface PendingCommand {
  readonly case_id: string
  readonly number: number
  readonly type: string
  readonly round: number | null
  readonly body: string | null
  readonly attempts: number
}

const BATCH = 50
const IN_FLIGHT = 4
const LONGEST_PAUSE_SECONDS = 300

export async function pushCommands(
  office: Office,
  link: PortalLink,
  signal: AbortSignal,
): Promise<StepResult> {
  let result = 'done' as StepResult
  while (!signal.aborted) {
    const queue = [...(await nextCommands(office))]
    if (queue.length === 0) return result
    const worker = async () => {
      for (let next = queue.shift(); next && result !== 'unreachable'; next = queue.shift()) {
        const one = await pushOrPostpone(office, link, next)
        result = worseOf(result, one)
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
    if (result === 'unreachable') return result
  }
  return result
}

/** A fault of this office at one command is no reason to hold back those of other cases. */
async function pushOrPostpone(
  office: Office,
  link: PortalLink,
  command: PendingCommand,
): Promise<StepResult> {
  const place = `${command.case_id}/${command.number}`
  const result = await attempt(office, 'command.failed', place, () =>
    pushOne(office, link, command),
  )
  if (result !== undefined) return result
  await postpone(office, command)
  return 'failed'
}

/** The lowest waiting number of each case; a later command never overtakes an earlier one. */
async function nextCommands({ database, clock }: Office): Promise<readonly PendingCommand[]> {
  const { rows } = await sql<PendingCommand>`
    select case_id, number, type, round, body, attempts from (
      select distinct on (case_id) * from commands where state = 'pending' order by case_id, number
    ) first where not_before <= ${clock.sqlOnce} order by not_before limit ${BATCH}`.execute(
    database.kysely,
  )
  return rows
}

async function pushOne(
  office: Office,
  link: PortalLink,
  command: PendingCommand,
): Promise<StepResult> {
  if (command.body === null) {
    await refuse(office, command, 'command.outdated')
    return 'done'
  }
  const answer = await link.command(command.case_id, command.number, command.body)
  if (answer.ok || wasApplied(command, answer)) {
    await office.database.transaction((transaction) => commandApplied(transaction, office, command))
    return 'done'
  }
  if (isBehind(answer) && (await catchUp(office, command.case_id, answer.extra['number']))) {
    office.log.warn({ caseId: command.case_id }, 'command.renumbered')
    return 'done'
  }
  if (isFinal(answer)) await refuse(office, command, answer.code)
  else await postpone(office, command)
  return answer.code === 'network' ? 'unreachable' : 'done'
}

/**
 * An answer was lost, and a higher number was answered since; and a case that the portal never had needs no end. A first try cannot be
 * too old, unless this office is a restored one ([Note: Restored office]).
 */
const wasApplied = ({ type, attempts }: PendingCommand, { code }: Failure): boolean =>
  (code === 'command.outdated' && attempts > 0) ||
  (code === 'case.none' && (type === 'revoke' || type === 'settle'))

/** The portal knows this number, or a higher one, under another command. */
const isBehind = ({ code }: Failure): boolean =>
  code === 'command.outdated' || code === 'command.conflict'

/** A refusal that another try cannot change. Signature, load and failures of the portal are not among them. */
const isFinal = ({ status, code }: Failure): boolean =>
  status >= 400 && status < 500 && status !== 401 && status !== 429 && code !== 'network'

async function refuse(office: Office, command: PendingCommand, code: string): Promise<void> {
  const { database, clock, log } = office
  log.warn({ type: command.type, code }, 'command.refused')
  await database.transaction(async (transaction) => {
    await commandRefused(transaction, office, command, code)
    await openTask(transaction, clock, { kind: 'commandRefused', caseId: command.case_id, code })
  })
}

async function postpone({ database, clock }: Office, command: PendingCommand): Promise<void> {
  const seconds = Math.min(2 ** command.attempts, LONGEST_PAUSE_SECONDS)
  await database.kysely
    .updateTable('commands')
    .set({
      attempts: command.attempts + 1,
      not_before: sql<Date>`${clock.sql} + make_interval(secs => ${seconds})`,
    })
    .where('case_id', '=', command.case_id)
    .where('number', '=', command.number)
    .execute()
}
