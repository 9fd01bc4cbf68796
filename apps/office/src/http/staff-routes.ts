// The demonstration's staff login: a name and nothing else, on loopback only, until single sign-on exists.
import type { App } from '@einmal-pin/platform/http/app'
import { type Staff, StaffLogin, Staff as StaffShape } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import { OFFICE } from '@einmal-pin/wire/routes'
import { Type } from 'typebox'
import type { Office } from '../office.ts'
import { actorOf, requireOwnPage } from './credentials.ts'
import {
  closeStaffSession,
  openStaffSession,
  STAFF_COOKIE,
  STAFF_SESSION_HOURS,
} from './staff-sessions.ts'

const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const

/** Names that programs act under; a clerk cannot pass for one of them in the audit trail. */
const RESERVED = new Set(['core-system', 'cli', 'courier', 'portal', 'print-centre', 'office'])

const isLoopback = (address: string | undefined): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(address ?? '')

export function staffLoginRoute(app: App, office: Office): void {
  const schema = { body: StaffLogin, response: { 200: StaffShape }, tags: ['staff'] }
  app.post(OFFICE.staffLogin.path, { schema }, async (request, reply): Promise<Staff> => {
    if (!office.config.demo || !isLoopback(request.socket.remoteAddress)) throw problem('demo.only')
    await requireOwnPage(request)
    const name = request.body.name.normalize('NFC').trim()
    if (name === '' || /\p{Cc}/u.test(name) || RESERVED.has(name.toLowerCase())) {
      throw problem('request.invalid')
    }
    const token = await openStaffSession(office, name)
    reply.setCookie(STAFF_COOKIE, token, { ...COOKIE, maxAge: STAFF_SESSION_HOURS * 3_600 })
    return { name, demo: office.config.demo }
  })
}

export function staffRoutes(app: App, office: Office): void {
  app.get(
    OFFICE.staff.path,
    { schema: { response: { 200: StaffShape }, tags: ['staff'] } },
    async (request): Promise<Staff> => ({ name: actorOf(request), demo: office.config.demo }),
  )
  app.delete(
    OFFICE.staffLogout.path,
    { schema: { response: { 204: Type.Null() }, tags: ['staff'] } },
    async (request, reply) => {
      const token = request.cookies[STAFF_COOKIE]
      if (token !== undefined) await closeStaffSession(office, token)
      return reply.clearCookie(STAFF_COOKIE, COOKIE).code(204).send(null)
    },
  )
}
