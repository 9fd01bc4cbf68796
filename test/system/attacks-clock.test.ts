// Promise 4 and the new PIN, with the clock moved by a restart: day 31 works until midnight in Berlin, and each order does what it says.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { sealPinRequest } from '@einmal-pin/vault/pin-request'
import { newId } from '@einmal-pin/vault/random'
import type { Answer } from '@einmal-pin/wire/http-client'
import { expectOk, type Letter } from '../harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../harness/installation.ts'
import { type OpenedCase, pdfWith } from '../harness/opened-case.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { rows } from '../harness/rows.ts'
import { fillIn } from './support/fill-in.ts'

let installation: Installation

before(async () => {
  installation = await startInstallation()
})

after(() => installation.remove())

const person = (letter: Letter) => new Person(installation.publicUrl, loginDataOf(letter))
const hears = (letter: Letter): Promise<string> => person(letter).hears()
const refusal = (answer: Answer<unknown>) => (answer.ok ? 'accepted' : answer.code)
const DRAFT = { answers: { bemerkung: 'angefangen' }, documents: [] }

async function begun(): Promise<{ letter: Letter; opened: OpenedCase }> {
  const letter = await installation.letter()
  const opened = await person(letter).open()
  const paper = await opened.sealPaper(pdfWith('angefangen'))
  expectOk(await opened.upload(paper))
  expectOk(await opened.save(DRAFT))
  return { letter, opened }
}

const nextLetter = ({ caseId, person: data }: Letter, round = 2): Promise<Letter> =>
  installation.arrived(caseId, data, round)

test('lost, told by telephone: the old PIN dies at once, the draft goes on under the new one', async () => {
  const { letter, opened } = await begun()
  expectOk(await installation.office.reissue(letter.caseId, { reason: 'lost' }))
  const fresh = await nextLetter(letter)
  assert.equal(refusal(await opened.api.draft()), 'case.superseded')
  assert.equal(refusal(await opened.save(DRAFT)), 'case.superseded')
  assert.equal(await hears(letter), 'superseded')
  const again = await person(fresh).open()
  assert.deepEqual(await again.pull(), DRAFT)
  assert.equal(expectOk(await again.api.documents()).documents.length, 1)
  expectOk(await again.save({ ...DRAFT, answers: { bemerkung: 'weiter' } }))
})

test('stolen: the old PIN dies at once, and nothing of the draft can be read with any PIN', async () => {
  const { letter, opened } = await begun()
  expectOk(await installation.office.reissue(letter.caseId, { reason: 'stolen' }))
  const fresh = await nextLetter(letter)
  assert.equal(refusal(await opened.api.draft()), 'case.superseded')
  assert.equal(await hears(letter), 'superseded')
  const again = await person(fresh).open()
  assert.equal(await again.pull(), undefined)
  assert.deepEqual(expectOk(await again.api.documents()).documents, [])
  assert.notDeepEqual(again.keys.recipient, opened.keys.recipient, 'a fresh secret')
})

async function orderOnline(letter: Letter): Promise<void> {
  const { kvnr, secondFactor } = loginDataOf(letter)
  const { portal } = person(letter)
  const { requestRecipient } = expectOk(await portal.keys())
  const parsed = parseKvnr(kvnr)
  const factor = parseSecondFactor(secondFactor, 6)
  assert.ok(parsed.ok && factor.ok)
  const order = { kvnr: parsed.value, secondFactor: factor.value }
  const sealed = await sealPinRequest(requestRecipient, order)
  expectOk(await portal.requestPin({ sealed: toBase64url(sealed) }))
}

const outcomesOf = async (caseId: string): Promise<readonly unknown[]> => {
  const found = await rows(
    installation,
    'office',
    'select outcome from pin_requests where case_id = $1 order by received_at, request_id',
    [caseId],
  )
  return found.map(({ outcome }) => outcome)
}

test('ordered online: the old PIN stands until the first login with the new one', async () => {
  const { letter, opened } = await begun()
  await installation.moveClock('P7D')
  expectOk(await opened.api.draft())
  await orderOnline(letter)
  const fresh = await nextLetter(letter)
  await eventually('the portal knows the new PIN', async () => {
    const found = await rows(
      installation,
      'portal',
      "select round from pins where case_id = $1 and state = 'live'",
      [letter.caseId],
    )
    return found.length === 2
  })
  expectOk(await opened.save({ ...DRAFT, answers: { bemerkung: 'mit der alten PIN' } }))
  assert.equal(await hears(letter), 'open', 'an order is no kill switch')

  await orderOnline(letter)
  await eventually(
    'the second order is judged',
    async () => (await outcomesOf(letter.caseId)).length === 2,
  )
  assert.equal((await outcomesOf(letter.caseId))[0], 'ordered')
  assert.notEqual(
    (await outcomesOf(letter.caseId))[1],
    'ordered',
    'one letter is on its way already',
  )

  const again = await person(fresh).open()
  assert.equal((await again.pull())?.answers['bemerkung'], 'mit der alten PIN')
  assert.equal(refusal(await opened.api.draft()), 'case.superseded')
  assert.equal(await hears(letter), 'superseded')
})

/** An ISO 8601 duration that brings the installation's clock to `seconds` after `instant`. */
const offsetTo = (instant: string, seconds: number): string =>
  `PT${Math.round((Date.parse(instant) - Date.now()) / 1000) + seconds}S`

test('day 31 works until midnight in Berlin, and not a moment longer, in an open session too', async () => {
  const { letter, opened } = await begun()
  const paper = await opened.sealPaper(pdfWith('zu spät'))
  const filled = await fillIn(opened)
  const { expiresAt, lastDay } = expectOk(await opened.api.session())
  const berlin = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const lastSecond = berlin.format(new Date(Date.parse(expiresAt) - 1_000))
  assert.equal(lastSecond, `${lastDay} 23:59:59`)

  await installation.moveClock(offsetTo(expiresAt, -90))
  expectOk(await opened.save(filled.body))
  assert.equal(await hears(letter), 'open')

  await installation.moveClock(offsetTo(expiresAt, 1))
  const draft = await opened.sealDraft(filled.body)
  const tried = [
    await opened.api.draft(),
    await opened.api.saveDraft(draft),
    await opened.api.casePackage(),
    await opened.announce(paper),
    await opened.api.submit(filled.sealed.submission, newId()),
  ]
  for (const answer of tried) assert.equal(refusal(answer), 'case.expired')
  const heard = expectOk(await person(letter).login())
  assert.deepEqual(heard.outcome, { outcome: 'expired', lastDay })
  await eventually('the office knows that it has expired', async () => {
    const { state } = expectOk(await installation.office.case(letter.caseId))
    return state === 'expired'
  })
  const kept = await rows(
    installation,
    'portal',
    'select wrapped_secret, package from pins where case_id = $1',
    [letter.caseId],
  )
  assert.deepEqual(kept, [{ wrapped_secret: null, package: null }])
})

test('midnight passes while somebody works: the save after it is refused', async () => {
  const { opened } = await begun()
  const { expiresAt } = expectOk(await opened.api.session())
  await installation.moveClock(offsetTo(expiresAt, -12))
  const clock = async () => Date.parse(expectOk(await opened.api.session()).now)
  let saved = 0
  for (;;) {
    const answer = await opened.save(DRAFT)
    if (answer.ok) saved += 1
    else {
      assert.equal(answer.code, 'case.expired')
      break
    }
    assert.ok((await clock().catch(() => 0)) < Date.parse(expiresAt) + 1_000, 'saved too late')
    await sleep(100)
  }
  assert.ok(saved > 0, 'the last seconds still counted')
})
