// A lean HTTP client for load: kept connections, requests written by hand, as little work per request as possible.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

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
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

type Waiting = {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

/** One request after the other on each connection; as many connections as requests are under way. */
export function openCaller(origin: string): Caller {
  const { host, hostname, port } = new URL(origin)
  const idle: Line[] = []
  const lines = new Set<Line>()
  const free = async () => {
    const known = idle.pop()
    if (known?.isOpen() === true) return known
    const line = await openLine(hostname, Number(port))
    lines.add(line)
    return line
  }
  const call = async (method: string, path: string, { headers, body }: CallOptions = {}) => {
    const line = await free()
    const fields = { host, 'content-length': String(body?.length ?? 0), ...headers }
    const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    const reply = await line.ask(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`, body)
    idle.push(line)
    return reply
  }
  const close = () => {
    for (const line of lines) line.close()
  }
  return { call, close }
}

type Line = Awaited<ReturnType<typeof openLine>>

async function openLine(host: string, port: number) {
  const socket = connect({ host, port, noDelay: true })
  await once(socket, 'connect')
  let waiting: Waiting | undefined
  let received: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const parsed = parseReply(received)
    if (parsed === undefined) return
    received = Buffer.alloc(0)
    waiting?.resolve(parsed)
  })
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')))
  return {
    isOpen: () => !socket.destroyed && socket.readyState === 'open',
    close: () => socket.destroy(),
    ask: (head: string, body: Uint8Array | undefined) =>
      new Promise<Reply>((resolve, reject) => {
        waiting = { resolve, reject }
        send(socket, head, body)
      }),
  }
}

function send(socket: Socket, head: string, body: Uint8Array | undefined): void {
  socket.cork()
  socket.write(head, 'latin1')
  if (body !== undefined) socket.write(body)
  socket.uncork()
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** Undefined until the whole answer is there (RFC 9112). A body in chunks is left as it came: nobody here reads one. */
function parseReply(bytes: Buffer): Reply | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [status = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
    }),
  )
  const body = bytes.subarray(end + 4)
  const whole =
    headers['transfer-encoding'] === undefined
      ? body.length >= Number(headers['content-length'] ?? 0)
      : body.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
  if (!whole) return undefined
  return { status: Number(status.split(' ')[1]), headers, body }
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
