// Builds a page of support/<name> like the citizen's app and serves it on the loopback, for what DevTools can slow down.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../harness/installation.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

export interface ServedPage {
  readonly url: string
  readonly close: () => void
}

export async function servePage(name: string): Promise<ServedPage> {
  const folder = mkdtempSync(join(tmpdir(), `ep-${name}-`))
  const config = fileURLToPath(import.meta.resolve(`./${name}/vite.config.ts`))
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', dirname(config), '--config', config, '--outDir', folder]
  execFileSync(process.execPath, [...args, '--logLevel', 'error'], { stdio: 'inherit' })
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const type = TYPES[extname(path)]
    if (type === undefined) return response.writeHead(404).end()
    return response.setHeader('content-type', type).end(readFileSync(join(folder, path)))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const close = () => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `http://127.0.0.1:${port}/`, close }
}
