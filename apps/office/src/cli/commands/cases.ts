// einmal-pin cases: import, list, show, reissue, revoke, move, extend.
import { readFile } from 'node:fs/promises'
import type { RefusedImport } from '@einmal-pin/wire/cli-documents'
import { ERRORS } from '@einmal-pin/wire/errors'
import { callJson, type Failure } from '@einmal-pin/wire/http-client'
import type {
  AddressInput,
  CaseDetail,
  CaseSummary,
  ImportProblem,
  ImportReport,
  RevokeOrder,
} from '@einmal-pin/wire/office-api'
import { OFFICE } from '@einmal-pin/wire/routes'
import { caseIdOf } from '../case-id.ts'
import type { Connection } from '../connection.ts'
import { CommandError, expectValue, type Outcome, success, UsageError } from '../outcome.ts'
import { table } from '../table.ts'

const PAGE = 500

export async function importFile(
  { origin, headers }: Connection,
  file: string,
  skipBad: boolean,
): Promise<Outcome> {
  const bytes = await readFile(file).catch(() => unreadable(file))
  const send = (request: Request) => fetch(request)
  // The very bytes: the office tells what is no UTF-8, a decoder here would hide it.
  const answer = await callJson<ImportReport>(send, origin, OFFICE.importCases, {
    bytes: new Uint8Array(bytes),
    query: { skipBad },
    headers: { ...headers, 'content-type': 'text/csv' },
  })
  if (answer.ok) return success(answer.value, reportText(answer.value))
  const refused = refusedInput(answer)
  if (refused === undefined) return success(expectValue(answer), '')
  return { json: refused, text: reportText(refused), ok: false }
}

/** What is wrong, line by line and field by field; undefined for any other refusal. */
function refusedInput({ code, extra }: Failure): RefusedImport | undefined {
  const problems = extra['problems']
  if (code !== 'import.rejected' || !Array.isArray(problems)) return undefined
  return { code, detail: ERRORS[code].de, imported: [], problems: problems as ImportProblem[] }
}

function reportText({ imported, problems }: ImportReport): string {
  const lines = problems.map(
    ({ line, field, code, message }) =>
      `line ${line}${field === '' ? '' : `, field ${field}`}: ${message} (${code})`,
  )
  const count = `${imported.length} case${imported.length === 1 ? '' : 's'} imported.`
  return [...lines, imported.length === 0 ? `Nothing was imported.` : count].join('\n')
}

export async function listCases(
  { client }: Connection,
  query: { readonly q?: string; readonly state?: string },
): Promise<Outcome> {
  const cases: CaseSummary[] = []
  let after: string | null = null
  do {
    const page: { cases: CaseSummary[]; next: string | null } = expectValue(
      await client.cases({ ...query, limit: PAGE, ...(after !== null && { after }) }),
    )
    cases.push(...page.cases)
    after = page.next
  } while (after !== null)
  const rows = cases.map((one) => [
    one.caseId,
    one.caseRef,
    one.state,
    one.pinState ?? '',
    one.lastDay ?? '',
    one.name,
  ])
  const text = table(['ID', 'CASE REF', 'STATE', 'PIN', 'LAST DAY', 'NAME'], rows)
  return success({ cases, next: null }, text)
}

export async function showCase(connection: Connection, given: string): Promise<Outcome> {
  const detail = expectValue(await connection.client.case(await caseIdOf(connection, given)))
  return success(detail, detailText(detail))
}

export async function reissueCase(
  connection: Connection,
  given: string,
  stolen: boolean,
): Promise<Outcome> {
  const caseId = await caseIdOf(connection, given)
  const reason = stolen ? 'stolen' : 'lost'
  const detail = expectValue(await connection.client.reissue(caseId, { reason }))
  return success(detail, `A new PIN is being made for ${detail.caseRef}; the old one is dead.`)
}

const REASONS = ['death', 'wrongAddressee', 'openedInError'] as const

export async function revokeCase(
  connection: Connection,
  given: string,
  reason: string,
): Promise<Outcome> {
  const known = REASONS.find((one) => one === reason)
  if (known === undefined) throw new UsageError(`--reason is one of ${REASONS.join(', ')}`)
  const order: RevokeOrder = { reason: known }
  const caseId = await caseIdOf(connection, given)
  const detail = expectValue(await connection.client.revoke(caseId, order))
  return success(detail, `${detail.caseRef} is ${detail.state}.`)
}

function detailText(detail: CaseDetail): string {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Id', detail.caseId],
    ['Case reference', detail.caseRef],
    ['Form', `${detail.formTitle} (${detail.formId})`],
    ['State', detail.state],
    ['PIN', detail.pinState],
    ['Days left', detail.daysLeft === null ? null : String(detail.daysLeft)],
    ['Name', detail.name],
    ['Address', detail.addressLines.join(', ')],
    ['Second factor', detail.secondFactor],
    ['Eingangsnummer', detail.receiptNumber],
    ['Allowed', detail.allowedActions.join(', ')],
  ]
  const known = facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  const timeline = detail.timeline.map(({ at, event, round, actor }) => [
    at,
    event,
    round === null ? '' : String(round),
    actor,
  ])
  return `${table(['', ''], known).trimStart()}\n\n${table(['WHEN', 'EVENT', 'ROUND', 'WHO'], timeline)}`
}

export async function extendCase(connection: Connection, id: string): Promise<Outcome> {
  const caseId = await caseIdOf(connection, id)
  const detail = expectValue(await connection.client.extend(caseId))
  const lastDay = detail.rounds.at(-1)?.lastDay ?? ''
  return success(detail, `${detail.caseRef}: the last day is now ${lastDay}`)
}

/** From a file, for an address on the command line would stand in the shell's history and in the list of processes. */
export async function moveCase(connection: Connection, id: string, file: string): Promise<Outcome> {
  const address = await addressIn(file)
  const caseId = await caseIdOf(connection, id)
  const answer = await connection.client.changeAddress(caseId, address)
  const refused = answer.ok ? undefined : refusedInput(answer)
  if (refused !== undefined) {
    const lines = refused.problems.map(
      ({ field, message, code }) => `${field}: ${message} (${code})`,
    )
    return { json: refused, text: [...lines, 'Nothing was changed.'].join('\n'), ok: false }
  }
  const detail = expectValue(answer)
  return success(detail, `${detail.caseRef}: letters go to the new address`)
}

async function addressIn(file: string): Promise<AddressInput> {
  const text = await readFile(file, 'utf8').catch(() => unreadable(file))
  try {
    // The office checks every field.
    return JSON.parse(text) as AddressInput
  } catch {
    const detail = `${file} is no JSON.`
    throw new CommandError(detail, { code: 'cli.file', detail })
  }
}

function unreadable(file: string): never {
  const text = `${file} cannot be read.`
  throw new CommandError(text, { code: 'cli.file', detail: text })
}
