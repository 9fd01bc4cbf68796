// The readable copy of the open case, made in the moment of sending: the answers in words, in the language on screen.
import { summaryOf } from '@einmal-pin/domain/form/summary'
import { localText } from '@einmal-pin/domain/form/text'
import { currentLocale, pathTo } from '../locale/locale.svelte.ts'
import { m } from '../paraglide/messages.js'
import type { CopyLabels, ReadableCopy } from '../receipt-file/readable-copy.ts'
import { tenant } from '../tenant.ts'
import { caseState } from './state.svelte.ts'

const labels = (): CopyLabels => ({
  heading: m.receipt_loading_title(),
  insurer: m.receipt_file_insurer(),
  number: m.receipt_number(),
  received: m.receipt_time(),
  clock: m.receipt_clock(),
  case: m.receipt_case(),
  answers: m.receipt_copy(),
  documents: m.receipt_documents(),
  noDocuments: m.receipt_file_none(),
  name: m.receipt_file_name(),
  size: m.receipt_file_size(),
  fingerprint: m.receipt_file_fingerprint(),
  check: m.receipt_file_check(),
  checkText: m.receipt_file_check_text({ url: `${location.origin}${pathTo('/beleg-pruefen')}` }),
  submission: m.receipt_file_submission(),
  key: m.receipt_file_key(),
  signature: m.receipt_file_signature(),
})

/** Undefined when no case is open. */
export function readableCopy(): ReadableCopy | undefined {
  const { contents, view, documents } = caseState
  if (!contents || !view) return undefined
  const locale = currentLocale()
  const documentName = (id: string) => documents.find((meta) => meta.id === id)?.name
  const sections = summaryOf(view, { locale, documentName }).map(({ title, rows }) => ({
    title,
    rows: rows.filter(({ text }) => text !== '').map(({ label, text }) => ({ label, text })),
  }))
  return {
    lang: locale,
    labels: labels(),
    insurer: tenant.legalName,
    title: localText(contents.form.title, locale),
    caseRef: contents.letter.caseRef,
    sections: sections.filter(({ rows }) => rows.length > 0),
  }
}
