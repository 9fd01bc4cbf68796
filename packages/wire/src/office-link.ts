// Messages between the office's courier and the portal; the office dials, the portal answers (design.md 7).
import { type Static, Type } from 'typebox'
import { MAX_PACKAGE_BYTES } from './limits.ts'
import {
  base64UrlUpTo,
  CaseIdShape,
  Day,
  Digest,
  Instant,
  Round,
  Sha256Hex,
  strict,
} from './primitives.ts'
import { Receipt } from './submission.ts'

const SecondFactors = Type.Array(Digest, { minItems: 1, maxItems: 3 })

/** How a later round treats the one before: `none` is the first round (design.md 6, New PIN). */
export const ReissueMode = Type.Union([
  Type.Literal('none'),
  Type.Literal('lost'),
  Type.Literal('online'),
  Type.Literal('stolen'),
])
export type ReissueMode = Static<typeof ReissueMode>

/** Opens a round: identity and second factors are HMACs under the pepper, never digests. */
export const PublishCommand = Type.Object(
  {
    type: Type.Literal('publish'),
    round: Round,
    reissue: ReissueMode,
    identity: Digest,
    secondFactors: SecondFactors,
    opaqueRecord: base64UrlUpTo(512),
    wrappedSecret: base64UrlUpTo(256),
    letterDate: Day,
    lastDay: Day,
    expiresAt: Instant,
    package: base64UrlUpTo(MAX_PACKAGE_BYTES),
  },
  strict,
)
export type PublishCommand = Static<typeof PublishCommand>

export const SecondFactorsCommand = Type.Object(
  { type: Type.Literal('secondFactors'), round: Round, secondFactors: SecondFactors },
  strict,
)
export const ExtendCommand = Type.Object(
  { type: Type.Literal('extend'), round: Round, lastDay: Day, expiresAt: Instant },
  strict,
)
/** Ends a case. `eraseDraft` deletes draft and documents at once (death, wrong addressee). */
export const RevokeCommand = Type.Object(
  { type: Type.Literal('revoke'), eraseDraft: Type.Boolean() },
  strict,
)
/** Tells a restored portal what it forgot: the PIN of this round was used up or frozen. */
export const SettleCommand = Type.Object(
  {
    type: Type.Literal('settle'),
    round: Round,
    state: Type.Union([Type.Literal('spent'), Type.Literal('locked'), Type.Literal('superseded')]),
    receipt: Type.Optional(Receipt),
  },
  strict,
)
export const Command = Type.Union([
  PublishCommand,
  SecondFactorsCommand,
  ExtendCommand,
  RevokeCommand,
  SettleCommand,
])
export type Command = Static<typeof Command>

/** The portal's state of a case, as the courier compares it. */
export const PortalCaseState = Type.Union([
  Type.Literal('open'),
  Type.Literal('submitted'),
  Type.Literal('received'),
  Type.Literal('quarantined'),
  Type.Literal('expired'),
  Type.Literal('locked'),
  Type.Literal('superseded'),
  Type.Literal('revoked'),
])
export type PortalCaseState = Static<typeof PortalCaseState>

export const CommandResult = Type.Object(
  { number: Type.Integer({ minimum: 1 }), state: PortalCaseState, round: Round },
  strict,
)
export type CommandResult = Static<typeof CommandResult>

const factBase = { id: Type.String(), caseId: CaseIdShape, round: Round }

/** One thing that happened at the portal. Of unsent work the office learns the day, never the time. */
export const Fact = Type.Union([
  Type.Object({ ...factBase, type: Type.Literal('firstLogin'), day: Day }, strict),
  Type.Object(
    {
      ...factBase,
      type: Type.Literal('activity'),
      day: Day,
      documents: Type.Integer({ minimum: 0 }),
    },
    strict,
  ),
  Type.Object({ ...factBase, type: Type.Literal('switched'), day: Day }, strict),
  Type.Object({ ...factBase, type: Type.Literal('submitted'), receipt: Receipt }, strict),
  Type.Object({ ...factBase, type: Type.Literal('locked'), day: Day }, strict),
  Type.Object({ ...factBase, type: Type.Literal('expired'), day: Day }, strict),
])
export type Fact = Static<typeof Fact>

export const FactList = Type.Object({ facts: Type.Array(Fact) }, strict)
export type FactList = Static<typeof FactList>

export const IdList = Type.Object({ ids: Type.Array(Type.String(), { maxItems: 500 }) }, strict)
export type IdList = Static<typeof IdList>

/** A submission as the portal keeps it: everything in it is sealed, the digests are of the ciphertext. */
export const SubmissionOffer = Type.Object(
  {
    receipt: Receipt,
    manifest: Type.String(),
    blobs: Type.Array(
      Type.Object(
        { id: Type.String(), sha256: Sha256Hex, size: Type.Integer({ minimum: 1 }) },
        strict,
      ),
    ),
  },
  strict,
)
export type SubmissionOffer = Static<typeof SubmissionOffer>

export const SubmissionAcknowledged = Type.Object(
  { round: Round, manifestSha256: Sha256Hex, acknowledgement: Digest },
  strict,
)
export type SubmissionAcknowledged = Static<typeof SubmissionAcknowledged>

export const SubmissionQuarantined = Type.Object({ round: Round }, strict)
export type SubmissionQuarantined = Static<typeof SubmissionQuarantined>

export const PinRequestList = Type.Object(
  {
    requests: Type.Array(
      Type.Object({ id: Type.String(), sealed: Type.String(), receivedAt: Instant }, strict),
    ),
  },
  strict,
)
export type PinRequestList = Static<typeof PinRequestList>

export const PortalCaseList = Type.Object(
  {
    cases: Type.Array(
      Type.Object(
        {
          caseId: CaseIdShape,
          round: Round,
          number: Type.Integer({ minimum: 0 }),
          state: PortalCaseState,
        },
        strict,
      ),
    ),
    next: Type.Union([CaseIdShape, Type.Null()]),
  },
  strict,
)
export type PortalCaseList = Static<typeof PortalCaseList>

export const PortalStatus = Type.Object(
  {
    loginsOpen: Type.Boolean(),
    appliedCommands: Type.Integer({ minimum: 0 }),
    now: Instant,
    receiptKey: Type.Object({ keyId: Type.String(), publicKey: Type.String() }, strict),
  },
  strict,
)
export type PortalStatus = Static<typeof PortalStatus>
