// Headers that every answer of the public listener carries.
import type { App } from '@einmal-pin/platform/http/app'
import { EMPTY_POLICY } from './content-security.ts'

const HEADERS = {
  'content-security-policy': EMPTY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The camera is for photographing documents; nothing else of the device is anybody's business.
  'permissions-policy':
    'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
  'x-frame-options': 'DENY',
} as const

/** Two years, as browsers' preload lists ask for. */
const HSTS = 'max-age=63072000; includeSubDomains'

export function installSecurityHeaders(app: App, publicUrl: string): void {
  const isTls = publicUrl.startsWith('https:')
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS)
    if (isTls) reply.header('strict-transport-security', HSTS)
  })
}

/** Whatever the API says belongs to one moment and one person. */
export function forbidStoring(app: App): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
}
