// What the print centre prints and what it refuses: only the office's own, whole and unaltered.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { addDays, type CalendarDate, parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import { frankingOf } from '@einmal-pin/domain/franking'
import { newSealingPair } from '@einmal-pin/vault/age'
import { signBundle } from '@einmal-pin/vault/bundle-signing'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { newSigningKey, type SigningKey } from '@einmal-pin/vault/ed25519'
import { sealLetter } from '@einmal-pin/vault/letter-seal'
import type { BundleLetter } from '@einmal-pin/wire/print-hand-over'
import { openIdentity, readOfficeKey } from './keys.ts'
import { type PrintCentre, printBundle } from './print-bundle.ts'
import { printWaiting } from './watch-outbox.ts'

const BUNDLE = 'b0123456789'
const FIRST = 'c0000000000a'
const SECOND = 'c0000000000b'

let dataDir: string
let keyFolder: string
let recipient: string
let office: SigningKey
let centre: PrintCentre

const nextDay = (): CalendarDate => addDays(today(), 1)

const today = (): CalendarDate => {
  const day = parseCalendarDate('2026-11-23')
  assert.ok(day.ok)
  return day.value
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'print-centre-'))
  keyFolder = join(dataDir, 'secrets', 'print-centre')
  const identity = await openIdentity(keyFolder)
  recipient = (await readFile(join(keyFolder, 'recipient.txt'), 'utf8')).trim()
  office = await newSigningKey()
  centre = { dataDir, keyFolder, identity, officeKey: office.publicKey, today: today() }
})

afterEach(() => rm(dataDir, { recursive: true }))

interface Tampering {
  readonly recipient?: string
  readonly bundleId?: string
  readonly alter?: (manifest: string) => string
  readonly key?: SigningKey
}

/** A bundle with two letters, as the office writes it. */
const deliverBundle = async (tampering: Tampering = {}): Promise<string> => {
  const folder = join(dataDir, 'outbox', BUNDLE)
  await mkdir(folder, { recursive: true })
  const letters: BundleLetter[] = []
  for (const caseId of [FIRST, SECOND]) {
    const to = caseId === SECOND ? (tampering.recipient ?? recipient) : recipient
    const sealed = await sealLetter(to, Buffer.from(`letter of ${caseId}`))
    const file = `${caseId}-1.age`
    await writeFile(join(folder, file), sealed)
    const sha256 = await sha256Hex(sealed)
    const seq = letters.length + 1
    const place = { sheets: 1, postcode: '01099', country: 'DE', ...frankingOf(1, 'DE') }
    letters.push({ seq, letterId: `${caseId}-1`, caseId, round: 1, file, sha256, ...place })
  }
  const bundleId = tampering.bundleId ?? BUNDLE
  const createdAt = '2026-11-23T10:00:00.000Z'
  const csv = Buffer.from('batchId,seq\r\n')
  await writeFile(join(folder, 'manifest.csv'), csv)
  const csvSha256 = await sha256Hex(csv)
  const manifest = JSON.stringify({ bundleId, createdAt, csvSha256, letters })
  const signature = await signBundle(tampering.key ?? office, Buffer.from(manifest))
  await writeFile(join(folder, 'manifest.json'), tampering.alter?.(manifest) ?? manifest)
  await writeFile(join(folder, 'manifest.sig'), signature)
  return folder
}

const postbox = (): Promise<string[]> => readdir(join(dataDir, 'postbox')).catch(() => [])

const report = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(dataDir, 'print-status', name), 'utf8'))

