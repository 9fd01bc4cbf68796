// Public keys, the two steps of the login, and orders for a new PIN: everything that needs no session.
import type { App } from '@einmal-pin/platform/http/app'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { opaquePublicKey } from '@einmal-pin/vault/opaque-server'
import {
  LoginFinish,
  LoginStart,
  type LoginStarted,
  PinRequest,
  type PortalKeys,
} from '@einmal-pin/wire/login'
import { problem } from '@einmal-pin/wire/problem'
import { PORTAL } from '@einmal-pin/wire/routes'
import { finishLogin } from '../login/finish.ts'
import { withFloor } from '../login/floor.ts'
import { makeNetworkOf } from '../login/network.ts'
import { startLogin } from '../login/start.ts'
import type { Portal } from '../portal.ts'
import { takeToken } from '../store/network-budget.ts'
import { addPinRequest } from '../store/pin-requests.ts'
import { setCaseCookie } from './case-cookie.ts'

/** Bytes of an order as the browser seals it, padded; the vault's own number is none of the portal's modules, a test compares both. */
export const SEALED_ORDER_BYTES = 5755

/** Orders for a new PIN per network: a family or a counter in an office, not a flood. */
const PIN_REQUEST_BUDGET = { purpose: 'pin-request', burst: 20, perMinute: 2 }

export async function publicKeyRoutes(app: App, { secrets }: Portal): Promise<void> {
  const { keyId, publicKey } = secrets.receiptKey
  const keys: PortalKeys = {
    opaqueServerPublicKey: await opaquePublicKey(secrets.opaqueSetup),
    requestRecipient: secrets.requestRecipient,
    receiptKeys: [{ keyId, publicKey }],
  }
  app.get(PORTAL.keys.path, async () => keys)
}

export function loginRoutes(app: App, portal: Portal): void {
  const { floorMilliseconds } = portal.config.limits
  const networkOf = makeNetworkOf(portal)
  app.post(
    PORTAL.loginStart.path,
    { schema: { body: LoginStart } },
    async (request): Promise<LoginStarted> =>
      withFloor(floorMilliseconds, async () =>
        startLogin(portal, await networkOf(request), request.body),
      ),
  )
  app.post(PORTAL.loginFinish.path, { schema: { body: LoginFinish } }, async (request, reply) => {
    const { outcome, token } = await withFloor(floorMilliseconds, () =>
      finishLogin(portal, request.body),
    )
    if (outcome.outcome === 'open' && token !== undefined) {
      setCaseCookie(reply, outcome.caseId, token)
    }
    return outcome
  })
}

export function pinRequestRoutes(app: App, portal: Portal): void {
  const networkOf = makeNetworkOf(portal)
  const { database, clock } = portal
  app.post(PORTAL.pinRequest.path, { schema: { body: PinRequest } }, async (request, reply) => {
    const { sealed } = request.body
    // One length only: neither the queue nor whoever watches it learns anything from an order.
    if (!isSealedLength(sealed)) throw problem('request.invalid')
    const db = database.kysely
    if (!(await takeToken(db, await networkOf(request), PIN_REQUEST_BUDGET))) {
      throw problem('request.tooMany', { retryAfterSeconds: 60 })
    }
    if (!(await addPinRequest(db, clock, sealed))) throw problem('pinRequest.busy')
    return reply.code(202).send({})
  })
}

function isSealedLength(sealed: string): boolean {
  try {
    return fromBase64url(sealed).length === SEALED_ORDER_BYTES
  } catch {
    return false
  }
}
