// The promise of the letter check: a run in which one thing was swapped is stopped, and nothing of it leaves.
import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { renderSVG } from 'uqr'
import { pushCommands } from '../courier/push-commands.ts'
import { handOverLetters } from '../print/hand-over.ts'
import { makeOrderedLetters } from '../print/make-letters.ts'
import { readPrintRun } from '../print/print-runs.ts'
import { settleRuns } from '../print/settle-runs.ts'
import { startRun } from '../print/start-run.ts'
import { brokenLetters } from '../testing/broken-letters.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase } from '../testing/published-case.ts'
import { standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import type { Finding } from './verify-letter.ts'

const never = new AbortController().signal
const OTHER_QR = renderSVG('https://pin.example.org', { ecc: 'M', border: 4 })

/** What a broken renderer might do, as a change of the template, and what the check says of it. More in misprints.test.ts. */
const SWAPS: readonly (readonly [string, string, string, Finding])[] = [
  ['the page of another letter', 'str(page) + ".svg"', 'str(1) + ".svg"', 'page.mark'],
  [
    'another name',
    'for line in data.address',
    'for line in ("Frau Eva Anders", "Beispielweg 1", "01067 Dresden")',
    'window.address',
  ],
  ['another PIN', 'box(data.pin)', 'box("4711 0815 4711 0815")', 'pin.foreign'],
  ['another code', 'image("/qr.svg"', 'image("/other.svg"', 'qr.content'],
]

let at: TestOffice
before(async () => {
  at = await openTestOffice()
  await introducePrintCentre(at.dataDir)
})
after(() => at[Symbol.asyncDispose]())

for (const [what, from, to, finding] of SWAPS) {
  test(`a run with ${what} is stopped`, async () => {
    await using letters = await brokenLetters('templates/letter.typ', from, to)
    const { folder } = letters
    await writeFile(join(folder, 'other.svg'), OTHER_QR)
    const found: unknown[] = []
    const log = { ...at.office.log, error: (entry: unknown) => found.push(entry) }
    const office = { ...at.office, log, config: { ...at.office.config, lettersDir: folder } }
    await openedCase(office)
    const runId = await office.database.transaction((transaction) =>
      startRun(transaction, office.clock, 'test'),
    )
    await makeOrderedLetters(office, never)
    await pushCommands(office, standInPortal(office.secrets.receiptKey), never)
    await settleRuns(office)
    await handOverLetters(office, never)
    const run = await readPrintRun(office.database.kysely, runId)
    assert.deepEqual([run.state, run.code, run.handedOver], ['stopped', 'letter.mismatch', 0])
    assert.deepEqual(await readdir(join(at.dataDir, 'outbox')).catch(() => []), [])
    assert.ok(
      found.some((entry) => (entry as { findings?: Finding[] }).findings?.includes(finding)),
      JSON.stringify(found),
    )
    // Codes only: nothing of the person, and no PIN.
    assert.doesNotMatch(JSON.stringify(found), /Muster|4711/)
  })
}
