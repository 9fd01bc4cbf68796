// Checks what an authentic frame contains: a browser with a bug is authentic too.
import type { DocumentMeta, FormReference, Manifest, ManifestBlob } from './manifest.ts'

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const SHA256 = /^[0-9a-f]{64}$/

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 1000
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
const isSha256 = (value: unknown): boolean => typeof value === 'string' && SHA256.test(value)

const fits = (value: unknown, shape: Shape): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value)
  if (entries.length !== Object.keys(shape).length) return false
  return entries.every(([key, field]) => Object.hasOwn(shape, key) && shape[key]?.(field) === true)
}

const blobFields = { id: isText, slot: isText, name: isText, type: isText } as const

const META: Shape = { ...blobFields, size: isCount, sha256: isSha256, pages: isCount }
const FORM: Shape = { id: isText, version: isText, sha256: isSha256 }
const BLOB: Shape = {
  ...blobFields,
  kind: (kind) => kind === 'answers' || kind === 'document',
  size: isCount,
  sha256: isSha256,
}

const isForm = (value: unknown): value is FormReference => fits(value, FORM)
const isBlob = (value: unknown): value is ManifestBlob => fits(value, BLOB)

const MANIFEST: Shape = {
  caseId: isText,
  round: isCount,
  draftRevision: isCount,
  form: isForm,
  blobs: (blobs) => Array.isArray(blobs) && blobs.every(isBlob),
  declaredAt: isText,
}

/** Exactly the manifest's fields, with or without that of the readable copy, nothing more. */
export const isManifest = (value: unknown): value is Manifest =>
  fits(value, MANIFEST) || fits(value, { ...MANIFEST, copySha256: isSha256 })

/** Exactly the metadata's fields, nothing more. */
export const isDocumentMeta = (value: unknown): value is DocumentMeta => fits(value, META)
