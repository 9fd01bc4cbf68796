// One round of the courier: commands out, facts, submissions and orders in; the comparison whenever it is due.
import { readPorts } from '@einmal-pin/platform/ports'
import type { PortalStatus } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import { fetchSubmissions } from '../intake/fetch-submissions.ts'
import type { Office } from '../office.ts'
import type { OfficeSchema } from '../store/schema.ts'
import { fetchFacts } from './apply-facts.ts'
import { compareCases } from './compare.ts'
import { fetchFeedback } from './feedback.ts'
import { makeLink, type PortalLink } from './link.ts'
import { fetchPinRequests } from './pin-requests.ts'
import { pushCommands } from './push-commands.ts'
import { attempt, type StepResult } from './step.ts'

/** The comparison of every night; it also runs whenever the portal has closed its logins. */
const COMPARE_HOURS = 24
const MOST_PER_HOUR = 60

export const officeLink = (office: Office): PortalLink =>
  makeLink({
    origin: () => portalOrigin(office),
    publicUrl: office.config.publicUrl,
    signingKey: office.secrets.signingKey,
    now: () => office.clock.now<OfficeSchema>(office.database.kysely),
  })

/** The portal says in ports.json where its second listener is; another start may choose another port. */
async function portalOrigin({ config }: Office): Promise<string | undefined> {
  if (config.portalLinkUrl !== undefined) return config.portalLinkUrl
  const { portalOffice } = await readPorts(config.dataDir)
  return portalOffice === undefined ? undefined : `http://127.0.0.1:${portalOffice}`
}

const STEPS = {
  commands: pushCommands,
  facts: fetchFacts,
  submissions: fetchSubmissions,
  pinRequests: fetchPinRequests,
  feedback: fetchFeedback,
} as const satisfies Record<
  string,
  (office: Office, link: PortalLink, signal: AbortSignal) => Promise<StepResult>
>

/**
 * Everything in it is idempotent: a courier killed at any moment begins again here. A step that fails is told and does not hold up the
 * next one; a portal that is away ends the round.
 */
export async function runCourier(
  office: Office,
  link: PortalLink,
  signal: AbortSignal,
): Promise<void> {
  const status = await link.status()
  if (!status.ok) return office.log.warn({ code: status.code }, 'portal.unreachable')
  if (!isOurPortal(office, status.value)) return office.log.error({}, 'portal.receiptKeyDiffers')
  const compared = await compareIfDue(office, link, status.value)
  if (compared === 'unreachable') return
  for (const [step, run] of Object.entries(STEPS)) {
    const result = await attempt(office, 'courier.stepFailed', step, () =>
      run(office, link, signal),
    )
    if (result === 'unreachable') return office.log.warn({ step }, 'portal.unreachable')
    if (result !== 'done') office.log.error({ step }, 'courier.incomplete')
  }
  if (compared === 'done' && !status.value.loginsOpen) await openLogins(office, link)
}

const isOurPortal = ({ secrets }: Office, { receiptKey }: PortalStatus): boolean =>
  receiptKey.keyId === secrets.receiptKey.keyId &&
  receiptKey.publicKey === secrets.receiptKey.publicKey

/** Nightly, after a restore of this office ([Note: Restored office]), and at once while the portal keeps its logins closed. */
async function compareIfDue(
  office: Office,
  link: PortalLink,
  { loginsOpen }: PortalStatus,
): Promise<StepResult> {
  const { last, inLastHour } = await pastComparisons(office)
  if (loginsOpen && last === 'portal.compared') return 'done'
  // A portal that closes its logins for ever would have everything compared for ever.
  return inLastHour < MOST_PER_HOUR ? compareCases(office, link) : 'failed'
}

/** `last` is undefined when nothing was compared for so long that it is due. */
async function pastComparisons({ database, clock }: Office) {
  const { rows } = await sql<{ action: string; recent: boolean }>`
    select action, at > ${clock.sqlOnce} - make_interval(hours => 1) as recent from audit
    where subject = 'portal' and action in ('portal.compared', 'command.renumbered')
      and at > ${clock.sqlOnce} - make_interval(hours => ${COMPARE_HOURS})
    order by seq desc limit ${2 * MOST_PER_HOUR}`.execute(database.kysely)
  const recent = rows.filter((row) => row.recent && row.action === 'portal.compared')
  return { last: rows.at(0)?.action, inLastHour: recent.length }
}

/** Only once everything that the comparison found has been carried over. */
async function openLogins({ database }: Office, link: PortalLink): Promise<void> {
  const waiting = await database.kysely
    .selectFrom('commands')
    .select('number')
    .where('state', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  if (waiting === undefined) await link.reconciled()
}
