// Uploads: 4 MiB documents by eight clients, all durable, against a plain PUT with fsync and against tus with fsync added.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeContentDigest, sha256Hex } from '@einmal-pin/vault/digest'
import { newDocumentId } from '@einmal-pin/vault/random'
import { MIB } from '@einmal-pin/wire/limits'
import { startInstallation } from '../harness/installation.ts'
import { manyLetters } from '../harness/many-letters.ts'
import { chanceFrom } from '../harness/seeded.ts'
import { good, openCaller, perSecond } from './support/http-caller.ts'
import { median, report, round } from './support/report.ts'
import { openSeat, type Seat } from './support/seat.ts'

const CLIENTS = 8
const SECONDS = 1.5
const SIZE = 4 * MIB
const ROUNDS = 11

const body = chanceFrom(1).bytes(SIZE)
const sha256 = await sha256Hex(body)
const digest = await makeContentDigest(body)

const installation = await startInstallation()
const folder = join(installation.dataDir, 'plain-uploads')
mkdirSync(folder)
const servers = fork(fileURLToPath(import.meta.resolve('./support/upload-servers.ts')), [folder])
try {
  const [ports] = (await once(servers, 'message')) as [{ plain: number; tus: number }]
  const letters = await manyLetters(installation, CLIENTS)
  await installation.stopZone('office')
  const seats = await Promise.all(letters.map((letter) => openSeat(installation, letter)))
  const portal = openCaller(installation.publicUrl)
  const plain = openCaller(`http://127.0.0.1:${ports.plain}`)
  const tus = openCaller(`http://127.0.0.1:${ports.tus}`)
  const bytes = { 'content-type': 'application/octet-stream' }

  const uploaded: (() => Promise<unknown>)[] = []
  /** Announce and send, as the browser does; one part is the whole and completes it. */
  const toPortal = async (lane: number) => {
    const { caseId, headers } = seats[lane] as Seat
    const base = `/api/v1/cases/${caseId}/documents`
    const id = newDocumentId()
    const announced = { id, size: SIZE, partSize: SIZE, sha256, metadata: 'AAAA' }
    await good(
      portal.call('POST', base, {
        headers: { ...headers, 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(announced)),
      }),
    )
    const part = { ...headers, ...bytes, 'content-digest': digest }
    const sent = await good(portal.call('PUT', `${base}/${id}/parts/0`, { headers: part, body }))
    if (!sent.body.toString().includes('"complete":true')) throw new Error('not complete')
    uploaded.push(() => good(portal.call('DELETE', `${base}/${id}`, { headers })))
  }
  const toPlain = () => good(plain.call('PUT', '/', { headers: bytes, body }))
  const toTus = async () => {
    const version = { 'tus-resumable': '1.0.0' }
    const created = await good(
      tus.call('POST', '/files', { headers: { ...version, 'upload-length': String(SIZE) } }),
    )
    const path = new URL(String(created.headers['location']), 'http://localhost').pathname
    await good(
      tus.call('PATCH', path, {
        headers: {
          ...version,
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
        },
        body,
      }),
    )
  }
  const turns: { readonly portal: number; readonly plain: number; readonly tus: number }[] = []
  // In turns, so that a busy moment of the disk does not hit one of the three alone; the first turn only warms up.
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    const measured = {
      portal: await perSecond(CLIENTS, SECONDS, toPortal),
      plain: await perSecond(CLIENTS, SECONDS, toPlain),
      tus: await perSecond(CLIENTS, SECONDS, toTus),
    }
    // The quota of a case is 100 MiB; making room is not part of an upload.
    for (const remove of uploaded.splice(0)) await remove()
    if (turn > 0) turns.push(measured)
  }
  for (const caller of [portal, plain, tus]) caller.close()
  const speed = (way: 'portal' | 'plain' | 'tus') =>
    `${round((median(turns.map((turn) => turn[way])) * SIZE) / MIB, 0)} MiB/s`
  const againstPlain = median(turns.map((turn) => turn.portal / turn.plain))
  const againstTus = median(turns.map((turn) => turn.portal / turn.tus))
  report({
    name: 'upload',
    title: 'Upload',
    how: `${CLIENTS} clients sending documents of 4 MiB for ${SECONDS} s each way, in ${ROUNDS} turns; medians, and ratios within each turn, for the disk has moods. Through the portal every document is announced, sent as one part with its digest checked, written with fsync, entered in the database and thereby complete; the plain PUT only streams to a file with fsync, tus creates and patches.`,
    figures: [
      {
        what: 'uploads through the portal',
        value: speed('portal'),
        against: `plain PUT with fsync ${speed('plain')}`,
        ratio: String(round(againstPlain)),
        goal: '0.6',
        met: againstPlain >= 0.6,
      },
      {
        what: 'uploads through the portal',
        value: speed('portal'),
        against: `@tus/server with fsync added ${speed('tus')}`,
        ratio: String(round(againstTus)),
        goal: 'ahead (over 1)',
        met: againstTus > 1,
      },
    ],
  })
} finally {
  servers.kill()
  await installation.remove()
}
