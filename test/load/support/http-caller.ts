// A lean HTTP client for load: kept connections, as little work per request as possible.
import { Agent, request } from 'node:http'

export interface Caller {
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Reply>
  readonly close: () => void
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export function openCaller(origin: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const { hostname, port } = new URL(origin)
  const call = (method: string, path: string, { headers, body }: CallOptions = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const length = { 'content-length': String(body?.length ?? 0) }
      const outgoing = request(
        { agent, hostname, port, method, path, headers: { ...length, ...headers } },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const { statusCode: status = 0, headers: received } = response
            resolve({ status, headers: received, body: Buffer.concat(chunks) })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  return { call, close: () => agent.destroy() }
}

/** Throws with the answer unless it is a good one. */
export async function good(reply: Promise<Reply>): Promise<Reply> {
  const { status, body } = await reply
  if (status >= 300) throw new Error(`refused: ${status} ${body.toString().slice(0, 200)}`)
  return reply
}

/** Runs `work` on several lanes at once until the time is over; returns how often per second it was done. */
export async function perSecond(
  lanes: number,
  seconds: number,
  work: (lane: number) => Promise<unknown>,
): Promise<number> {
  const begun = performance.now()
  const until = begun + seconds * 1000
  let count = 0
  const run = async (lane: number) => {
    while (performance.now() < until) {
      await work(lane)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)))
  return (count * 1000) / (performance.now() - begun)
}
