// What the page may ask of the worker that holds the case secret. The secret itself never comes out unsealed.
import type { Disclosure } from '@einmal-pin/vault/disclosure'
import type { DocumentMeta, Manifest } from '@einmal-pin/vault/manifest'
import type { PinRequest } from '@einmal-pin/vault/pin-request'
import type { Receipt, ReceiptStatus, Submission } from '@einmal-pin/wire/submission'
import type { PdfInfo } from '../documents/jpeg-pdf.ts'
import type { Sheet } from '../documents/sheet.ts'
import type { LoginData } from '../login/fields.ts'

export interface Place {
  readonly caseId: string
  readonly round: number
}

export interface LoginOpening {
  readonly identity: string
  readonly secondFactor: string
  readonly startLoginRequest: string
}

export interface SealedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** SHA-256 in hex, which is also the draft's ETag. */
  readonly sha256: string
  readonly contentDigest: string
}

export interface OpenedJson {
  readonly revision: number
  readonly value: unknown
}

export interface SealedDocument {
  readonly file: Blob
  readonly meta: DocumentMeta
  /** Base64url, as the portal takes it. */
  readonly sealedMeta: string
}

export interface SubmissionParts {
  readonly draftRevision: number
  readonly draftEtag: string
  readonly form: { readonly id: string; readonly version: string; readonly sha256: string }
  readonly answers: unknown
  readonly documents: readonly DocumentMeta[]
  readonly declaredAt: string
  /** The readable copy that the person keeps; its digest goes into the manifest. */
  readonly copy: string
}

export interface SealedSubmission {
  readonly submission: Submission
  /** The receipt must name this digest. */
  readonly manifestSha256: string
  /** Opens the manifest and nothing else (vault.md 8.3). */
  readonly manifestKey: string
}

export interface ReceiptKey {
  readonly keyId: string
  readonly publicKey: string
}

export interface VaultApi {
  /** Compiles the login's WASM while the person types. */
  warmUp(): Promise<void>
  startLogin(data: LoginData): Promise<LoginOpening>
  /** Undefined: the PIN is wrong or the person unknown; both look the same. */
  finishLogin(loginResponse: string): Promise<{ finishLoginRequest: string } | undefined>
  unlock(place: Place, wrappedSecret: string): Promise<void>
  /** The case secret for this tab's storage, readable only in the live session. */
  keepSecret(resumeKey: string): Promise<string>
  resume(place: Place, kept: string, resumeKey: string): Promise<void>
  forget(): Promise<void>
  openPackage(bytes: Uint8Array): Promise<OpenedJson>
  openDraft(bytes: Uint8Array): Promise<OpenedJson>
  sealDraft(value: unknown, revision: number): Promise<SealedBytes>
  /** A photo, shrunk and stripped, with what might be wrong with it. Rejects with a `paper.` code. */
  readSheet(photo: Blob): Promise<Sheet>
  bindSheets(sheets: readonly Sheet[], info: PdfInfo): Promise<Blob>
  /** The sheets of a PDF that was bound here; undefined for any other. */
  sheetsIn(document: Blob): Promise<readonly Sheet[] | undefined>
  uprightPicture(sheet: Sheet): Promise<Blob>
  /** Pages of a chosen PDF, 0 if unknown. Rejects with a `paper.` code. */
  checkPdf(file: Blob): Promise<number>
  sealDocument(file: Blob, slot: string, name: string, pages: number): Promise<SealedDocument>
  openDocumentMeta(sealed: string, listed: { id: string; sha256: string }): Promise<DocumentMeta>
  openDocument(bytes: Uint8Array, sha256: string, type: string): Promise<Blob>
  digest(bytes: Uint8Array): Promise<string>
  sealSubmission(parts: SubmissionParts): Promise<SealedSubmission>
  keepCopy(copy: unknown, resumeKey: string): Promise<string>
  openCopy(kept: string, resumeKey: string): Promise<unknown>
  isReceiptTrue(receipt: Receipt, keys: readonly ReceiptKey[]): Promise<boolean>
  /** The manifest of a saved receipt. Rejects with a `disclosure.` code when it proves nothing. */
  checkDisclosure(disclosure: Disclosure, keys: readonly ReceiptKey[]): Promise<Manifest>
  isConfirmed(status: ReceiptStatus): Promise<boolean>
  sealPinRequest(recipient: string, request: PinRequest): Promise<string>
  newId(): Promise<string>
}

export type VaultMethod = keyof VaultApi

export interface VaultCall {
  readonly id: number
  readonly method: VaultMethod
  readonly parameters: readonly unknown[]
}

export type VaultReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string }
