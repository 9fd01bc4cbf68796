// The office's own look at decrypted answers: the same form module as in the browser, at the receipt's time, with the pinned form.
import { BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { listDocumentIds } from '@einmal-pin/domain/form/documents'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { canonicalJson } from '@einmal-pin/domain/form/identity'
import { issueText } from '@einmal-pin/domain/form/messages'
import { changedAgainstPrefill } from '@einmal-pin/domain/form/summary'
import type { FormContext } from '@einmal-pin/domain/form/view'
import type { Manifest } from '@einmal-pin/vault/manifest'
import type { Deviation } from './content.ts'

export interface Reviewed {
  readonly deviations: readonly Deviation[]
  readonly changes: number
}

export interface ToReview {
  readonly definition: FormDefinition
  readonly prefill: Answers
  readonly answers: Answers
  readonly manifest: Manifest
  readonly receivedAt: Date
  /** The end of the PIN's life; a receipt after it is a flag, for the portal's clock may be wrong. */
  readonly expiresAt: Date
}

export const contextOf = (prefill: Answers, receivedAt: Date): FormContext => ({
  today: calendarDateIn(BERLIN, receivedAt),
  prefill,
})

/** Deviations never refuse a submission (design.md 5): the clerk decides. */
export function review(subject: ToReview): Reviewed {
  const { definition, prefill, answers } = subject
  const context = contextOf(prefill, subject.receivedAt)
  const view = evaluateForm(definition, answers, context)
  const issues = view.steps
    .flatMap((step) => step.errors)
    .map((issue) => ({
      path: issue.path,
      code: issue.code,
      message: issueText(issue, 'de'),
    }))
  return {
    deviations: [...issues, ...oddities(subject, view.answers, context)],
    changes: changedAgainstPrefill(definition, answers, context).length,
  }
}

/** What an honest browser would not send: hidden answers, documents that no answer names, a late receipt. */
function oddities(subject: ToReview, visible: Answers, context: FormContext): readonly Deviation[] {
  const { definition, answers, manifest, receivedAt, expiresAt } = subject
  const found: Deviation[] = []
  const flag = (code: string, message: string) => found.push({ path: '', code, message })
  if (canonicalJson(visible) !== canonicalJson(answers)) {
    flag('answers.hidden', 'Es kamen Angaben an, die das Formular so nicht zeigt.')
  }
  const named = new Set(listDocumentIds(definition, answers, context))
  const sent = manifest.blobs.filter(({ kind }) => kind === 'document').map(({ id }) => id)
  if (sent.some((id) => !named.has(id))) {
    flag('documents.unnamed', 'Es kam ein Dokument an, das keiner Angabe zugeordnet ist.')
  }
  if ([...named].some((id) => !sent.includes(id))) {
    flag(
      'documents.missing',
      'Ein Dokument, das in den Angaben genannt ist, wurde nicht mitgeschickt.',
    )
  }
  if (receivedAt.getTime() >= expiresAt.getTime()) {
    flag('receipt.late', 'Der Eingang liegt nach dem letzten Gültigkeitstag der PIN.')
  }
  return found
}
