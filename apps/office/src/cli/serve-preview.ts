// Serves the built pages of the citizen's app together with one form, read anew for every reload; loopback only.
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkFormFolder } from '@einmal-pin/forms/load-form'

export interface Preview {
  readonly url: string
  readonly close: () => Promise<void>
}

const BUILD = fileURLToPath(new URL('../../../citizen/build/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}
/** Beside the policy that stands in each page: it dials nobody but this server, and nobody frames it. */
const HEADERS = {
  'content-security-policy': "connect-src 'self'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** Throws when the pages were never built. */
export async function servePreview(
  folder: string,
  prefill: Readonly<Record<string, unknown>>,
  build = BUILD,
): Promise<Preview> {
  const files = await filesOf(build)
  if (!files.has('/vorschau'))
    throw new Error('the pages are not built yet: run "npm run build" first')
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]?.replace(/\/$/, '') ?? ''
    const answer =
      path === '/api/preview/form'
        ? sendForm(response, folder, prefill)
        : sendFile(response, files.get(path))
    answer.catch(() => response.destroy())
  })
  return { url: await listen(server), close: () => stop(server) }
}

/** By URL path: a closed table, so that no path can reach any other file. */
async function filesOf(build: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(build, { recursive: true, withFileTypes: true }).catch(() => [])
  return new Map(
    entries
      .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(build, file)}`.replace(/(\/index)?\.html$/, ''), file]),
  )
}

async function sendForm(
  response: ServerResponse,
  folder: string,
  prefill: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { form, findings } = checkFormFolder(folder)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const body = { ...(form && errors.length === 0 && { form }), prefill, findings: errors }
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

async function sendFile(response: ServerResponse, file: string | undefined): Promise<void> {
  if (file === undefined) {
    response.writeHead(404, HEADERS).end()
    return
  }
  const body = await readFile(file)
  response.writeHead(200, { ...HEADERS, 'content-type': TYPES[extname(file)] ?? '' }).end(body)
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the preview has no port')
  return `http://127.0.0.1:${address.port}/vorschau`
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
