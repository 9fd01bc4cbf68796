// The hand-over to the print centre, with the real print centre as the process that it is.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { newSealingPair } from '@einmal-pin/vault/age'
import { verifyBundle } from '@einmal-pin/vault/bundle-signature'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { newSigningKey, type SigningKey } from '@einmal-pin/vault/ed25519'
import { sealLetter } from '@einmal-pin/vault/letter-seal'
import type { PrintStatus } from '@einmal-pin/wire/print-hand-over'
import {
  importPrintReports,
  newBundleId,
  type OutgoingLetter,
  parsePrintReport,
  type ReportHandlers,
  writeBundle,
} from './print-bundle.ts'
import { introduceOffice, readPrintCentreRecipient } from './print-centre-key.ts'

const MAIN = fileURLToPath(new URL('../../../print-centre/src/main.ts', import.meta.url))

let dataDir: string
let key: SigningKey

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hand-over-'))
  key = await newSigningKey()
})

afterEach(() => rm(dataDir, { recursive: true }))

const CHECKED = { pages: 3, sampled: false, verdict: 'B'.repeat(86) }

const letter = async (
  caseId: string,
  postcode: string,
  recipient: string,
): Promise<OutgoingLetter> => {
  const sealed = await sealLetter(recipient, Buffer.from(`letter of ${caseId}`))
  const sha256 = await sha256Hex(sealed)
  const letterId = `${caseId}-1`
  return { letterId, caseId, round: 1, sealed, sha256, ...CHECKED, postcode, country: 'DE' }
}

const bundleOf = (letters: readonly OutgoingLetter[]) => ({
  bundleId: newBundleId(),
  createdAt: new Date('2026-11-23T10:00:00Z'),
  firstSeq: 1,
  checkKey: 'A'.repeat(43),
  letters,
})

const ignoring = (handlers: Partial<ReportHandlers>): ReportHandlers => ({
  onPosted: () => Promise.reject(new Error('posted')),
  onRefused: () => Promise.reject(new Error('refused')),
  onUnreadable: () => Promise.reject(new Error('unreadable')),
  ...handlers,
})

describe('a bundle', () => {
  it('lists its letters by postcode under one signature, without a name', async () => {
    const { recipient } = await newSealingPair()
    const letters = [
      await letter('c0000000000a', '99084', recipient),
      await letter('c0000000000b', '01099', recipient),
    ]
    const bundle = bundleOf(letters)
    const manifest = await writeBundle(dataDir, bundle, key)
    const folder = join(dataDir, 'outbox', bundle.bundleId)
    const bytes = await readFile(join(folder, 'manifest.json'))
    const signature = await readFile(join(folder, 'manifest.sig'), 'utf8')
    assert.ok(await verifyBundle(key.publicKey, bytes, signature))
    assert.deepEqual(JSON.parse(bytes.toString()), manifest)
    assert.deepEqual(
      manifest.letters.map(({ postcode, sheets }) => [postcode, sheets]),
      [
        ['01099', 2],
        ['99084', 2],
      ],
    )
    const files = await readdir(folder)
    assert.deepEqual(files.sort(), [
      'c0000000000a-1.age',
      'c0000000000b-1.age',
      'check.json',
      'manifest.csv',
      'manifest.json',
      'manifest.sig',
    ])
  })

  it('that was broken off is written whole the second time and left alone the third', async () => {
    const { recipient } = await newSealingPair()
    const bundle = bundleOf([await letter('c0000000000a', '01099', recipient)])
    await mkdir(join(dataDir, 'outbox', `.tmp-${bundle.bundleId}`), { recursive: true })
    await writeFile(join(dataDir, 'outbox', `.tmp-${bundle.bundleId}`, 'rest.age'), 'half')
    const first = await writeBundle(dataDir, bundle, key)
    assert.deepEqual(await writeBundle(dataDir, bundle, key), first)
    assert.deepEqual(await readdir(join(dataDir, 'outbox')), [bundle.bundleId])
  })
})

