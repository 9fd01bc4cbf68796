// A browser without a screen: cookies, origin, the real vault, and the steps of a person from login to receipt.

import { toBase64url } from '@einmal-pin/vault/base64url'
import type { CaseKeys } from '@einmal-pin/vault/case-secret'
import { deriveCaseKeys } from '@einmal-pin/vault/case-secret'
import { makeContentDigest, sha256Hex } from '@einmal-pin/vault/digest'
import { sealDocumentMeta } from '@einmal-pin/vault/document-meta'
import { type DocumentMeta, sealSubmission } from '@einmal-pin/vault/manifest'
import { finishLogin, startLogin } from '@einmal-pin/vault/opaque-client'
import { newDocumentId, newSecret } from '@einmal-pin/vault/random'
import { sealDocument } from '@einmal-pin/vault/seal-document'
import { openJsonFrame, sealJsonFrame } from '@einmal-pin/vault/seal-json'
import { unwrapWithPin } from '@einmal-pin/vault/wrap'
import type { DocumentAnnounced, DraftSaved } from '@einmal-pin/wire/case-session'
import type { Answer, Send } from '@einmal-pin/wire/http-client'
import { MIN_PART_BYTES } from '@einmal-pin/wire/limits'
import type { LoginOutcome } from '@einmal-pin/wire/login'
import { caseClient, portalClient } from '@einmal-pin/wire/portal-client'
import type { Receipt, Submission } from '@einmal-pin/wire/submission'
import type { Credentials } from './person.ts'

/** Sends like a page of `origin` does and keeps its cookies. */
function makeSend(
  origin: string,
  headers: Readonly<Record<string, string>> = {},
): { readonly send: Send; readonly cookies: Map<string, string> } {
  const cookies = new Map<string, string>()
  const send: Send = async (request) => {
    request.headers.set('origin', origin)
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (jar !== '') request.headers.set('cookie', jar)
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    const response = await fetch(request)
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie)
    return response
  }
  return { send, cookies }
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';')
  const at = pair.indexOf('=')
  const value = pair.slice(at + 1)
  if (value === '') cookies.delete(pair.slice(0, at))
  else cookies.set(pair.slice(0, at), value)
}

/** `headers` go with every request, for example an X-Forwarded-For of another network. */
export function makeBrowser(
  origin: string,
  publicOrigin: string = origin,
  headers: Readonly<Record<string, string>> = {},
) {
  const { send, cookies } = makeSend(publicOrigin, headers)
  const portal = portalClient(origin, send)

  /** KE1 and KE2; `finishLoginRequest` is undefined when the browser sees that the PIN is wrong. */
  const start = async ({ identity, password }: Credentials) => {
    const { clientLoginState, startLoginRequest } = await startLogin(password)
    const started = await portal.loginStart({ identity, startLoginRequest })
    if (!started.ok) return started
    const { loginId, loginResponse, pauseOnFailureSeconds } = started.value
    const finished = await finishLogin({ clientLoginState, loginResponse, password })
    return { ok: true, loginId, pauseOnFailureSeconds, finished } as const
  }

  /** The whole login; `wrongPin` when the browser itself sees it. */
  const login = async (credentials: Credentials) => {
    const step = await start(credentials)
    if (!step.ok) return step
    const { loginId, finished, pauseOnFailureSeconds } = step
    if (finished === undefined)
      return { ok: false, code: 'wrongPin', pauseOnFailureSeconds } as const
    const { finishLoginRequest, exportKey } = finished
    const { secondFactor } = credentials
    const outcome = await portal.loginFinish({ loginId, finishLoginRequest, secondFactor })
    return outcome.ok ? ({ ok: true, value: outcome.value, exportKey } as const) : outcome
  }

  /** Logs in and unwraps the secret; throws when the case does not open. */
  const open = async (credentials: Credentials): Promise<OpenCase> => {
    const result = await login(credentials)
    if (!result.ok) throw new Error(`login refused: ${result.code}`)
    if (result.value.outcome !== 'open') throw new Error(`outcome ${result.value.outcome}`)
    return await unlock(origin, send, result.value, result.exportKey)
  }
  return { origin, send, cookies, portal, start, login, open }
}

type OpenOutcome = Extract<LoginOutcome, { outcome: 'open' }>
export type OpenCase = ReturnType<typeof openCaseWith>

