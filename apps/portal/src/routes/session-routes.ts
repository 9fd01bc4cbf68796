// The live session of a case: its state and resume key, human input, logging out; and the sealed case package.
import type { App } from '@einmal-pin/platform/http/app'
import type { SessionExtended, SessionState } from '@einmal-pin/wire/case-session'
import { problem } from '@einmal-pin/wire/problem'
import { PORTAL } from '@einmal-pin/wire/routes'
import type { Portal } from '../portal.ts'
import { openCase, openCaseOrReceipt } from '../store/open-case.ts'
import { readPackage } from '../store/pins.ts'
import { endSession, extendSession } from '../store/sessions.ts'
import { shown } from '../store/times.ts'
import { claimOf, clearCaseCookie } from './case-cookie.ts'
import { CaseParams } from './shapes.ts'

export function sessionRoutes(app: App, portal: Portal): void {
  const { database, clock } = portal
  const schema = { params: CaseParams }

  app.get(PORTAL.session.path, { schema }, async (request): Promise<SessionState> => {
    const claim = claimOf(request)
    const session = await database.transaction((tx) => openCaseOrReceipt(tx, clock, claim))
    if (session.resumeKey === null) throw problem('session.missing')
    return {
      state: session.scope === 'receipt' ? 'submitted' : 'open',
      round: session.sessionRound,
      resumeKey: session.resumeKey,
      idleExpiresAt: shown(clock, session.idleExpiresAt),
      absoluteExpiresAt: shown(clock, session.absoluteExpiresAt),
      lastDay: session.lastDay,
      expiresAt: session.expiresAt.toISOString(),
      now: session.now.toISOString(),
    }
  })

  app.post(PORTAL.sessionActivity.path, { schema }, async (request): Promise<SessionExtended> => {
    const claim = claimOf(request)
    return await database.transaction(async (tx) => {
      const session = await openCaseOrReceipt(tx, clock, claim)
      const ends = await extendSession(tx, claim.tokenSha256)
      if (ends === undefined) throw problem('session.missing')
      return {
        idleExpiresAt: shown(clock, ends.idle),
        absoluteExpiresAt: shown(clock, ends.absolute),
        now: session.now.toISOString(),
      }
    })
  })

  // Logging out works in every state of the case, and twice.
  app.delete(PORTAL.logout.path, { schema }, async (request, reply) => {
    const { caseId, tokenSha256 } = claimOf(request)
    await endSession(database.kysely, tokenSha256, caseId)
    clearCaseCookie(reply, caseId)
    return reply.code(204).send()
  })
}

export function packageRoutes(app: App, { database, clock }: Portal): void {
  app.get(PORTAL.casePackage.path, { schema: { params: CaseParams } }, async (request, reply) => {
    const claim = claimOf(request)
    const { bytes, publication } = await database.transaction(async (tx) => {
      const session = await openCase(tx, clock, claim)
      return await readPackage(tx, session.caseId, session.round)
    })
    return reply
      .type('application/octet-stream')
      .header('ep-revision', String(publication))
      .send(bytes)
  })
}
