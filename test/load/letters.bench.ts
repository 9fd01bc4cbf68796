// Print runs: letters per second of a whole run against the bare key stretching, and of setting and checking alone with one and two pairs.
import type { CaseId } from '@einmal-pin/domain/ids'
import { newSealingPair } from '@einmal-pin/vault/age'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { STRETCH } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { parseCaseInput } from '../../apps/office/src/cases/case-input.ts'
import { openCases } from '../../apps/office/src/cases/open-cases.ts'
import { todayIn } from '../../apps/office/src/cases/today.ts'
import type { LetterInput } from '../../apps/office/src/letters/letter-input.ts'
import type { PlainLetterJob } from '../../apps/office/src/letters/letter-job.ts'
import { residentBytes } from '../../apps/office/src/letters/letter-pair.ts'
import { sampleLetter } from '../../apps/office/src/letters/letter-samples.ts'
import { makeLetters } from '../../apps/office/src/letters/letter-workshop.ts'
import { renderLetter } from '../../apps/office/src/letters/render-letter.ts'
import { makeOrderedLetters } from '../../apps/office/src/print/make-letters.ts'
import { readPrintRun } from '../../apps/office/src/print/print-runs.ts'
import { startRun } from '../../apps/office/src/print/start-run.ts'
import { introducePrintCentre } from '../../apps/office/src/testing/print-centre.ts'
import { openTestOffice, type TestOffice } from '../../apps/office/src/testing/test-office.ts'
import { syntheticCase } from '../harness/synthetic.ts'
import { chromiumLetters } from './support/print-to-pdf.ts'
import { report, round } from './support/report.ts'

const never = new AbortController().signal

/** Bare Argon2id with both cores busy, hashes per second. */
async function bareStretching(seconds: number): Promise<number> {
  const password = new TextEncoder().encode('ep1|Q000000000|0000000000000')
  const salt = new Uint8Array(32).fill(7)
  const until = performance.now() + seconds * 1000
  let done = 0
  const lane = async () => {
    while (performance.now() < until) {
      await argon2idNative(password, salt, STRETCH)
      done += 1
    }
  }
  const begun = performance.now()
  await Promise.all([lane(), lane()])
  return (done / (performance.now() - begun)) * 1000
}

async function openMany(at: TestOffice, count: number): Promise<void> {
  const { office } = at
  const today = await todayIn(office.database.kysely, office.clock)
  const rules = { forms: await office.forms.current(), cardDigits: office.tenant.cardDigits, today }
  const context = { clock: office.clock, kek: office.secrets.kek, actor: 'bench' }
  const cases = Array.from({ length: count }, () => {
    const parsed = parseCaseInput(syntheticCase(), rules)
    if (!parsed.ok) throw new Error('a synthetic case was refused')
    return parsed.value
  })
  await office.database.transaction((transaction) => openCases(transaction, cases, context))
}

/** A whole run, letters per second. */
async function wholeRun(count: number): Promise<number> {
  await using at = await openTestOffice()
  await introducePrintCentre(at.dataDir)
  await openMany(at, count)
  const { office } = at
  const runId = await office.database.transaction((transaction) =>
    startRun(transaction, office.clock, 'bench', { release: false }),
  )
  const begun = performance.now()
  const made = await makeOrderedLetters(office, never)
  const rate = (made / (performance.now() - begun)) * 1000
  if ((await readPrintRun(office.database.kysely, runId)).made !== count)
    throw new Error('letters are missing')
  return rate
}

