// Letters to look at: the invented people of the demonstration, today's date, and nothing that anybody could use.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  addDays,
  BERLIN,
  type CalendarDate,
  calendarDateIn,
} from '@einmal-pin/domain/calendar-date'
import type { TenantSettings } from '@einmal-pin/domain/tenant'
import { lastDay } from '@einmal-pin/domain/validity'
import { listForms, loadForm } from '@einmal-pin/forms/load-form'
import type { NewCase } from '../cases/case-input.ts'
import { loadedForm, makeFormLibrary } from '../cases/form-library.ts'
import { readCsvTable } from '../import/csv-table.ts'
import { judgeRow } from '../import/import-cases.ts'
import { itemsAskedFor } from '../print/letter-items.ts'
import { readTenantFile } from '../tenant-file.ts'
import type { LetterInput, LetterKind, LetterPerson, LetterVariant } from './letter-input.ts'

const ROOT = join(import.meta.dirname, '../../../..')

export type Specimen = NewCase

export interface Specimens {
  readonly tenant: TenantSettings
  readonly portalUrl: string
  readonly today: CalendarDate
  /** In the order of demo/cases.csv. */
  readonly people: readonly Specimen[]
}

/** The demonstration's people with the settings of this installation. Rejects with ConfigError for a bad tenant file. */
export async function readSpecimens(environment: NodeJS.ProcessEnv): Promise<Specimens> {
  const tenant = await readTenantFile(
    environment['EP_TENANT_FILE'] ?? join(ROOT, 'config/tenant.json'),
  )
  const today = calendarDateIn(BERLIN, new Date())
  const forms = makeFormLibrary(
    await Promise.all(listForms().map(({ id }) => loadedForm(loadForm(id)))),
  )
  const table = readCsvTable(await readFile(join(ROOT, 'demo/cases.csv')))
  const rows = table.ok ? table.value.rows : []
  const people = rows.flatMap((row) => {
    const judged = judgeRow(row, { forms, cardDigits: tenant.cardDigits, today })
    return judged.ok ? [judged.value] : []
  })
  return { tenant, today, people, portalUrl: publicUrlOf(environment) }
}

/** What the office would print (docs/operations/environment.md). */
const publicUrlOf = (environment: NodeJS.ProcessEnv): string =>
  environment['EP_PUBLIC_URL']?.replace(/\/+$/, '') ||
  `http://127.0.0.1:${environment['EP_PORTAL_PORT'] || '8080'}`

export function specimenLetter(
  { tenant, today, portalUrl }: Specimens,
  person: Specimen,
  variant: LetterVariant,
  kind: LetterKind = 'pin',
): LetterInput {
  const form = person.form.definition
  return {
    kind,
    variant,
    letterId: kind === 'reminder' ? 'MUSTER-1-r' : 'MUSTER-1',
    caseRef: person.caseRef,
    letterDate: today,
    pinLetterDate: addDays(today, -tenant.reminderDay),
    lastDay: lastDay(
      kind === 'reminder' ? addDays(today, -tenant.reminderDay) : today,
      tenant.validityDays,
    ),
    reissue: 'none',
    secondFactor: person.secondFactor,
    person: letterPerson(person),
    form,
    items: itemsAskedFor(form, person.prefill),
    ...{ portalUrl, tenant },
  }
}

function letterPerson(person: Specimen): LetterPerson {
  const { firstName, lastName, street, houseNumber, postcode, city, country } = person
  const { salutation, careOf, recipientRole, recipientName } = person
  return {
    ...{ firstName, lastName, street, houseNumber, postcode, city, country },
    ...(salutation !== '' && { salutation }),
    ...(careOf !== '' && { careOf }),
    ...(recipientRole !== '' && { recipientRole }),
    ...(recipientName !== '' && { recipientName }),
  }
}
