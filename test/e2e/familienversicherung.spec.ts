// A form of several pages: what is known is filled in, questions follow from answers, people are added and removed, slips are named.
import type { Page } from '@playwright/test'
import { expect, login, test } from './support/browser.ts'
import { loginAsClerk } from './support/clerk.ts'
import {
  answer,
  FAMILY,
  fillFamily,
  fillMember,
  next,
  openFirstPage,
  question,
  title,
} from './support/family.ts'
import { saved } from './support/form.ts'
import { inboxItem } from './support/inbox.ts'

const errors = (page: Page) => page.getByRole('region', { name: /Bitte prüfen Sie diese Angaben/ })

test('what the letter knows is filled in and can be changed', async ({ page, desk }) => {
  const letter = await desk.letter(FAMILY)
  await login(page, desk.publicUrl, letter)
  await openFirstPage(page)
  const name = page.getByLabel('Ihr Nachname')
  await expect(page.getByLabel('Ihr Vorname')).toHaveValue('Eva')
  await expect(name).toHaveValue('Muster')
  await name.fill('Muster-Neu')
  await name.blur()
  await expect(page.getByText('Bisher bei uns: Muster', { exact: true })).toBeVisible()
  await expect(saved(page)).toBeVisible()
  await page.reload()
  await expect(name).toHaveValue('Muster-Neu')
})

test('gaps are named in a summary with the focus, and each leads to its field', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter(FAMILY)
  await login(page, desk.publicUrl, letter)
  await openFirstPage(page)
  await page.getByLabel('Ihr Nachname').fill('')
  await next(page)
  await expect(errors(page)).toBeFocused()
  await expect(errors(page).getByRole('listitem')).toHaveCount(4)
  await errors(page)
    .getByRole('link', { name: /Ihr Nachname/ })
    .click()
  await expect(page.getByLabel('Ihr Nachname')).toBeFocused()
  await expect(page.getByLabel('Ihr Nachname')).toHaveAccessibleDescription(/\S/)
  await expect(title(page, 'Angaben zu Ihnen')).toBeVisible()
  await page.getByLabel('Ihr Nachname').fill('Muster')
  await fillMember(page, 'ledig')
  await next(page)
  await expect(title(page, 'Ihre Angehörigen')).toBeFocused()
})

test('an answer brings its questions and its page, and takes them away again', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter(FAMILY)
  await login(page, desk.publicUrl, letter)
  await openFirstPage(page)
  await fillMember(page, 'verheiratet')
  await answer(page, /Familienstand im Zeitraum geändert/, 'Ja')
  await expect(page.getByLabel('Seit wann?')).toBeVisible()
  await page.getByLabel('Seit wann?').fill('31.02.2026')
  await page.getByLabel('Seit wann?').blur()
  await expect(page.getByLabel('Seit wann?')).toHaveAccessibleDescription(/\S/)
  await page.getByLabel('Seit wann?').fill('1.3.2026')
  await page.getByLabel('Seit wann?').blur()
  await expect(page.getByLabel('Seit wann?')).toHaveValue('01.03.2026')
  await next(page)
  await expect(title(page, 'Ehegatte oder Lebenspartner')).toBeVisible()
  await page.getByRole('link', { name: 'Zurück', exact: true }).click()
  await answer(page, 'Familienstand', 'ledig')
  await expect(page.getByLabel('Seit wann?')).toHaveCount(0)
  await next(page)
  await expect(title(page, 'Ihre Angehörigen')).toBeVisible()
})

test('people are added and removed, and a proof is asked for only where it is needed', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter(FAMILY)
  await login(page, desk.publicUrl, letter)
  await page.getByRole('link', { name: 'Neue Angehörige', exact: true }).click()
  await answer(page, /weitere Angehörige anmelden/, 'Ja')
  await page.getByRole('button', { name: 'Weitere Person anmelden' }).click()
  await page.getByLabel('Vorname', { exact: true }).fill('Ben')
  await expect(question(page, /Geburts- oder Heiratsurkunde/)).toHaveCount(0)
  await answer(page, 'Anlass', 'Geburt')
  await expect(question(page, /Geburts- oder Heiratsurkunde/)).toBeVisible()
  await answer(page, 'Anlass', 'Zuzug aus dem Ausland')
  await expect(question(page, /Geburts- oder Heiratsurkunde/)).toHaveCount(0)
  await expect(saved(page)).toBeVisible()

  await page.goto(`${desk.publicUrl}/vorgang`)
  await page.getByRole('link', { name: 'Neue Angehörige', exact: true }).click()
  await page.getByRole('button', { name: 'Weitere Person anmelden' }).click()
  await page.getByLabel('Vorname', { exact: true }).fill('Cara')
  await page.getByRole('link', { name: 'Zurück', exact: true }).click()
  await expect(title(page, 'Ben')).toBeVisible()
  await page.goto(`${desk.publicUrl}/vorgang`)
  await page.getByRole('link', { name: 'Neue Angehörige', exact: true }).click()
  await page.getByRole('button', { name: 'Entfernen Ben' }).click()
  const people = page.getByRole('region', { name: 'Neue Angehörige' })
  await expect(people.getByRole('link', { name: 'Ben' })).toHaveCount(0)
  await expect(people.getByRole('link', { name: 'Cara' })).toBeVisible()
  // Whom the insurer knows cannot be removed, only reported as ended.
  await page.goto(`${desk.publicUrl}/vorgang`)
  await page.getByRole('link', { name: 'Ihre Angehörigen', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Mia', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Entfernen Mia' })).toHaveCount(0)
})

test('page by page to the end, and the office sees what was changed', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter(FAMILY)
  await login(page, desk.publicUrl, letter)
  await fillFamily(page, 'Mia')
  await page.getByRole('button', { name: 'Angaben prüfen' }).click()
  await page.getByRole('link', { name: /Ändern.*Angaben zu Ihnen/ }).click()
  await page.getByLabel('Ihr Vorname').fill('Eva-Maria')
  await next(page)
  await page.getByRole('link', { name: 'Zur Übersicht' }).click()
  await page.getByRole('button', { name: 'Angaben prüfen' }).click()
  await page.getByLabel('Ich selbst').check()
  await page.getByLabel(/Meine Angaben sind vollständig und richtig/).check()
  await page.getByRole('button', { name: 'Absenden', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: /eingegangen/ })).toBeVisible()
  await expect(page.getByText('Von Ihrer Krankenkasse bestätigt')).toBeVisible()

  const { deviations } = await inboxItem(desk, letter.caseId)
  expect(deviations).toEqual([])
  const clerk = await newDevice()
  await loginAsClerk(clerk, desk.officeUrl)
  await clerk.goto(`${desk.officeUrl}/einsendung?id=${letter.caseId}`)
  const changed = clerk.getByRole('definition').filter({ hasText: 'geändert' })
  await expect(changed.filter({ hasText: 'Eva-Maria' })).toBeVisible()
  await expect(clerk.locator('del').getByText('Eva', { exact: true })).toBeVisible()
  const sections = clerk.getByRole('heading', { level: 2 })
  await expect(sections.first()).toHaveText('Angaben zu Ihnen')
})
