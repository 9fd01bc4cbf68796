// What a command hands back: one JSON document and the same in words; and how it fails.
import type { CliFailure } from '@einmal-pin/wire/cli-documents'
import { ERRORS, isErrorCode } from '@einmal-pin/wire/errors'
import type { Answer, Failure } from '@einmal-pin/wire/http-client'

export interface Outcome {
  /** Printed with --json, as the only thing on standard output. */
  readonly json: unknown
  /** Printed without --json. */
  readonly text: string
  readonly ok: boolean
}

export const success = (json: unknown, text: string): Outcome => ({ json, text, ok: true })

/** Ends a command; `json` is the document that --json prints. */
export class CommandError extends Error {
  readonly json: CliFailure
  constructor(text: string, json: CliFailure) {
    super(text)
    this.name = 'CommandError'
    this.json = json
  }
}

/** Wrong arguments: exit code 2 and a hint to --help. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const NOT_REACHABLE = 'The office does not answer. Is it running? (npm start)'

function detailOf({ code, extra }: Failure): string {
  if (code === 'network') return NOT_REACHABLE
  const detail = extra['detail']
  return typeof detail === 'string' ? detail : isErrorCode(code) ? ERRORS[code].de : code
}

/** The value of a good answer. Throws CommandError for a refusal. */
export function expectValue<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  const { code, status, extra } = answer
  const detail = detailOf(answer)
  const text = code === 'network' ? detail : `${detail} (${code}, ${status})`
  throw new CommandError(text, { ...extra, code, status, detail })
}
