// The export of one submission: data as JSON, a summary to read, the receipt, the documents, each with its digest.
import { utf8 } from '@einmal-pin/vault/bytes'
import { sha256Hex } from '@einmal-pin/vault/digest'
import type { ExportManifest } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import type { Actor } from '../audit/audit.ts'
import { openCaseKeys } from '../intake/case-keys.ts'
import type { Office } from '../office.ts'
import { decryptDocument, refuseUnscanned } from './documents.ts'
import { type OpenedSubmission, openSubmission } from './open-submission.ts'
import { documentList, summaryFor } from './read-item.ts'
import { documentFileName } from './safe-name.ts'
import { summaryText } from './summary-text.ts'

interface ExportFile {
  readonly path: string
  readonly read: () => Promise<Uint8Array>
}

/** Throws `document.unscanned` outside the demonstration when the submission has documents; `inbox.none`. */
export async function exportManifest(
  office: Office,
  caseId: string,
  actor: Actor,
): Promise<ExportManifest> {
  const files = await exportFiles(office, caseId, actor, 'submission.exported')
  const listed: ExportManifest['files'] = []
  for (const { path, read } of files) {
    const bytes = await read()
    listed.push({ path, size: bytes.length, sha256: await sha256Hex(bytes) })
  }
  return { caseId, files: listed }
}

/** Throws what {@link exportManifest} throws, and `document.none` for a file that is not in it. */
export async function exportFile(
  office: Office,
  caseId: string,
  path: string,
  actor: Actor,
): Promise<Uint8Array> {
  const files = await exportFiles(office, caseId, actor, 'submission.read')
  const file = files.find((candidate) => candidate.path === path)
  if (file === undefined) throw problem('document.none')
  return file.read()
}

async function exportFiles(
  office: Office,
  caseId: string,
  actor: Actor,
  action: 'submission.exported' | 'submission.read',
): Promise<readonly ExportFile[]> {
  const opened = await openSubmission(office, caseId, { actor, action })
  if (opened.documents.length > 0) refuseUnscanned(office)
  const place = { caseId, round: opened.submission.round }
  const texts: readonly (readonly [string, string])[] = [
    ['data.json', `${JSON.stringify(dataOf(opened), null, 2)}\n`],
    ['summary.txt', summaryText(opened)],
    ['receipt.json', `${JSON.stringify(opened.receipt, null, 2)}\n`],
  ]
  const keys = opened.documents.length > 0 ? await openCaseKeys(office, place, actor) : undefined
  return [
    ...texts.map(([path, text]) => ({ path, read: async () => utf8(text) })),
    ...opened.documents.map((blob, index) => ({
      path: documentFileName(index, blob.name, blob.type),
      read: async () => {
        if (keys === undefined) throw problem('document.none')
        return decryptDocument(office, place, blob, keys)
      },
    })),
  ]
}

/** The machine-readable part; keys and values of `answers` are those of the form definition. */
function dataOf(opened: OpenedSubmission) {
  const { row, content, receipt } = opened
  const sections = summaryFor(opened)
  const changed = sections.flatMap(({ rows }) => rows.filter((one) => one.changed))
  return {
    schema: 'einmal-pin/export/1',
    caseId: row.case_id,
    caseRef: row.case_ref,
    kvnr: row.kvnr,
    form: content.manifest.form,
    round: receipt.round,
    receiptNumber: receipt.receiptNumber,
    receivedAt: receipt.receivedAt,
    answers: content.answers,
    changes: changed.map(({ path, label, known, text }) => ({ path, label, known, now: text })),
    deviations: content.deviations,
    documents: documentList(opened, sections).map((one, index) => ({
      ...one,
      file: documentFileName(index, one.name, one.type),
    })),
  }
}
