// "Wie sicher ist die Einmal-PIN?": slips cost nothing, wrong tries cost time, a spent or frozen PIN opens nothing.
import { rows } from '../harness/rows.ts'
import {
  cardField,
  cardSuffixOf,
  expect,
  expectTaskList,
  fillLogin,
  kvnrField,
  login,
  loginButton,
  pinField,
  test,
  typeLogin,
} from './support/browser.ts'
import { loginAsClerk } from './support/clerk.ts'
import { fillAndSend } from './support/form.ts'
import { refusal, tryLogin, wrongPin } from './support/login-mistakes.ts'

test('after sending the right PIN says only when it was sent', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  const number = await fillAndSend(page)
  const later = await newDevice()
  await typeLogin(later, desk.publicUrl, letter)
  await expect(later.getByText(/Sie haben Ihre Angaben bereits abgeschickt am \d/)).toBeVisible()
  await expect(later.getByText(number)).toBeVisible()
  await expect(later).toHaveURL(/\/anmelden$/)
})

test('a slip is named at its field, without a request', async ({ page, desk }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${desk.publicUrl}/anmelden`)
  await kvnrField(page).fill('A123456789')
  await cardField(page).fill('1234')
  await pinField(page).fill('1234 5678 9012 3456')
  await loginButton(page).click()
  const summary = page.getByRole('region', { name: /Bitte prüfen Sie diese Angaben \(3\)/ })
  await expect(summary).toBeFocused()
  await expect(kvnrField(page)).toHaveAccessibleDescription(/Tippfehler/)
  await expect(cardField(page)).toHaveAccessibleDescription(/die letzten 6 Ziffern/)
  await expect(pinField(page)).toHaveAccessibleDescription(/Das zählt nicht als Versuch/)
  await summary.getByRole('link', { name: /Einmal-PIN/ }).click()
  await expect(pinField(page)).toBeFocused()
  expect(asked.filter((url) => url.includes('/api/v1/login'))).toEqual([])
})

test('after five wrong tries it says how long to wait and goes on by itself', async ({
  page,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  await page.clock.install()
  await page.goto(`${desk.publicUrl}/anmelden`)
  await fillLogin(page, letter, { pin: wrongPin(letter) })
  for (let tries = 1; tries <= 5; tries += 1) {
    await tryLogin(page)
    await expect(refusal(page)).toBeVisible()
  }
  await expect(page.getByText('Bitte warten Sie einen Moment')).toBeVisible()
  await expect(page.getByRole('timer')).toHaveText(/^0:(2\d|30)/)
  await page.clock.fastForward(10_000)
  await expect(page.getByRole('timer')).toHaveText(/^0:(1\d|20)/)

  await pinField(page).fill(letter.pin)
  await loginButton(page).click()
  await expect(page.getByText(/Danach melden wir Sie von selbst an/).last()).toBeVisible()
  // The portal's half minute passes at once, the page's with its clock.
  await rows(databases, 'portal', 'update network_attempts set not_before = now()')
  await page.clock.fastForward(25_000)
  await expectTaskList(page)
})

test('nobody elsewhere is locked out by wrong tries', async ({ desk, page, databases }) => {
  const letter = await desk.letter()
  await page.goto(`${desk.publicUrl}/anmelden`)
  await fillLogin(page, letter, { pin: wrongPin(letter) })
  for (let tries = 1; tries <= 5; tries += 1) await tryLogin(page)
  // The same five tries, as if they had come from another network.
  await rows(
    databases,
    'portal',
    "update network_attempts set network = 'elsewhere' || network where failures >= 5",
  )
  await login(page, desk.publicUrl, letter)
})

test('a frozen PIN shows "gesperrt" to the right PIN and to the clerk', async ({
  page,
  newDevice,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  await rows(
    databases,
    'portal',
    'update pins set second_factor_failures = 19 where case_id = $1',
    [letter.caseId],
  )
  const wrongCard = cardSuffixOf(letter) === '123456' ? '654321' : '123456'
  await typeLogin(page, desk.publicUrl, letter, { secondFactor: wrongCard })
  await expect(refusal(page)).toBeVisible()
  await rows(databases, 'portal', "update pins set second_factor_not_before = 'epoch'")
  const again = await newDevice()
  await typeLogin(again, desk.publicUrl, letter)
  await expect(again.getByText(/Diese PIN ist gesperrt/)).toBeVisible()

  const clerk = await newDevice()
  await loginAsClerk(clerk, desk.officeUrl)
  await clerk.goto(`${desk.officeUrl}/vorgang?id=${letter.caseId}`)
  await expect(clerk.getByText(/^gesperrt\./)).toBeVisible()
})

test('the birth date goes into the same field when the letter asks for it', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter({ secondFactor: 'birthdate', birthDate: '1947-05-12' })
  await typeLogin(page, desk.publicUrl, letter, { secondFactor: '12.05.1947' })
  await expectTaskList(page)
})

test('the three items may be typed with spaces and in small letters', async ({ page, desk }) => {
  const letter = await desk.letter()
  await page.goto(`${desk.publicUrl}/anmelden`)
  await kvnrField(page).fill(` ${letter.person.kvnr.toLowerCase()} `)
  await cardField(page).fill(cardSuffixOf(letter).replace(/(...)/, '$1 '))
  await pinField(page).fill(letter.pin.replace(/(....)/g, '$1 '))
  await loginButton(page).click()
  await expectTaskList(page)
})
