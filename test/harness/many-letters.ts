// As many cases with arrived letters as a test needs; their letters are made side by side.
import { type Desk, expectOk, type Letter } from './desk.ts'
import { syntheticCase } from './synthetic.ts'

export async function manyLetters(desk: Desk, count: number): Promise<Letter[]> {
  const opened = []
  for (let index = 0; index < count; index += 1) {
    const person = syntheticCase()
    const { caseId } = expectOk(await desk.office.openCase(person))
    expectOk(await desk.office.makeLetter(caseId))
    opened.push({ caseId, person })
  }
  return Promise.all(opened.map(({ caseId, person }) => desk.arrived(caseId, person)))
}
