// One submission as the clerk reads it: answers in the form's order, changes against the prefill, proofs, documents, flags.
import { documentSlots } from '@einmal-pin/domain/form/documents'
import { type SummarySection, summaryOf } from '@einmal-pin/domain/form/summary'
import type { InboxDetail } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import type { Actor } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { readInboxItem } from './list-inbox.ts'
import { type OpenedSubmission, openSubmission } from './open-submission.ts'

/** Throws `inbox.none`. */
export async function readInboxDetail(
  office: Office,
  caseId: string,
  actor: Actor,
): Promise<InboxDetail> {
  const opened = await openSubmission(office, caseId, { actor, action: 'submission.read' })
  const item = await readInboxItem(office.database.kysely, caseId)
  if (item === undefined) throw problem('inbox.none')
  const sections = summaryFor(opened)
  return {
    ...item,
    formId: opened.row.form_id,
    formVersion: opened.row.form_version,
    sections: sections.map(({ title, rows }) => ({
      title,
      answers: rows.map(({ path, label, text, known, changed }) => ({
        path,
        label,
        value: text,
        known: known ?? null,
        changed,
      })),
    })),
    proofs: proofsOf(opened, sections),
    documentList: documentList(opened, sections),
    deviations: [...opened.content.deviations],
    documentsOpen: office.config.demo,
  }
}

/** In German and with the documents' own names, as the person saw them on the check page. */
export function summaryFor({ view, documents }: OpenedSubmission): readonly SummarySection[] {
  const names = new Map(documents.map(({ id, name }) => [id, name]))
  return summaryOf(view, { locale: 'de', documentName: (id) => names.get(id) })
}

const WAYS = {
  jetzt: 'hochgeladen',
  spaeter: 'wird nachgereicht',
  nicht_moeglich: 'kann nicht vorgelegt werden',
} as const

function proofsOf({ view }: OpenedSubmission, sections: readonly SummarySection[]) {
  return documentSlots(view)
    .filter(({ required, way }) => required || way !== undefined)
    .map(({ slot, way }) => ({
      label: slotLabel(sections, slot),
      status: way === undefined ? 'fehlt' : WAYS[way],
      note: rowAt(sections, slot)?.row.text ?? '',
    }))
}

export function documentList({ documents }: OpenedSubmission, sections: readonly SummarySection[]) {
  return documents.map(({ id, slot, name, type, size, sha256 }) => ({
    documentId: id,
    slot,
    slotLabel: slotLabel(sections, slot),
    name,
    type,
    size,
    sha256,
    scan: 'unscanned' as const,
  }))
}

function rowAt(sections: readonly SummarySection[], path: string) {
  for (const section of sections) {
    const row = section.rows.find((candidate) => candidate.path === path)
    if (row !== undefined) return { section, row }
  }
  return undefined
}

/** A document whose slot the form does not show is told by the slot's own path: a flag names it too. */
function slotLabel(sections: readonly SummarySection[], slot: string): string {
  const found = rowAt(sections, slot)
  return found === undefined ? slot : `${found.section.title}: ${found.row.label}`
}
