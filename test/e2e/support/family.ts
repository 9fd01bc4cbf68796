// Filling in `familienversicherung` as a person does: page by page, question by question.
import { expect, type Page } from '@playwright/test'

const PREFILL = {
  zeitraum_von: '2025-11-01',
  zeitraum_bis: '2026-10-31',
  mitglied_vorname: 'Eva',
  mitglied_name: 'Muster',
  angehoerige: [{ vorname: 'Mia', geburtsjahr: 2012 }],
}
/** A case whose letter knows the parent and one child. */
export const FAMILY = { formId: 'familienversicherung', prefill: PREFILL }

export const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
export const next = (page: Page) =>
  page.getByRole('button', { name: 'Weiter', exact: true }).click()

/** The group of buttons or boxes that belongs to a question. */
export const question = (page: Page, name: string | RegExp) => page.getByRole('group', { name })
export const answer = (page: Page, name: string | RegExp, choice: string) =>
  question(page, name).getByLabel(choice, { exact: true }).check()

export async function openFirstPage(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Jetzt ausfüllen' }).click()
  await expect(title(page, 'Angaben zu Ihnen')).toBeVisible()
}

export async function fillMember(page: Page, status: string): Promise<void> {
  await answer(page, 'Familienstand', status)
  await answer(page, /Familienstand im Zeitraum geändert/, 'Nein')
  await answer(page, /Ihre Anschrift geändert/, 'Nein')
}

/** The questions about one person that nobody is spared. */
async function fillPerson(page: Page, birthDate: string): Promise<void> {
  await page.getByLabel('Nachname', { exact: true }).fill('Muster')
  await page.getByLabel('Geburtsdatum', { exact: true }).fill(birthDate)
  await answer(page, /andere Anschrift als Sie/, 'Nein')
  await answer(page, 'Verwandtschaft', 'leibliches Kind')
  await answer(page, /eigene Krankenversicherung/, 'Nein')
  await answer(page, /im Zeitraum beschäftigt/, 'Nein')
  await answer(page, /selbstständig/, 'Nein')
  await answer(page, /Rente oder Versorgungsbezüge/, 'Nein')
  await answer(page, 'Sonstige Einkünfte', 'keine')
}

/** Every page of the form for a single parent with one known child, up to the task list. */
export async function fillFamily(page: Page, child: string): Promise<void> {
  await openFirstPage(page)
  await fillMember(page, 'ledig')
  await next(page)
  await expect(title(page, 'Ihre Angehörigen')).toBeVisible()
  await next(page)
  await expect(title(page, child)).toBeVisible()
  await answer(page, /Familienversicherung weitergehen/, 'Ja, weiter versichern')
  await fillPerson(page, '05.06.2012')
  await next(page)
  await expect(title(page, 'Neue Angehörige')).toBeVisible()
  await answer(page, /weitere Angehörige anmelden/, 'Nein')
  await next(page)
  await expect(title(page, 'Erklärungen')).toBeVisible()
  await page.getByLabel(/Meine Angehörigen sind einverstanden/).check()
  await next(page)
  await expect(page.getByText('5 von 5 Abschnitten ausgefüllt')).toBeVisible()
}
