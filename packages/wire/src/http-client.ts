// The one HTTP client: calls a route of the tables, returns the typed answer or a coded failure, never throws for either.
import { AnswerTooLarge, readAnswer } from './bounded-answer.ts'
import { type ErrorCode, isErrorCode } from './errors.ts'
import { MAX_CASE_BYTES, MIB } from './limits.ts'
import { pathOf, type Route } from './routes.ts'

/** What no server says: `network` = no answer came, `answer.tooLarge` = it was broken off, longer than agreed. */
export type ClientCode = 'network' | 'answer.tooLarge'

/** A coded refusal of the server, or why there is no usable answer. */
export interface Failure {
  readonly ok: false
  readonly code: ErrorCode | ClientCode
  readonly status: number
  /** Extra members of the problem, for example `retryAfterSeconds`. */
  readonly extra: Readonly<Record<string, unknown>>
}

export interface Success<T> {
  readonly ok: true
  readonly value: T
  readonly status: number
  readonly headers: Headers
}

export type Answer<T> = Success<T> | Failure

export interface CallOptions {
  readonly parameters?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly text?: string
  readonly signal?: AbortSignal
  /** Longest answer that is read into memory; 16 MiB of JSON or 100 MiB of bytes if nothing is said. */
  readonly maxBytes?: number
}

const MAX_JSON_BYTES = 16 * MIB
const MAX_PROBLEM_BYTES = MIB

export type Send = (request: Request) => Promise<Response>

function queryOf(query: CallOptions['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function bodyOf(options: CallOptions): { body?: BodyInit; type?: string } {
  if (options.json !== undefined)
    return { body: JSON.stringify(options.json), type: 'application/json' }
  if (options.bytes !== undefined) return { body: options.bytes, type: 'application/octet-stream' }
  if (options.text !== undefined) return { body: options.text, type: 'text/csv' }
  return {}
}

/** Builds the request of a route; exported so that the courier can sign it before it is sent. */
export function requestOf(origin: string, route: Route, options: CallOptions = {}): Request {
  const { body, type } = bodyOf(options)
  const url = `${origin}${pathOf(route, options.parameters)}${queryOf(options.query)}`
  return new Request(url, {
    method: route.method,
    headers: { ...(type && { 'content-type': type }), ...options.headers },
    ...(body !== undefined && { body }),
    ...(options.signal && { signal: options.signal }),
    credentials: 'same-origin',
    redirect: 'error',
  })
}

const readJson = async <T>(response: Response, maxBytes: number): Promise<T> =>
  JSON.parse(new TextDecoder().decode(await readAnswer(response, maxBytes)))

async function failureOf(response: Response): Promise<Failure> {
  const extra = await readJson<Record<string, unknown>>(response, MAX_PROBLEM_BYTES).catch(
    () => ({}) as Record<string, unknown>,
  )
  const code =
    typeof extra['code'] === 'string' && isErrorCode(extra['code'])
      ? extra['code']
      : 'service.failed'
  return { ok: false, code, status: response.status, extra }
}

async function answer<T>(
  send: Send,
  request: Request,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const response = await send(request)
    if (!response.ok && response.status !== 304) return await failureOf(response)
    return {
      ok: true,
      value: await read(response),
      status: response.status,
      headers: response.headers,
    }
  } catch (error) {
    const code = error instanceof AnswerTooLarge ? 'answer.tooLarge' : 'network'
    return { ok: false, code, status: 0, extra: {} }
  }
}

/** Calls a route whose answer is JSON (or nothing). */
export const callJson = <T>(
  send: Send,
  origin: string,
  route: Route,
  options: CallOptions = {},
): Promise<Answer<T>> =>
  answer(send, requestOf(origin, route, options), async (response) =>
    response.status === 204 || response.status === 304
      ? (undefined as T)
      : readJson<T>(response, options.maxBytes ?? MAX_JSON_BYTES),
  )

/** Calls a route whose answer is bytes; 304 and 204 give no bytes. */
export const callBytes = (
  send: Send,
  origin: string,
  route: Route,
  options: CallOptions = {},
): Promise<Answer<Uint8Array<ArrayBuffer>>> =>
  answer(send, requestOf(origin, route, options), (response) =>
    readAnswer(response, options.maxBytes ?? MAX_CASE_BYTES),
  )
