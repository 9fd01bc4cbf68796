// The insurer's desk as a test uses it: opens cases at the office and fetches their letters from the postbox.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '@einmal-pin/wire/http-client'
import type { CaseInput } from '@einmal-pin/wire/office-api'
import { type OfficeClient, officeClient } from '@einmal-pin/wire/office-client'
import { pinFromLetter } from './letter-reader.ts'
import { syntheticCase } from './synthetic.ts'

/** Where an installation is; enough to reach it from another process. */
export interface DeskAddress {
  readonly dataDir: string
  readonly publicUrl: string
  readonly officeUrl: string
}

/** A case whose letter has arrived. */
export interface Letter {
  readonly caseId: string
  readonly pin: string
  readonly person: CaseInput
}

/** The value of a good answer; the code of a bad one becomes the test's failure. */
export function expectOk<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code} ${JSON.stringify(answer.extra)}`)
  return answer.value
}

export class Desk {
  readonly dataDir: string
  readonly publicUrl: string
  readonly officeUrl: string

  constructor(address: DeskAddress) {
    this.dataDir = address.dataDir
    this.publicUrl = address.publicUrl
    this.officeUrl = address.officeUrl
  }

  get token(): string {
    return readFileSync(join(this.dataDir, 'cli-token'), 'utf8').trim()
  }

  get office(): OfficeClient {
    return officeClient(this.officeUrl, { authorization: `Bearer ${this.token}` })
  }

  postboxFile(caseId: string, round = 1): string {
    return join(this.dataDir, 'postbox', `${caseId}-${round}.pdf`)
  }

  /** Opens a case, has its letter made and takes the PIN from the printed page. */
  async letter(change: Partial<CaseInput> = {}): Promise<Letter> {
    const person = syntheticCase(change)
    const opened = expectOk(await this.office.openCase(person))
    expectOk(await this.office.makeLetter(opened.caseId))
    return this.arrived(opened.caseId, person)
  }

  /** The letter of one round once it lies in the postbox. */
  async arrived(caseId: string, person: CaseInput, round = 1): Promise<Letter> {
    return { caseId, person, pin: await pinFromLetter(this.postboxFile(caseId, round)) }
  }
}
