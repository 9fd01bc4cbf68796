// Messages of the login: the two steps of OPAQUE and what fully right data learn (design.md 4).
import { type Static, Type } from 'typebox'
import {
  base64UrlUpTo,
  CaseIdShape,
  Day,
  Digest,
  Instant,
  ReceiptNumberShape,
  Round,
  strict,
} from './primitives.ts'

const OpaqueMessage = base64UrlUpTo(1024)

/** KE1. `identity` is the digest over Versichertennummer and selector, never the number itself. */
export const LoginStart = Type.Object(
  { identity: Digest, startLoginRequest: OpaqueMessage },
  strict,
)
export type LoginStart = Static<typeof LoginStart>

/** KE2. `pauseOnFailureSeconds` says how long this network waits should the PIN be wrong; 0 = not at all. */
export const LoginStarted = Type.Object(
  {
    loginId: Digest,
    loginResponse: OpaqueMessage,
    pauseOnFailureSeconds: Type.Integer({ minimum: 0 }),
  },
  strict,
)
export type LoginStarted = Static<typeof LoginStarted>

/** KE3 with the second factor: the digest of card digits or birth date, checked before anything is given out. */
export const LoginFinish = Type.Object(
  { loginId: Digest, finishLoginRequest: OpaqueMessage, secondFactor: Digest },
  strict,
)
export type LoginFinish = Static<typeof LoginFinish>

/** What fully right data learn. Only `open` comes with a session cookie and the wrapped case secret. */
export const LoginOutcome = Type.Union([
  Type.Object(
    {
      outcome: Type.Literal('open'),
      caseId: CaseIdShape,
      round: Round,
      wrappedSecret: base64UrlUpTo(256),
      lastDay: Day,
      expiresAt: Instant,
    },
    strict,
  ),
  Type.Object(
    {
      outcome: Type.Literal('submitted'),
      submittedAt: Instant,
      receiptNumber: ReceiptNumberShape,
    },
    strict,
  ),
  Type.Object({ outcome: Type.Literal('expired'), lastDay: Day }, strict),
  Type.Object({ outcome: Type.Literal('superseded') }, strict),
  Type.Object({ outcome: Type.Literal('locked') }, strict),
  Type.Object({ outcome: Type.Literal('closed') }, strict),
])
export type LoginOutcome = Static<typeof LoginOutcome>

/** A request for a new PIN, padded and sealed to the office: the portal can neither read nor match it. */
export const PinRequest = Type.Object({ sealed: base64UrlUpTo(8 * 1024) }, strict)
export type PinRequest = Static<typeof PinRequest>

/** What a browser must know before it can log in or check a receipt; public and the same for everybody. */
export const PortalKeys = Type.Object(
  {
    opaqueServerPublicKey: base64UrlUpTo(64),
    requestRecipient: Type.String(),
    receiptKeys: Type.Array(
      Type.Object({ keyId: Type.String(), publicKey: base64UrlUpTo(64) }, strict),
    ),
  },
  strict,
)
export type PortalKeys = Static<typeof PortalKeys>
