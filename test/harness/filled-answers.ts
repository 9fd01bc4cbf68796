// Fills in bescheinigung-nachreichen as somebody would who has the document at hand.
import type { Answers } from '@einmal-pin/domain/form/answers'
import { withAnswer } from '@einmal-pin/domain/form/edit'
import { applyPrefill } from '@einmal-pin/domain/form/prefill'
import type { CasePackage } from './opened-case.ts'

/** Complete answers: nothing for the office to complain about. `documents` are the ids of the first proof. */
export function filledAnswers(
  { form, prefill }: Pick<CasePackage, 'form' | 'prefill'>,
  documents: readonly string[],
  note = '',
): Answers {
  const answers: readonly (readonly [string, Parameters<typeof withAnswer>[2]])[] = [
    ['anforderungen/k1/vorhanden', documents.length > 0 ? 'jetzt' : 'nicht_moeglich'],
    documents.length > 0
      ? ['anforderungen/k1/dateien', documents]
      : ['anforderungen/k1/grund', 'Der Bescheid ist bei der Rentenversicherung verloren gegangen'],
    ...(note === '' ? [] : [['bemerkung', note] as const]),
    ['ausgefuellt_von', 'selbst'],
    ['erklaerung_richtig', true],
  ]
  return answers.reduce<Answers>(
    (filled, [path, value]) => withAnswer(filled, path, value),
    applyPrefill(form, prefill),
  )
}
