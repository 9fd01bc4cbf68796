// One person whose servers die again and again: repeats what got no answer, as the browser does, and holds the portal to every word.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { equalBytes } from '@einmal-pin/vault/constant-time'
import { newId } from '@einmal-pin/vault/random'
import { verifyReceipt } from '@einmal-pin/vault/receipt'
import { openDocument } from '@einmal-pin/vault/seal-document'
import type { Answer, Failure } from '@einmal-pin/wire/http-client'
import type { Receipt } from '@einmal-pin/wire/submission'
import { expectOk, type Letter } from '../../harness/desk.ts'
import { filledAnswers } from '../../harness/filled-answers.ts'
import {
  type CasePackage,
  type DraftBody,
  formReferenceOf,
  type OpenedCase,
  type Paper,
  partsOf,
  pdfWith,
} from '../../harness/opened-case.ts'
import { loginDataOf, Person } from '../../harness/person.ts'
import type { Chance } from '../../harness/seeded.ts'

export const PHASES = ['save', 'upload', 'submission', 'fetch'] as const
export type Phase = (typeof PHASES)[number]

/** What one person was told; the office must know the same in the end. */
export interface Sent {
  readonly caseId: string
  readonly receipt: Receipt
  readonly note: string
  /** Document id -> the bytes before sealing. */
  readonly documents: ReadonlyMap<string, Uint8Array>
}

const PATIENCE_MILLISECONDS = 60_000
const DOCUMENTS = 3
const KIBI = 1024

/** No answer, or one that says "later": worth trying again. Everything else is a decision. */
const isDisturbance = ({ code, status }: Failure): boolean =>
  code === 'network' || code === 'service.unavailable' || status === 503

export class Sender {
  readonly active = new Set<Phase>()
  readonly #chance: Chance
  readonly #letter: Letter
  readonly #person: Person
  readonly #papers: { readonly paper: Paper; readonly content: Uint8Array }[] = []
  readonly #acknowledgedParts = new Set<string>()
  #opened: OpenedCase | undefined
  #package: CasePackage | undefined
  #saved: DraftBody | undefined
  disturbances = 0
  saves = 0

  constructor(origin: string, letter: Letter, chance: Chance) {
    this.#letter = letter
    this.#chance = chance
    this.#person = new Person(origin, loginDataOf(letter))
  }

  get #case(): OpenedCase {
    assert.ok(this.#opened !== undefined)
    return this.#opened
  }

  /** The whole way of one letter; saves and uploads until `isEnough`. */
  async send(isEnough: () => boolean): Promise<Sent> {
    this.#opened = await this.#login(this.#person)
    this.#package = await this.#readPackage()
    do await this.#work()
    while (!isEnough())
    await this.#seeOnAnotherDevice()
    const receipt = await this.#submit()
    await this.#untilConfirmed(receipt)
    const documents = this.#papers.map(({ paper, content }) => [paper.meta.id, content] as const)
    return {
      caseId: this.#letter.caseId,
      receipt,
      note: this.#note(),
      documents: new Map(documents),
    }
  }

