// "Ich habe die PIN verloren": a new one comes by post, the draft is still there, and nobody learns or breaks anything here.
import type { Page } from '@playwright/test'
import { expectOk } from '../harness/desk.ts'
import { type DatabaseUrls, rows } from '../harness/rows.ts'
import { syntheticKvnr } from '../harness/synthetic.ts'
import {
  cardField,
  cardSuffixOf,
  expect,
  expectTaskList,
  kvnrField,
  login,
  test,
  typeLogin,
} from './support/browser.ts'
import { openForm, remark, saved } from './support/form.ts'

const NOTE = 'Schon eingetragen.'

async function orderPin(page: Page, publicUrl: string, kvnr: string, card: string) {
  await page.goto(`${publicUrl}/neue-pin`)
  await kvnrField(page).fill(kvnr)
  await cardField(page).fill(card)
  await page.getByRole('button', { name: 'Neue PIN bestellen' }).click()
  await expect(page.getByRole('heading', { name: 'Ihre Bestellung ist angekommen' })).toBeVisible()
  return page.getByRole('main').textContent()
}

async function saveSomething(page: Page): Promise<void> {
  await openForm(page)
  await remark(page).fill(NOTE)
  await expect(saved(page)).toBeVisible()
}

/** Only once the print centre has reported: its report would overwrite the date. */
async function postedSixDaysAgo(databases: DatabaseUrls, caseId: string): Promise<void> {
  await expect
    .poll(() =>
      rows(
        databases,
        'office',
        `update rounds set posted_on = current_date - 6, made_on = current_date - 6
         where case_id = $1 and posted_on is not null returning round`,
        [caseId],
      ),
    )
    .toHaveLength(1)
}

test('whoever orders gets the same answer, with a case or without', async ({ page, desk }) => {
  const { person } = await desk.letter()
  const known = await orderPin(
    page,
    desk.publicUrl,
    person.kvnr,
    (person.cardNumber ?? '').slice(-6),
  )
  const unknown = await orderPin(page, desk.publicUrl, syntheticKvnr(), '123456')
  expect(known).toBe(unknown)
  await expect(page.getByLabel('Einmal-PIN')).toHaveCount(0)
})

test('an order sends nothing that the portal could read, and always as many bytes', async ({
  page,
  desk,
}) => {
  const bodies: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/pin-requests')) bodies.push(request.postData() ?? '')
  })
  const kvnr = syntheticKvnr()
  await orderPin(page, desk.publicUrl, kvnr, '123456')
  await orderPin(page, desk.publicUrl, syntheticKvnr(), '12.05.1947')
  const [first = '', second = ''] = bodies
  expect(first.length).toBe(second.length)
  expect(first).not.toContain(kvnr)
})

test('ordered online: the old PIN stands until the first login with the new one', async ({
  page,
  newDevice,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await saveSomething(page)
  await postedSixDaysAgo(databases, letter.caseId)
  await orderPin(await newDevice(), desk.publicUrl, letter.person.kvnr, cardSuffixOf(letter))
  const fresh = await desk.arrived(letter.caseId, letter.person, 2)
  expect(fresh.pin).not.toBe(letter.pin)

  const found = await newDevice()
  await login(found, desk.publicUrl, letter)
  const withNew = await newDevice()
  await login(withNew, desk.publicUrl, fresh)
  await openForm(withNew)
  await expect(remark(withNew)).toHaveValue(NOTE)
  const withOld = await newDevice()
  await typeLogin(withOld, desk.publicUrl, letter)
  await expect(withOld.getByText(/durch einen neueren Brief ersetzt/)).toBeVisible()
})

test('ordered at the telephone: the old PIN and its session die at once, the draft stays', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await saveSomething(page)
  expectOk(await desk.office.reissue(letter.caseId, { reason: 'lost' }))
  await expect(page.getByRole('alert')).toContainText('durch einen neueren Brief ersetzt')
  const fresh = await desk.arrived(letter.caseId, letter.person, 2)
  const device = await newDevice()
  await login(device, desk.publicUrl, fresh)
  await openForm(device)
  await expect(remark(device)).toHaveValue(NOTE)
})

test('a stolen letter: the thief finds nothing, the draft begins anew', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await saveSomething(page)
  expectOk(await desk.office.reissue(letter.caseId, { reason: 'stolen' }))
  await expect(page.getByRole('alert')).toBeVisible()
  const fresh = await desk.arrived(letter.caseId, letter.person, 2)
  const device = await newDevice()
  await typeLogin(device, desk.publicUrl, fresh)
  await expectTaskList(device)
  await openForm(device)
  await expect(remark(device)).toHaveValue('')
})
