// What a log may know of an error: its kind and place, never its message, which may quote somebody's data.
import { errorCodeOf } from './database-errors.ts'

export type ErrorDescription = {
  readonly name: string
  readonly code?: string
  /** Function names and positions, without the message above them. */
  readonly frames: readonly string[]
}

const MAX_FRAMES = 8

export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const code = errorCodeOf(error)
  const frames = (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, MAX_FRAMES)
  return { name: error.name, ...(code !== undefined && { code }), frames }
}
