// One round of the courier: commands out, facts, submissions and orders in; the comparison whenever it is due.
import { readPorts } from '@einmal-pin/platform/ports'
import type { PortalStatus } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import { fetchSubmissions } from '../intake/fetch-submissions.ts'
import type { Office } from '../office.ts'
import type { OfficeSchema } from '../store/schema.ts'
import { fetchFacts } from './apply-facts.ts'
import { compareCases } from './compare.ts'
import { makeLink, type PortalLink } from './link.ts'
import { fetchPinRequests } from './pin-requests.ts'
import { pushCommands } from './push-commands.ts'

/** The comparison of every night; it also runs whenever the portal has closed its logins. */
const COMPARE_HOURS = 24

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

/** Everything in it is idempotent: a courier killed at any moment begins again here. */
export async function runCourier(
  office: Office,
  link: PortalLink,
  signal: AbortSignal,
): Promise<void> {
  const status = await link.status()
  if (!status.ok) return office.log.warn({ code: status.code }, 'portal.unreachable')
  if (!isOurPortal(office, status.value)) return office.log.error({}, 'portal.receiptKeyDiffers')
  const compared = await compareIfDue(office, link, status.value)
  const reachable =
    compared &&
    (await pushCommands(office, link, signal)) &&
    (await fetchFacts(office, link, signal)) &&
    (await fetchSubmissions(office, link, signal)) &&
    (await fetchPinRequests(office, link))
  if (reachable && !status.value.loginsOpen) await openLogins(office, link)
}

const isOurPortal = ({ secrets }: Office, { receiptKey }: PortalStatus): boolean =>
  receiptKey.keyId === secrets.receiptKey.keyId &&
  receiptKey.publicKey === secrets.receiptKey.publicKey

async function compareIfDue(
  office: Office,
  link: PortalLink,
  { loginsOpen }: PortalStatus,
): Promise<boolean> {
  if (loginsOpen && !(await isComparisonDue(office))) return true
  return compareCases(office, link)
}

async function isComparisonDue({ database, clock }: Office): Promise<boolean> {
  const row = await database.kysely
    .selectFrom('audit')
    .select('seq')
    .where('subject', '=', 'portal')
    .where('action', '=', 'portal.compared')
    .where('at', '>', sql<Date>`${clock.sqlOnce} - make_interval(hours => ${COMPARE_HOURS})`)
    .limit(1)
    .executeTakeFirst()
  return row === undefined
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
