// einmal-pin letters print: print everything that waits, and watch it until the last letter has left.
import type { PrintRun } from '@einmal-pin/wire/office-api'
import type { Connection } from '../connection.ts'
import { expectValue, type Outcome } from '../outcome.ts'
import { outcomeOf, watchRun } from './runs.ts'

export async function printLetters(
  connection: Connection,
  progress: (line: string) => void,
): Promise<Outcome> {
  const run = expectValue(await connection.client.printLetters())
  const isMoving = ({ state }: PrintRun) =>
    state === 'making' || state === 'checked' || state === 'released'
  return outcomeOf(await watchRun(connection, run, progress, isMoving))
}
