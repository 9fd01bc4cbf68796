// Path parameters and headers that several routes share.
import { CaseIdShape, DocumentIdShape, strict } from '@einmal-pin/wire/primitives'
import { Type } from 'typebox'

export const CaseParams = Type.Object({ caseId: CaseIdShape }, strict)

export const DocumentParams = Type.Object(
  { caseId: CaseIdShape, documentId: DocumentIdShape },
  strict,
)

export const PartParams = Type.Object(
  {
    caseId: CaseIdShape,
    documentId: DocumentIdShape,
    part: Type.String({ pattern: '^(0|[1-9][0-9]{0,2})$' }),
  },
  strict,
)

const ETAG = /^"([0-9a-f]{64})"$/

/** The digest in an ETag of ours, undefined for anything else. */
export const parseEtag = (header: string | undefined): string | undefined =>
  ETAG.exec(header ?? '')?.[1]

export const quoted = (etag: string): string => `"${etag}"`
