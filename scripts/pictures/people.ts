// The invented people in the pictures, and those who have answered before.
import type { CaseInput } from '@einmal-pin/wire/office-api'
import { FAMILY } from '../../test/e2e/support/family.ts'
import type { Desk } from '../../test/harness/desk.ts'
import { loginDataOf, Person } from '../../test/harness/person.ts'
import { smallPdf } from '../../test/harness/small-pdf.ts'
import { fillIn, sendAndWait } from '../../test/system/support/fill-in.ts'

const asking = (art: string, bezeichnung: string) => ({ art, bezeichnung })

export const PEOPLE = {
  erika: {
    ...{ caseRef: 'DEMO-2026-0101', salutation: 'Frau', firstName: 'Erika', lastName: 'Beispiel' },
    ...{ street: 'Lindenweg', houseNumber: '12 a', postcode: '01099', city: 'Dresden' },
    prefill: {
      anforderungen: [
        asking('studium', 'Studienbescheinigung Sommersemester 2026'),
        asking('rente', 'Rentenbescheid vom Juli 2026'),
      ],
    },
  },
  eva: {
    ...FAMILY,
    ...{ caseRef: 'DEMO-2026-0102', salutation: 'Frau', firstName: 'Eva', lastName: 'Muster' },
    ...{ street: 'Straße der Jugend', houseNumber: '5', postcode: '99084', city: 'Erfurt' },
  },
} satisfies Record<string, Partial<CaseInput>>

const OTHERS: readonly Partial<CaseInput>[] = [
  { caseRef: 'DEMO-2026-0103', firstName: 'Hannelore', lastName: 'Probst' },
  { caseRef: 'DEMO-2026-0104', firstName: 'Franz', lastName: 'Huber' },
  { caseRef: 'DEMO-2026-0105', firstName: 'Aylin', lastName: 'Yıldız' },
]

/** Sends for the others, one document each, so that the inbox is not empty. */
export async function othersAnswer(desk: Desk): Promise<void> {
  for (const other of OTHERS) {
    const letter = await desk.letter(other)
    const opened = await new Person(desk.publicUrl, loginDataOf(letter)).open()
    const paper = await opened.sealPaper(Uint8Array.from(smallPdf('Rentenbescheid')), {
      name: 'Rentenbescheid.pdf',
    })
    await sendAndWait(await fillIn(opened, { papers: [paper] }))
  }
}
