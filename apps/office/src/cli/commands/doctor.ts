// einmal-pin doctor: what runs, what is missing, and what to do about it.
import { access, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readPorts } from '@einmal-pin/platform/ports'
import type { DoctorReport } from '@einmal-pin/wire/cli-documents'
import type { Connection } from '../connection.ts'
import type { Outcome } from '../outcome.ts'

type Finding = DoctorReport['checks'][number]

const finding = (check: string, ok: boolean, advice: string): Finding => ({
  check,
  ok,
  advice: ok ? '' : advice,
})

const answers = async (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(3_000) })
    .then(({ ok }) => ok)
    .catch(() => false)

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const isPrivate = async (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mode }) => (mode & 0o077) === 0,
    () => false,
  )

export async function doctor({ dataDir, origin, client }: Connection): Promise<Outcome> {
  const { portal } = await readPorts(dataDir)
  const key = join(dataDir, 'secrets', 'print-centre', 'recipient.txt')
  const findings = [
    finding('office answers', await answers(`${origin}/livez`), `Start it; nothing at ${origin}.`),
    finding(
      'office is ready',
      await answers(`${origin}/readyz`),
      'Its database or blob folder is away.',
    ),
    finding('token fits', (await client.staff()).ok, 'EP_DATA_DIR is that of another office.'),
    finding(
      'token is private',
      await isPrivate(join(dataDir, 'cli-token')),
      'Others can read cli-token: delete it and start the office again.',
    ),
    finding(
      'portal is ready',
      portal !== undefined && (await answers(`http://127.0.0.1:${portal}/readyz`)),
      'Letters and submissions wait until the portal runs.',
    ),
    finding(
      'print centre has a key',
      await exists(key),
      'Letters wait until the print centre has run.',
    ),
  ]
  const ok = findings.every((one) => one.ok)
  const lines = findings.map(({ check, ok: good, advice }) =>
    good ? `ok    ${check}` : `FAIL  ${check}: ${advice}`,
  )
  const report: DoctorReport = { ok, checks: findings }
  return { json: report, text: lines.join('\n'), ok }
}
