// The office answers under its own names only: a page that points its own name at this address gets nothing (DNS rebinding).
import type { App } from '@einmal-pin/platform/http/app'
import { sendProblem } from '@einmal-pin/platform/http/errors'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** `hosts` are further names, with a port where it is not the scheme's own. */
export function installHostCheck(app: App, hosts: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = (request.headers.host ?? '').toLowerCase()
    const port = request.socket.localPort
    const own = [...LOOPBACK.map((name) => `${name}:${port}`), ...hosts]
    if (!own.includes(host)) return sendProblem(reply, 'host.foreign')
    return undefined
  })
}
