// GET /livez says that the process runs; GET /readyz that it can serve, with everything that it needs at hand.
import { problem } from '@einmal-pin/wire/problem'
import type { App } from './app.ts'

/** Name to check; a check throws when its part is not there. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>

const CHECK_TIMEOUT_MILLISECONDS = 2_000

export function installHealth(app: App, checks: ReadinessChecks): void {
  app.get('/livez', { logLevel: 'silent' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { logLevel: 'silent' }, async () => {
    const failed = await failedChecks(checks)
    if (failed.length > 0) throw problem('service.unavailable', { failed, retryAfterSeconds: 5 })
    return { status: 'ok' }
  })
}

async function failedChecks(checks: ReadinessChecks): Promise<readonly string[]> {
  const names = Object.keys(checks)
  const results = await Promise.allSettled(Object.values(checks).map(withTimeout))
  return names.filter((_, index) => results[index]?.status === 'rejected')
}

async function withTimeout(check: () => Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('timeout')), CHECK_TIMEOUT_MILLISECONDS)
  try {
    await Promise.race([check(), promise])
  } finally {
    clearTimeout(timer)
  }
}
