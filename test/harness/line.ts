// A browser's line to one origin: keeps the cookies, says where the request comes from, gives up on a dead server.

export interface Line {
  readonly send: (request: Request) => Promise<Response>
  /** Name -> value, as the browser would send them. */
  readonly cookies: Map<string, string>
}

/** A server that was killed in the middle of an answer must not hold a test up. */
const PATIENCE_MILLISECONDS = 30_000

/** `headers` replaces what a page of `origin` would send, for example a foreign Origin. */
export function openLine(origin: string, headers: Readonly<Record<string, string>> = {}): Line {
  const cookies = new Map<string, string>()
  const send = async (request: Request) => {
    const sent = new Request(request, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) })
    for (const [name, value] of Object.entries({ origin, ...headers }))
      sent.headers.set(name, value)
    if (cookies.size > 0) sent.headers.set('cookie', cookieHeader(cookies))
    const response = await fetch(sent)
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie)
    return response
  }
  return { send, cookies }
}

const cookieHeader = (cookies: ReadonlyMap<string, string>) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = '', ...attributes] = header.split(';')
  const [name = '', value = ''] = pair.split('=', 2)
  const gone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute))
  if (gone || value === '') cookies.delete(name)
  else cookies.set(name, value)
}
