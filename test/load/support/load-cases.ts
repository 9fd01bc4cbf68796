// Cases with arrived letters and open sessions, as many as a benchmark needs.
import { expectOk, type Letter } from '../../harness/desk.ts'
import type { Installation } from '../../harness/installation.ts'
import { loginDataOf, Person } from '../../harness/person.ts'
import { syntheticCase } from '../../harness/synthetic.ts'

export async function manyLetters(installation: Installation, count: number): Promise<Letter[]> {
  const opened = []
  for (let index = 0; index < count; index += 1) {
    const person = syntheticCase()
    const { caseId } = expectOk(await installation.office.openCase(person))
    expectOk(await installation.office.makeLetter(caseId))
    opened.push({ caseId, person })
  }
  return Promise.all(opened.map(({ caseId, person }) => installation.arrived(caseId, person)))
}

export interface Seat {
  readonly caseId: string
  /** What a browser would send with every request of the case. */
  readonly headers: Readonly<Record<string, string>>
}

/** Logs in once; afterwards requests can be made without the person's client. */
export async function openSeat(installation: Installation, letter: Letter): Promise<Seat> {
  const person = new Person(installation.publicUrl, loginDataOf(letter))
  await person.open()
  const cookie = [...person.line.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return { caseId: letter.caseId, headers: { cookie, origin: installation.publicUrl } }
}