describe('a bundle of the office', () => {
  it('is delivered letter by letter and reported with its dates', async () => {
    await deliverBundle()
    assert.deepEqual(await printBundle(centre, BUNDLE), { ok: true, letters: 2 })
    assert.deepEqual((await postbox()).sort(), [`${FIRST}-1.pdf`, `${SECOND}-1.pdf`])
    const letter = await readFile(join(dataDir, 'postbox', `${FIRST}-1.pdf`), 'utf8')
    assert.equal(letter, `letter of ${FIRST}`)
    assert.deepEqual(await report(`${BUNDLE}.json`), {
      bundleId: BUNDLE,
      letters: [`${FIRST}-1`, `${SECOND}-1`].map((letterId) => ({
        letterId,
        outcome: 'posted',
        printedOn: '2026-11-23',
        postedOn: '2026-11-23',
      })),
    })
  })

  it('is printed once, and not before the office has introduced itself', async () => {
    await deliverBundle()
    const printed: string[] = []
    const options = {
      dataDir,
      keyFolder,
      identity: centre.identity,
      today,
      signal: new AbortController().signal,
      onPrinted: (bundleId: string) => printed.push(bundleId),
      onError: (error: unknown) => assert.fail(String(error)),
    }
    await printWaiting(options)
    assert.deepEqual(printed, [])
    await writeFile(join(keyFolder, 'office-key.txt'), `${office.publicKey}\n`, { mode: 0o600 })
    assert.equal(await readOfficeKey(keyFolder), office.publicKey)
    await printWaiting(options)
    await printWaiting(options)
    assert.deepEqual(printed, [BUNDLE])
  })
})

describe('a bundle that is handed over a second time', () => {
  it('is not printed again, only reported again', async () => {
    await deliverBundle()
    await printBundle(centre, BUNDLE)
    await rm(join(dataDir, 'postbox'), { recursive: true })
    await rm(join(dataDir, 'print-status'), { recursive: true })
    await deliverBundle()
    const later = { ...centre, today: nextDay() }
    assert.deepEqual(await printBundle(later, BUNDLE), { ok: true, letters: 2 })
    assert.deepEqual(await postbox(), [])
    assert.match(JSON.stringify(await report(`${BUNDLE}.json`)), /"postedOn":"2026-11-23"/)
  })
})

describe('a bundle is refused with a reason and nothing of it delivered when', () => {
  const refused = async (reason: object): Promise<void> => {
    const expected = { bundleId: BUNDLE, ...reason }
    assert.deepEqual(await printBundle(centre, BUNDLE), { ok: false, refusal: expected })
    assert.deepEqual(await report(`${BUNDLE}.refused.json`), expected)
    assert.deepEqual(await postbox(), [])
  }

  it('its list was altered', async () => {
    await deliverBundle({ alter: (manifest) => manifest.replace('01099', '01097') })
    await refused({ code: 'bundle.signature' })
  })

  it('another key signed it', async () => {
    await deliverBundle({ key: await newSigningKey() })
    await refused({ code: 'bundle.signature' })
  })

  it('its list is missing', async () => {
    await rm(join(await deliverBundle(), 'manifest.json'))
    await refused({ code: 'bundle.signature' })
  })

  it('its signed list belongs to another bundle', async () => {
    await deliverBundle({ bundleId: 'b9876543210' })
    await refused({ code: 'bundle.manifest' })
  })

  it('one letter was altered', async () => {
    const path = join(await deliverBundle(), `${SECOND}-1.age`)
    const bytes = await readFile(path)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await writeFile(path, bytes)
    await refused({ code: 'letter.digest', letterId: `${SECOND}-1` })
  })

  it('one letter is missing', async () => {
    await rm(join(await deliverBundle(), `${FIRST}-1.age`))
    await refused({ code: 'letter.digest', letterId: `${FIRST}-1` })
  })

  it('one letter was sealed for somebody else', async () => {
    await deliverBundle({ recipient: (await newSealingPair()).recipient })
    await refused({ code: 'letter.sealed', letterId: `${SECOND}-1` })
  })
})

describe("the print centre's key", () => {
  it('is made once, for nobody else to read', async () => {
    assert.equal(await openIdentity(keyFolder), centre.identity)
    const { mode } = await stat(join(keyFolder, 'identity.json'))
    assert.equal(mode & 0o777, 0o600)
  })
})
