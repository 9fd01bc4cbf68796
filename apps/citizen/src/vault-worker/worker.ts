// The worker that holds the case secret: login, sealing and photos, away from the page's thread.

import { verifyAcknowledgement } from '@einmal-pin/vault/acknowledgement'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { makeContentDigest } from '@einmal-pin/vault/digest'
import { checkDisclosure } from '@einmal-pin/vault/disclosure'
import { sealPinRequest } from '@einmal-pin/vault/pin-request'
import { newId } from '@einmal-pin/vault/random'
import { verifyReceipt } from '@einmal-pin/vault/receipt'
import { VaultError } from '@einmal-pin/vault/vault-error'
import { unwrapWithPin } from '@einmal-pin/vault/wrap'
import { PaperError } from '../documents/paper-error.ts'
import { checkPdf } from '../documents/pdf-check.ts'
import { bindSheets, readSheet, sheetsIn, uprightPicture } from '../documents/photo.ts'
import type { Attempt } from './login-half.ts'
import * as opening from './opened-case.ts'
import type { VaultApi, VaultCall, VaultReply } from './protocol.ts'
import * as sealing from './sealing.ts'

let attempt: Attempt | undefined
let exportKey: string | undefined
let openedCase: opening.OpenedCase | undefined

const loginHalf = () => import('./login-half.ts')

function opened(): opening.OpenedCase {
  if (openedCase === undefined) throw new VaultError('worker.noCase')
  return openedCase
}

const api: VaultApi = {
  warmUp: async () => (await loginHalf()).opaqueReady(),
  startLogin: async (data) => {
    const begun = await (await loginHalf()).beginLogin(data)
    attempt = begun.attempt
    return begun.opening
  },
  finishLogin: async (loginResponse) => {
    if (attempt === undefined) throw new VaultError('worker.noAttempt')
    const result = await (await loginHalf()).endLogin(attempt, loginResponse)
    attempt = undefined
    exportKey = result?.exportKey
    return result && { finishLoginRequest: result.finishLoginRequest }
  },
  unlock: async (place, wrappedSecret) => {
    const { caseId, round } = place
    const secret = await unwrapWithPin(exportKey ?? '', wrappedSecret, caseId, round)
    exportKey = undefined
    openedCase = await opening.openCase(place, secret)
  },
  keepSecret: (resumeKey) => opening.keepSecretOf(opened(), resumeKey),
  resume: async (place, kept, resumeKey) => {
    openedCase = await opening.resumeCase(place, kept, resumeKey)
  },
  forget: async () => {
    attempt = undefined
    exportKey = undefined
    openedCase = undefined
  },
  openPackage: (bytes) => opening.openFrameOf(opened(), 'package', bytes),
  openDraft: (bytes) => opening.openFrameOf(opened(), 'draft', bytes),
  sealDraft: (value, revision) => opening.sealDraftOf(opened(), value, revision),
  ...{ readSheet, bindSheets, sheetsIn, uprightPicture, checkPdf },
  sealDocument: (file, slot, name, pages) =>
    sealing.sealPaper(opened(), { file, slot, name, pages }),
  openDocumentMeta: (sealed, listed) => sealing.openMeta(opened(), sealed, listed),
  openDocument: (bytes, sha256, type) => sealing.openPaper(opened(), bytes, sha256, type),
  digest: makeContentDigest,
  sealSubmission: (parts) => sealing.sealEverything(opened(), parts),
  keepCopy: (copy, resumeKey) => opening.keepCopyOf(opened().caseId, copy, resumeKey),
  openCopy: (kept, resumeKey) => opening.openCopyOf(opened().caseId, kept, resumeKey),
  isReceiptTrue: async (receipt, keys) =>
    receipt.caseId === opened().caseId && (await verifyReceipt(receipt, keys)),
  checkDisclosure,
  isConfirmed: async (status) =>
    status.delivery === 'confirmed' &&
    (await verifyAcknowledgement(status.receipt, status.acknowledgement, opened().keys)),
  sealPinRequest: async (recipient, request) =>
    toBase64url(await sealPinRequest(recipient, request)),
  newId: async () => newId(),
}

async function answer({ id, method, parameters }: VaultCall): Promise<VaultReply> {
  try {
    const run = api[method] as (...parameters: readonly unknown[]) => Promise<unknown>
    return { id, ok: true, value: await run(...parameters) }
  } catch (error) {
    const known = error instanceof VaultError || error instanceof PaperError
    const code = known ? error.code : 'worker.failed'
    return { id, ok: false, code }
  }
}

addEventListener('message', async (event: MessageEvent<VaultCall>) => {
  postMessage(await answer(event.data))
})