async function unlock(origin: string, send: Send, opened: OpenOutcome, exportKey: string) {
  const { caseId, round, wrappedSecret } = opened
  const keys = await deriveCaseKeys(await unwrapWithPin(exportKey, wrappedSecret, caseId, round))
  return openCaseWith(origin, send, { caseId, round, keys, opened })
}

export type CaseContext = {
  readonly caseId: string
  readonly round: number
  readonly keys: CaseKeys
  readonly opened: OpenOutcome
}

export function openCaseWith(origin: string, send: Send, context: CaseContext) {
  const { caseId, round, keys } = context
  const client = caseClient(origin, caseId, send)

  const readPackage = async (): Promise<unknown> => {
    const answer = must(await client.casePackage())
    return (await openJsonFrame(answer, { kind: 'package', caseId, round }, keys)).value
  }

  /** Seals and saves the answers on top of `before`. */
  const save = async (value: unknown, before?: DraftSaved): Promise<Answer<DraftSaved>> => {
    const revision = (before?.revision ?? 0) + 1
    const bytes = await sealJsonFrame({ kind: 'draft', caseId, round, revision, value, keys })
    return await client.saveDraft({
      bytes,
      contentDigest: await makeContentDigest(bytes),
      revision,
      previousEtag: before?.etag ?? null,
    })
  }

  const readDraft = async (): Promise<unknown> => {
    const answer = must(await client.draft())
    return (await openJsonFrame(answer, { kind: 'draft', caseId, round }, keys)).value
  }

  /** Seals a document and makes what announces it, without sending anything. */
  const sealFile = async (content: Uint8Array, slot = 'nachweis'): Promise<SealedFile> => {
    const bytes = await sealDocument(content, keys)
    const id = newDocumentId()
    const sha256 = await sha256Hex(bytes)
    const meta: DocumentMeta = {
      ...{ id, slot, name: 'foto.pdf', type: 'application/pdf', size: content.length },
      ...{ sha256, pages: 1 },
    }
    const metadata = toBase64url(await sealDocumentMeta(meta, { caseId, round }, keys))
    const announcement = { id, size: bytes.length, partSize: MIN_PART_BYTES, sha256, metadata }
    return { bytes, meta, announcement }
  }

  const putPart = async (file: SealedFile, part: number) => {
    const { id, partSize } = file.announcement
    const bytes = file.bytes.slice(part * partSize, (part + 1) * partSize)
    return await client.uploadPart(id, part, {
      bytes,
      contentDigest: await makeContentDigest(bytes),
    })
  }

  /** Announces, uploads every part and completes; throws at the first refusal. */
  const upload = async (content: Uint8Array, slot?: string): Promise<DocumentMeta> => {
    const file = await sealFile(content, slot)
    must(await client.announceDocument(file.announcement))
    const parts = Math.ceil(file.bytes.length / file.announcement.partSize)
    for (let part = 0; part < parts; part += 1) must(await putPart(file, part))
    must(await client.completeDocument(file.announcement.id))
    return file.meta
  }

  /** The sealed submission of a saved draft; attack tests change it before sending. */
  const prepare = async (
    answers: unknown,
    draft: DraftSaved,
    documents: readonly DocumentMeta[] = [],
  ): Promise<Submission> => {
    const sealed = await sealSubmission({
      ...{ caseId, round, draftRevision: draft.revision, answers, documents, keys },
      form: { id: 'test', version: '1', sha256: '0'.repeat(64) },
      declaredAt: new Date().toISOString(),
    })
    return {
      draftRevision: draft.revision,
      draftEtag: draft.etag,
      answers: toBase64url(sealed.answers),
      manifest: toBase64url(sealed.manifest),
      blobs: [...sealed.blobs],
    }
  }

  const submit = (submission: Submission, key = newSecret()): Promise<Answer<Receipt>> =>
    client.submit(submission, key)

  return {
    ...context,
    send,
    client,
    readPackage,
    save,
    readDraft,
    sealFile,
    putPart,
    upload,
    prepare,
    submit,
  }
}

export type SealedFile = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly meta: DocumentMeta
  readonly announcement: DocumentAnnounced
}

/** The value of an answer; throws with its code otherwise. */
export function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`)
  return answer.value
}
