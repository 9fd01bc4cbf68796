// Promise 3: an acknowledged save is never lost, whatever is killed whenever, and a submission happens exactly once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { equalBytes } from '@einmal-pin/vault/constant-time'
import type { Answer } from '@einmal-pin/wire/http-client'
import { expectOk, type Letter } from '../harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../harness/installation.ts'
import { manyLetters } from '../harness/many-letters.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { rows } from '../harness/rows.ts'
import { chanceFrom, seedFrom } from '../harness/seeded.ts'
import { syntheticCase } from '../harness/synthetic.ts'
import { type Phase, Sender, type Sent } from './support/sender.ts'
import { type Kill, storm } from './support/storm.ts'

const KILLS = Number(process.env['EP_KILLS'] ?? 18)
const SEED = seedFrom('EP_KILL_SEED')
const PERSONS_AT_ONCE = 5
/** A person works at least this long before sending; drawn anew for each. */
const WORK_MILLISECONDS = [6_000, 14_000] as const
const LEAST_WORK_MILLISECONDS = 2_000
const PATIENCE_MILLISECONDS = 60_000
const LETTERS = Math.ceil(8 + KILLS * 0.5)

let installation: Installation

before(async () => {
  installation = await startInstallation()
})

after(() => installation.remove())

/** A clerk who orders letters all the time; a repeated order that was done already is refused, which is fine. */
async function clerk(isOver: () => boolean): Promise<readonly Letter[]> {
  const ordered: { caseId: string; person: Letter['person'] }[] = []
  while (!isOver()) {
    const person = syntheticCase()
    await insist(() => installation.office.openCase(person))
    const found = await insist(() => installation.office.cases({ q: person.caseRef }))
    const caseId = expectOk(found).cases[0]?.caseId
    assert.ok(caseId, 'an opened case is not found')
    await insist(() => installation.office.makeLetter(caseId))
    ordered.push({ caseId, person })
    await sleep(2_500)
  }
  return Promise.all(ordered.map(({ caseId, person }) => installation.arrived(caseId, person)))
}

async function insist<T>(attempt: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const until = performance.now() + PATIENCE_MILLISECONDS
  for (;;) {
    const answer = await attempt()
    if (answer.ok || (answer.code !== 'network' && answer.status < 500)) return answer
    assert.ok(performance.now() < until, `the office gave no answer for a minute: ${answer.code}`)
    await sleep(100)
  }
}

async function checkAtOffice({ caseId, receipt, note, documents }: Sent): Promise<void> {
  const item = expectOk(await installation.office.inboxItem(caseId))
  assert.equal(item.receiptNumber, receipt.receiptNumber)
  const answers = item.sections.flatMap((section) => section.answers)
  assert.ok(
    answers.some(({ value }) => value === note),
    'the office has another draft than the last',
  )
  assert.deepEqual(item.deviations, [])
  assert.equal(item.documentList.length, documents.size)
  for (const { documentId } of item.documentList) {
    const bytes = expectOk(await installation.office.document(caseId, documentId))
    assert.ok(equalBytes(bytes, documents.get(documentId) ?? new Uint8Array()), 'other bytes')
  }
}

function summary(kills: readonly Kill[]): string {
  const counts = new Map<string, number>()
  for (const { victim, during } of kills) {
    for (const name of [victim, ...during.map((phase) => `during ${phase}`)]) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
}

test(`nothing acknowledged is lost in ${KILLS} kills (EP_KILL_SEED=${SEED})`, async (t) => {
  const chance = chanceFrom(SEED)
  const letters = await manyLetters(installation, LETTERS)
  const senders: Sender[] = []
  const sent: Sent[] = []
  let isOver = false
  let wanted: Phase = 'save'
  const worker = async () => {
    while (!isOver) {
      const letter = letters.pop()
      if (letter === undefined) return
      const begun = performance.now()
      const until = begun + chance.between(...WORK_MILLISECONDS)
      const sender = new Sender(installation.publicUrl, letter, chance)
      senders.push(sender)
      const isEnough = () => {
        const now = performance.now()
        const isWanted = wanted === 'submission' && now > begun + LEAST_WORK_MILLISECONDS
        if (isWanted) wanted = 'save'
        return isOver || isWanted || now > until
      }
      sent.push(await sender.send(isEnough))
    }
  }
  const kills: Kill[] = []
  const killer = async () => {
    const active = () => new Set(senders.flatMap((sender) => [...sender.active]))
    const want = (phase: Phase) => {
      wanted = phase
    }
    const options = { installation, chance, kills: KILLS, active, want, isHopeless: () => isOver }
    kills.push(...(await storm(options)))
    isOver = true
  }
  const moreLetters: Letter[] = []
  const clerking = async () => {
    moreLetters.push(...(await clerk(() => isOver)))
  }
  const workers = Array.from({ length: PERSONS_AT_ONCE }, () => worker)
  const all = [killer, clerking, ...workers].map((work) =>
    work().catch((error: unknown) => {
      isOver = true
      throw error
    }),
  )
  // Everybody comes to an end before the first failure is told: nothing goes on behind it.
  await Promise.allSettled(all)
  await Promise.all(all)
  const saves = senders.reduce((sum, sender) => sum + sender.saves, 0)
  const disturbances = senders.reduce((sum, sender) => sum + sender.disturbances, 0)
  t.diagnostic(`seed ${SEED}, ${kills.length} kills: ${summary(kills)}`)
  t.diagnostic(
    `${sent.length} submissions, ${saves} saves, ${disturbances} requests without an answer`,
  )

  assert.equal(sent.length, senders.length)
  assert.ok(sent.length >= PERSONS_AT_ONCE)
  const numbers = sent.map(({ receipt }) => receipt.receiptNumber)
  assert.equal(new Set(numbers).size, sent.length, 'one receipt number each')
  for (const zone of ['portal', 'office'] as const) {
    const stored = await rows(installation, zone, 'select case_id, receipt_number from submissions')
    const known = stored.map(({ receipt_number: number }) => String(number)).sort()
    assert.deepEqual(known, [...numbers].sort(), `exactly one submission per person at the ${zone}`)
  }
  for (const one of sent) await checkAtOffice(one)
  const { tasks } = expectOk(await installation.office.tasks())
  assert.deepEqual(tasks, [], 'nothing went wrong that a clerk would have to look after')
  await eventually('the portal keeps no ciphertext of what was acknowledged', async () => {
    const kept = await rows(
      installation,
      'portal',
      `select case_id from submissions where manifest is not null or answers is not null
       union select case_id from parts where case_id in (select case_id from submissions)`,
    )
    return kept.length === 0
  })
  assert.ok(moreLetters.length > 0)
  for (const letter of moreLetters) {
    const person = new Person(installation.publicUrl, loginDataOf(letter))
    assert.equal(await person.hears(), 'open', 'a letter that arrived opens its case')
  }
})
