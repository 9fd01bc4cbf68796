// The sealed draft: fetched if changed, replaced by who has seen the one before.
import type { App } from '@einmal-pin/platform/http/app'
import { rawBody } from '@einmal-pin/platform/http/bodies'
import { toHex } from '@einmal-pin/vault/base64url'
import { parseContentDigest } from '@einmal-pin/vault/digest'
import { sha256HexNow } from '@einmal-pin/vault/digest-node'
import type { DraftSaved } from '@einmal-pin/wire/case-session'
import { MAX_DRAFT_BYTES } from '@einmal-pin/wire/limits'
import { problem } from '@einmal-pin/wire/problem'
import { PORTAL } from '@einmal-pin/wire/routes'
import type { FastifyRequest } from 'fastify'
import type { Portal } from '../portal.ts'
import { draftHead, judgeRefusedDraft, type NewDraft, readDraft, trySave } from '../store/drafts.ts'
import { type Claim, openCase, reasonAgainst } from '../store/open-case.ts'
import { claimOf } from './case-cookie.ts'
import { CaseParams, parseEtag, quoted } from './shapes.ts'

export function draftRoutes(app: App, portal: Portal): void {
  const schema = { params: CaseParams }

  app.get(PORTAL.draft.path, { schema }, async (request, reply) => {
    const claim = claimOf(request)
    const known = parseEtag(request.headers['if-none-match'])
    const draft = await fetchDraft(portal, claim, known)
    // None yet is no mistake: every fresh case begins so, and pages ask every few seconds.
    if (draft === undefined) return reply.code(204).send()
    reply
      .header('etag', quoted(draft.etag))
      .header('ep-revision', String(draft.revision))
      .header('ep-round', String(draft.round))
      .header('ep-saved-at', draft.savedAt.toISOString())
    if (!('bytes' in draft)) return reply.code(304).send()
    return reply.type('application/octet-stream').send(draft.bytes)
  })

  app.put(
    PORTAL.saveDraft.path,
    { schema, bodyLimit: MAX_DRAFT_BYTES },
    async (request): Promise<DraftSaved> => {
      const claim = claimOf(request)
      return await saveDraft(portal, claim, request)
    },
  )
}

/** Without the bytes when the browser has them already: most questions of a polling page end here. */
async function fetchDraft({ database, clock }: Portal, claim: Claim, known: string | undefined) {
  return await database.transaction(async (tx) => {
    await openCase(tx, clock, claim)
    const head = await draftHead(tx, claim.caseId)
    return head === undefined || head.etag === known ? head : await readDraft(tx, claim.caseId)
  })
}

async function saveDraft(
  { database, clock }: Portal,
  claim: Claim,
  request: FastifyRequest,
): Promise<DraftSaved> {
  const draft = draftOf(request)
  const { session, saved } = await trySave({ database, clock }, claim, draft)
  if (saved !== undefined) return saved
  const reason = reasonAgainst(session)
  if (reason !== undefined) throw problem(reason)
  const verdict = judgeRefusedDraft(draft, await draftHead(database.kysely, claim.caseId))
  if (typeof verdict === 'string') throw problem(verdict)
  return verdict
}

/** RFC 9110, 13.1: If-Match names the draft that was seen, If-None-Match: * says that there was none. */
function draftOf(request: FastifyRequest): NewDraft {
  const { headers } = request
  const bytes = rawBody(request)
  const etag = verifiedDigest(headers['content-digest'], bytes)
  const revision = String(headers['ep-revision'] ?? '')
  const { 'if-match': seen, 'if-none-match': none } = headers
  const previous = none === '*' && seen === undefined ? null : parseEtag(seen)
  if (!/^[1-9]\d{0,8}$/.test(revision) || previous === undefined) throw problem('request.invalid')
  return { revision: Number(revision), previous, etag, bytes }
}

/** SHA-256 (hex) of the bytes, which must be the one that the header names (RFC 9530). */
function verifiedDigest(header: string | string[] | undefined, bytes: Uint8Array): string {
  const named = parseContentDigest(typeof header === 'string' ? header : undefined)
  const computed = sha256HexNow(bytes)
  if (named === undefined || toHex(named) !== computed) throw problem('request.digest')
  return computed
}
