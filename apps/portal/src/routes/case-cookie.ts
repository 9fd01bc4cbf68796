// The session's cookie: named after its case, so that two letters in two tabs do not mix.
import { parseCaseId } from '@einmal-pin/domain/ids'
import { problem } from '@einmal-pin/wire/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Claim } from '../store/open-case.ts'
import { tokenDigest } from '../store/sessions.ts'

// RFC 6265bis, 4.1.3.2: `__Host-` binds the cookie to exactly this host, with Secure and Path=/. Browsers take it on loopback without
// TLS, too (tried with Chromium 156).
const nameOf = (caseId: string): string => `__Host-ep-${caseId}`

const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

export function setCaseCookie(reply: FastifyReply, caseId: string, token: string): void {
  reply.setCookie(nameOf(caseId), token, ATTRIBUTES)
}

export function clearCaseCookie(reply: FastifyReply, caseId: string): void {
  reply.clearCookie(nameOf(caseId), ATTRIBUTES)
}

/** The case of the path and the cookie of that very case. Throws `request.invalid` or `session.missing`. */
export function claimOf(request: FastifyRequest): Claim {
  const { caseId: given } = request.params as { readonly caseId?: string }
  const caseId = parseCaseId(given ?? '')
  if (!caseId.ok) throw problem('request.invalid')
  const token = request.cookies[nameOf(caseId.value)]
  if (token === undefined || token === '') throw problem('session.missing')
  return { caseId: caseId.value, tokenSha256: tokenDigest(token) }
}
