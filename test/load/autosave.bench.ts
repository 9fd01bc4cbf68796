// Autosaves: drafts of 8 kB through the portal against the same UPDATE sent straight to PostgreSQL by as many connections.
import { makeContentDigest, sha256Hex } from '@einmal-pin/vault/digest'
import { randomBytes } from '@einmal-pin/vault/random'
import pg from 'pg'
import { startInstallation } from '../harness/installation.ts'
import { manyLetters } from '../harness/many-letters.ts'
import { good, openCaller, perSecond } from './support/http-caller.ts'
import { report, round } from './support/report.ts'
import { openSeat } from './support/seat.ts'

const CLIENTS = 8
const SECONDS = 6
const TURNS = 3
const DRAFT_BYTES = 8_000
/** Different bytes for each save, made beforehand: sealing is the browser's work, not the portal's. */
const VARIANTS = 64

const installation = await startInstallation()
try {
  const letters = await manyLetters(installation, CLIENTS)
  await installation.stopZone('office')
  const seats = await Promise.all(letters.map((letter) => openSeat(installation, letter)))
  const drafts = await Promise.all(
    Array.from({ length: VARIANTS }, async () => {
      const body = randomBytes(DRAFT_BYTES)
      return { body, digest: await makeContentDigest(body), etag: await sha256Hex(body) }
    }),
  )
  const { call, close } = openCaller(installation.publicUrl)
  const states = seats.map(() => ({ revision: 0, etag: '' }))
  const save = async (lane: number) => {
    const [seat, state] = [seats[lane], states[lane]]
    if (seat === undefined || state === undefined) throw new Error('no such lane')
    const revision = state.revision + 1
    const draft = drafts[(revision * CLIENTS + lane) % VARIANTS]
    if (draft === undefined) throw new Error('no such draft')
    const previous =
      state.revision === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${state.etag}"` }
    const headers = {
      ...seat.headers,
      ...previous,
      'content-type': 'application/octet-stream',
      'content-digest': draft.digest,
      'ep-revision': String(revision),
    }
    await good(call('PUT', `/api/v1/cases/${seat.caseId}/draft`, { headers, body: draft.body }))
    states[lane] = { revision, etag: draft.etag }
  }
  /** After the bare UPDATEs the draft has another revision and digest. */
  const readState = async (lane: number, before: { revision: number; etag: string }) => {
    const text = 'select revision, etag from drafts where case_id = $1'
    const found = await clients[lane]?.query<typeof before>(text, [seats[lane]?.caseId])
    return found?.rows[0] ?? before
  }
  const clients = Array.from(
    { length: CLIENTS },
    () => new pg.Client({ connectionString: installation.database.url('portal') }),
  )
  for (const client of clients) client.on('error', () => {})
  await Promise.all(clients.map((client) => client.connect()))
  const update = async (lane: number) => {
    const draft = drafts[Math.floor(Math.random() * VARIANTS)]
    await clients[lane]?.query({
      name: 'save',
      text: 'update drafts set revision = revision + 1, etag = $2, bytes = $3, saved_at = clock_timestamp() where case_id = $1',
      values: [seats[lane]?.caseId, draft?.etag, Buffer.from(draft?.body ?? [])],
    })
  }
  await perSecond(CLIENTS, 2, save)
  await perSecond(CLIENTS, 1, update)
  let [saves, updates] = [0, 0]
  // In turns, so that a busy moment of the machine does not hit one of the two alone.
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [lane, state] of states.entries()) states[lane] = await readState(lane, state)
    saves += (await perSecond(CLIENTS, SECONDS / TURNS, save)) / TURNS
    updates += (await perSecond(CLIENTS, SECONDS / TURNS, update)) / TURNS
  }
  close()
  await Promise.all(clients.map((client) => client.end()))
  report({
    name: 'autosave',
    title: 'Autosave',
    how: `${CLIENTS} people saving drafts of ${DRAFT_BYTES} bytes without a pause for ${SECONDS} s, every save committed and its digest checked, and in turns with them ${CLIENTS} connections sending the same UPDATE for as long. The load program takes a share of the cores in both.`,
    figures: [
      {
        what: 'autosaves per second',
        value: String(round(saves, 0)),
        against: `the same UPDATE straight to PostgreSQL: ${round(updates, 0)}`,
        ratio: String(round(saves / updates)),
        goal: '0.5',
        met: saves / updates >= 0.5,
      },
    ],
  })
} finally {
  await installation.remove()
}