describe('the print centre and the office', () => {
  it('know each other by keys told once', async () => {
    await assert.rejects(readPrintCentreRecipient(dataDir), { code: 'printCentre.keyMissing' })
    await introduceOffice(dataDir, key.publicKey)
    await introduceOffice(dataDir, key.publicKey)
    await assert.rejects(introduceOffice(dataDir, (await newSigningKey()).publicKey), TypeError)
  })

  it('bring a letter into the postbox and its dates back, and clean up', async () => {
    const centre = startPrintCentre()
    try {
      await until(() => existsSync(join(dataDir, 'secrets', 'print-centre', 'recipient.txt')))
      const recipient = await readPrintCentreRecipient(dataDir)
      const bundle = bundleOf([await letter('c0000000000a', '01099', recipient)])
      await writeBundle(dataDir, bundle, key)
      await until(() => existsSync(join(dataDir, 'print-status', `${bundle.bundleId}.json`)))
      const text = await readFile(join(dataDir, 'postbox', 'c0000000000a-1.pdf'), 'utf8')
      assert.equal(text, 'letter of c0000000000a')

      const posted: string[] = []
      const onPosted = async (status: PrintStatus) => {
        for (const { letterId } of status.letters) posted.push(letterId)
        return true
      }
      await importPrintReports(dataDir, ignoring({ onPosted }))
      assert.deepEqual(posted, ['c0000000000a-1'])
      assert.deepEqual(await readdir(join(dataDir, 'outbox')), [])
      assert.deepEqual(await readdir(join(dataDir, 'print-status')), [])
    } finally {
      centre.kill('SIGTERM')
    }
    const [code] = await once(centre, 'exit')
    assert.equal(code, 0)
  })
})

describe('reports', () => {
  it('that no print centre wrote are named and kept', async () => {
    await mkdir(join(dataDir, 'print-status'))
    await writeFile(join(dataDir, 'print-status', 'b0123456789.json'), '{"bundleId":"..')
    await writeFile(
      join(dataDir, 'print-status', 'b0123456780.json'),
      JSON.stringify({ bundleId: 'b0000000000', letters: [] }),
    )
    const unreadable: string[] = []
    const onUnreadable = async (file: string) => {
      unreadable.push(file)
    }
    await importPrintReports(dataDir, ignoring({ onUnreadable }))
    assert.deepEqual(unreadable, ['b0123456780.json', 'b0123456789.json'])
    assert.equal((await readdir(join(dataDir, 'print-status'))).length, 2)
  })

  it('of refusals reach the office and leave the bundle where it is', async () => {
    const { recipient } = await newSealingPair()
    const bundle = bundleOf([await letter('c0000000000a', '01099', recipient)])
    await writeBundle(dataDir, bundle, key)
    await mkdir(join(dataDir, 'print-status'))
    const refusal = { bundleId: bundle.bundleId, code: 'letter.digest', letterId: 'c0000000000a-1' }
    const file = join(dataDir, 'print-status', `${bundle.bundleId}.refused.json`)
    await writeFile(file, JSON.stringify(refusal))
    const refused: unknown[] = []
    const onRefused = async (told: unknown) => {
      refused.push(told)
    }
    await importPrintReports(dataDir, ignoring({ onRefused }))
    assert.deepEqual(refused, [refusal])
    assert.deepEqual(await readdir(join(dataDir, 'outbox')), [bundle.bundleId])
  })

  it('with paths, other days or further fields are none', () => {
    const days = { outcome: 'posted', printedOn: '2026-11-23', postedOn: '2026-11-23' }
    for (const value of [
      { bundleId: '../../etc', letters: [] },
      { bundleId: 'b0123456789', letters: [{ letterId: '../x', ...days }] },
      { bundleId: 'b0123456789', letters: [{ letterId: 'c-1', printedOn: 'x', postedOn: 'y' }] },
      { bundleId: 'b0123456789', letters: [], pin: '1' },
      [],
    ]) {
      assert.deepEqual(parsePrintReport(JSON.stringify(value)), {
        ok: false,
        error: 'printStatus.format',
      })
    }
  })
})

function startPrintCentre(): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], EP_DATA_DIR: dataDir },
  })
}

async function until(condition: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 10_000
  while (!condition()) {
    assert.ok(performance.now() < giveUpAt, 'the print centre does nothing')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
