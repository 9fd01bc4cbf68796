// Problem details for HTTP APIs (RFC 9457): how every API of both zones says what went wrong.
import { type Static, Type } from 'typebox'
import { ERRORS, type ErrorCode } from './errors.ts'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** `detail` is German; a browser shows the catalogue's text in the person's language by `code`. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.String(),
  detail: Type.String(),
})
export type Problem = Static<typeof Problem>

/** Extra members of a problem, for example `retryAfterSeconds`; never personal data. */
export type ProblemExtra = Readonly<Record<string, unknown>>

/** An expected refusal on its way to the error handler of the server. */
export class ProblemError extends Error {
  readonly code: ErrorCode
  readonly extra: ProblemExtra

  constructor(code: ErrorCode, extra: ProblemExtra = {}) {
    super(code)
    this.name = 'ProblemError'
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}

export const problem = (code: ErrorCode, extra: ProblemExtra = {}): ProblemError =>
  new ProblemError(code, extra)

/** The body of a problem+json answer. */
export function problemBody(code: ErrorCode, extra: ProblemExtra = {}): Problem & ProblemExtra {
  const { status, de } = ERRORS[code]
  return { ...extra, type: `urn:einmal-pin:error:${code}`, title: code, status, code, detail: de }
}
