// Open sessions whose requests a benchmark can make without the person's client.
import type { Letter } from '../../harness/desk.ts'
import type { Installation } from '../../harness/installation.ts'
import { loginDataOf, Person } from '../../harness/person.ts'

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