/** Rendering, checking and sealing alone, with so many pairs of processes: letters without a PIN. */
async function lettersPerSecond(
  children: 1 | 2,
  count: number,
): Promise<{ rate: number; memory: number }> {
  const { recipient } = await newSealingPair()
  const checkKey = (await newSigningKey()).privateKey
  const secrets = { opaqueSetup: '', pepper: '', printCentreRecipient: recipient, checkKey }
  const pids: number[] = []
  const jobs = Array.from({ length: count }, (_, index): PlainLetterJob => {
    const caseId = `c${String(index).padStart(11, '0')}` as CaseId
    const letterId = `${caseId}-1-r`
    const letter = {
      ...sampleLetter({ letterId, caseRef: `BENCH-${index}` }),
      kind: 'reminder' as const,
    }
    return { caseId, round: 1, letter }
  })
  let memory = 0
  let made = 0
  let begun = 0
  for await (const result of makeLetters(jobs, {
    secrets,
    children,
    onChild: (pid) => pids.push(pid),
  })) {
    if (!result.ok) throw new Error(result.code)
    made += 1
    // The first letter of each pair waits for its processes, which a long run pays once in 250 letters.
    if (made === children) begun = performance.now()
    if (made % 50 === 0)
      memory = Math.max(memory, ...pids.map((pid) => residentBytes(pid) / 2 ** 20))
  }
  return { rate: ((made - children) / (performance.now() - begun)) * 1000, memory }
}

/** Setting alone, in this process: no check, no sealing, no PIN to register. */
function setLetters(letters: readonly LetterInput[]): number {
  const [first] = letters
  if (first !== undefined) renderLetter(first, { copy: 'specimen' })
  const begun = performance.now()
  for (const letter of letters) renderLetter(letter, { copy: 'specimen' })
  return (letters.length / (performance.now() - begun)) * 1000
}

const MANY = Number(process.env['EP_BENCH_LETTERS'] ?? 1000)
const SIZES = [MANY / 10, MANY] as const
const before = await bareStretching(5)
const few = await wholeRun(SIZES[0])
const many = await wholeRun(SIZES[1])
const after = await bareStretching(5)
const bare = (before + after) / 2
const one = await lettersPerSecond(1, 240)
const two = await lettersPerSecond(2, 480)
const letters = Array.from({ length: 100 }, (_, index) =>
  sampleLetter({ letterId: `c4k7m2q9x0ab-${index}` }),
)
const set = setLetters(letters)
const printed = await chromiumLetters(letters)
const perSecondText = (rate: number) => `${round(rate, 1)} a second`
report({
  name: 'letters',
  title: 'Letters',
  how: `A whole run: PIN, Argon2id, OPAQUE registration, case package, letter, letter check, sealing, database, of ${SIZES[1]} cases, two pairs of processes; starting them is counted. Bare Argon2id with both cores busy, before and after. Setting, checking and sealing alone: reminders, 240 with one pair of processes and 480 with two, without their start. Setting alone against Chromium's print-to-PDF: 100 letters one after the other in one process each, with the same words, pictures and font.`,
  figures: [
    {
      what: `letters of a whole run of ${SIZES[1]}`,
      value: perSecondText(many),
      against: `bare Argon2id ${perSecondText(bare)}`,
      ratio: String(round(many / bare)),
      goal: 'at least 0.6',
      met: many / bare >= 0.6,
    },
    {
      what: `the same run with ${SIZES[0]}`,
      value: perSecondText(few),
      against: `a run of ${SIZES[1]}`,
      ratio: String(round(many / few)),
      goal: 'at least 0.9: linear',
      met: many / few >= 0.9,
    },
    {
      what: 'set, checked and sealed by two pairs',
      value: perSecondText(two.rate),
      against: `one pair ${perSecondText(one.rate)}`,
      ratio: String(round(two.rate / one.rate)),
      goal: 'at least 1.7',
      met: two.rate / one.rate >= 1.7,
    },
    {
      what: 'letters set by one process',
      value: perSecondText(set),
      against: `Chromium's print-to-PDF ${perSecondText(printed)}`,
      ratio: String(round(set / printed)),
      goal: 'at least 4',
      met: set / printed >= 4,
    },
    {
      what: 'memory of the biggest process',
      value: `${round(Math.max(one.memory, two.memory), 0)} MB`,
      against: 'the limit at which a letter is refused',
      ratio: String(round(Math.max(one.memory, two.memory) / 400)),
      goal: 'under 400 MB',
      met: Math.max(one.memory, two.memory) < 400,
    },
  ],
})
