// A request as an attacker writes it: any header, any path, nothing tidied up on the way.
import { request } from 'node:http'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
  /** `code` of a problem document, undefined for anything else. */
  readonly code: string | undefined
}

export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export function rawRequest(
  origin: string,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const whole = Buffer.concat(chunks)
          const { statusCode: status = 0, headers: received } = response
          resolve({ status, headers: received, body: whole, code: codeOf(received, whole) })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function codeOf(headers: RawAnswer['headers'], body: Buffer): string | undefined {
  if (!String(headers['content-type']).startsWith('application/problem+json')) return undefined
  const { code }: { code?: unknown } = JSON.parse(body.toString())
  return typeof code === 'string' ? code : undefined
}
