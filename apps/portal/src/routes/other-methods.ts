// Known paths with a method that they do not have: 405 with the list of those that they have (RFC 9110, 15.5.6).
import type { App } from '@einmal-pin/platform/http/app'
import { problem } from '@einmal-pin/wire/problem'
import type { Route } from '@einmal-pin/wire/routes'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const

/** Call it after the routes themselves are registered. */
export function refuseOtherMethods(app: App, routes: Readonly<Record<string, Route>>): void {
  const known = new Map<string, string[]>()
  for (const { path, method } of Object.values(routes)) {
    known.set(path, [...(known.get(path) ?? []), method])
  }
  for (const [url, allowed] of known) {
    app.route({
      url,
      method: METHODS.filter((method) => !allowed.includes(method)),
      // Before the body is read and parsed.
      onRequest: async (_request, reply) => {
        reply.header('allow', allowed.join(', '))
        throw problem('request.method')
      },
      handler: async () => undefined,
    })
  }
}