  async #login(person: Person): Promise<OpenedCase> {
    const until = performance.now() + PATIENCE_MILLISECONDS
    for (;;) {
      const answer = await person.login()
      if (answer.ok) {
        assert.ok(answer.value.opened, `login heard ${answer.value.outcome.outcome}`)
        return answer.value.opened
      }
      // A crash of the database forgets logins that are half done; a cut line costs a try.
      const lost = ['login.failed', 'login.paused'].includes(answer.code)
      assert.ok(isDisturbance(answer) || lost, `login: ${answer.code}`)
      assert.ok(performance.now() < until, `login still refused: ${answer.code}`)
      await this.#breathe()
    }
  }

  async #readPackage(): Promise<CasePackage> {
    const fetched = await this.#patiently('save', () => this.#case.api.casePackage())
    return this.#case.openPackage(expectOk(fetched))
  }

  /** Saves while a document goes up beside it, like somebody who types on. */
  async #work(): Promise<void> {
    const upload = this.#papers.length < DOCUMENTS ? this.#upload() : sleep(0)
    await Promise.all([this.#save(`${newId()} ${this.saves}`), upload])
    await sleep(this.#chance.between(20, 250))
  }

  #note(): string {
    return String(this.#saved?.answers['bemerkung'] ?? '')
  }

  async #save(note: string): Promise<void> {
    assert.ok(this.#package)
    const documents = this.#papers.map(({ paper }) => paper.meta)
    const ids = documents.map(({ id }) => id)
    const body = { answers: filledAnswers(this.#package, ids, note), documents }
    const draft = await this.#case.sealDraft(body)
    const before = this.disturbances
    const answer = await this.#patiently('save', () => this.#case.send(draft))
    if (!answer.ok) {
      // The answer to an earlier try was lost on the way: then exactly this draft lies at the portal.
      assert.ok(['draft.conflict', 'draft.revision'].includes(answer.code), answer.code)
      assert.ok(this.disturbances > before, 'a draft was refused though nothing had happened')
      await this.#pull()
    }
    assert.equal(this.#case.etag, draft.etag, 'the portal holds another draft than the last one')
    this.#saved = body
    this.saves += 1
    if (this.disturbances > before) await this.#compare(this.#case)
  }

  async #upload(): Promise<void> {
    const size = this.#chance.between(100, 2_300) * KIBI
    const content = pdfWith(newId(), size)
    const paper = await this.#case.sealPaper(content)
    expectOk(await this.#patiently('upload', () => this.#case.announce(paper)))
    for (let part = 0; part < partsOf(paper); part += 1) {
      expectOk(await this.#patiently('upload', () => this.#case.uploadPart(paper, part)))
      this.#acknowledgedParts.add(`${paper.meta.id}/${part}`)
    }
    const complete = () => this.#case.api.completeDocument(paper.meta.id)
    expectOk(await this.#patiently('upload', complete))
    this.#papers.push({ paper, content })
  }

  async #pull(): Promise<DraftBody> {
    const fetched = await this.#patiently('save', () => this.#case.api.draft())
    return this.#case.openDraft(expectOk(fetched))
  }

  /** Everything that was acknowledged before the question is in the answer; an upload may go on meanwhile. */
  async #compare(opened: OpenedCase): Promise<void> {
    const acknowledgedParts = [...this.#acknowledgedParts]
    const acknowledged = this.#papers.map(({ paper }) => paper.meta.id)
    const draft = expectOk(await this.#patiently('save', () => opened.api.draft()))
    assert.deepEqual((await opened.openDraft(draft)).answers, this.#saved?.answers)
    const { documents } = expectOk(await this.#patiently('upload', () => opened.api.documents()))
    const parts = documents.flatMap(({ id, received }) => received.map((part) => `${id}/${part}`))
    const lost = acknowledgedParts.filter((part) => !parts.includes(part))
    assert.deepEqual(lost, [], 'acknowledged parts are missing')
    const complete = documents.filter((document) => document.complete).map(({ id }) => id)
    const gone = acknowledged.filter((id) => !complete.includes(id))
    assert.deepEqual(gone, [], 'acknowledged documents are missing')
  }

  /** The same three items in another browser bring everything back, documents included. */
  async #seeOnAnotherDevice(): Promise<void> {
    const opened = await this.#login(new Person(this.#person.origin, loginDataOf(this.#letter)))
    await this.#compare(opened)
    for (const { paper, content } of this.#papers) {
      const { id, sha256 } = paper.meta
      const file = expectOk(await this.#patiently('upload', () => opened.api.documentContent(id)))
      assert.ok(equalBytes(await openDocument(file, sha256, opened.keys), content))
    }
  }

  async #submit(): Promise<Receipt> {
    assert.ok(this.#package && this.#saved)
    const idempotencyKey = newId()
    await this.#save(`${newId()} letzter Stand`)
    const sealed = await this.#case.sealSubmission(formReferenceOf(this.#package), this.#saved)
    const submit = () => this.#case.api.submit(sealed.submission, idempotencyKey)
    const receipt = expectOk(await this.#patiently('submission', submit))
    assert.equal(receipt.manifestSha256, sealed.manifestSha256)
    const { receiptKeys } = expectOk(await this.#patiently('submission', this.#person.portal.keys))
    assert.ok(await verifyReceipt(receipt, receiptKeys), 'the receipt is not signed')
    assert.deepEqual(expectOk(await this.#patiently('submission', submit)), receipt)
    return receipt
  }

  async #untilConfirmed(receipt: Receipt): Promise<void> {
    const until = performance.now() + PATIENCE_MILLISECONDS
    for (;;) {
      const status = expectOk(await this.#patiently('fetch', () => this.#case.api.receipt()))
      assert.deepEqual(status.receipt, receipt)
      if (await this.#case.isConfirmed(status)) return
      assert.equal(status.delivery, 'waiting', 'a confirmation that the office did not make')
      assert.ok(performance.now() < until, 'the office never confirmed')
      this.active.add('fetch')
      await sleep(100)
      this.active.delete('fetch')
    }
  }

  /** Repeats until there is an answer that decides something. */
  async #patiently<T>(phase: Phase, attempt: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const until = performance.now() + PATIENCE_MILLISECONDS
    for (;;) {
      this.active.add(phase)
      const answer = await attempt()
      this.active.delete(phase)
      if (answer.ok || !isDisturbance(answer)) return answer
      this.disturbances += 1
      assert.ok(performance.now() < until, `${phase}: no answer for a minute`)
      await this.#breathe()
    }
  }

  #breathe(): Promise<void> {
    return sleep(this.#chance.between(20, 120))
  }
}
