// Little to load: the login form works after at most 60 kB of JavaScript, everything with the cryptography takes 260 kB (gzip).
import { gzippedKilobytes, isProgram, loadLoginPage } from '../harness/login-programs.ts'
import {
  expect,
  expectTaskList,
  fillLogin,
  kvnrField,
  loginButton,
  test,
} from './support/browser.ts'

test('the login form is usable after 60 kB of JavaScript', async ({ page, newDevice, desk }) => {
  const { form } = await loadLoginPage(await newDevice(), desk.publicUrl)
  expect(form.length).toBeGreaterThan(0)
  // A new device with nothing but these files: the form must check its fields all the same.
  const later: string[] = []
  await page.route(
    (url) => isProgram(url.href) && !form.includes(url.href),
    (route) => {
      later.push(route.request().url())
      return route.abort()
    },
  )
  await page.goto(`${desk.publicUrl}/anmelden`)
  await loginButton(page).click()
  await expect(kvnrField(page)).toHaveAccessibleDescription(/Bitte geben Sie Ihre/)
  await kvnrField(page).fill('A123456780')
  await expect(kvnrField(page)).toHaveAccessibleDescription(/^(?!.*Fehler)/)
  expect(later.length).toBeGreaterThan(0)
  expect(await gzippedKilobytes(form)).toBeLessThanOrEqual(60)
})

test('everything that the login loads, the cryptography included, takes 260 kB', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  const { all } = await loadLoginPage(page, desk.publicUrl)
  expect(all.filter((url) => url.endsWith('.wasm'))).toHaveLength(1)
  expect(await gzippedKilobytes(all)).toBeLessThanOrEqual(260)
  // It really was all of the cryptography: the login brings no further program for it.
  const more: string[] = []
  page.context().on('request', (request) => {
    if (isProgram(request.url()) && !all.includes(request.url())) more.push(request.url())
  })
  await fillLogin(page, letter)
  await loginButton(page).click()
  await expectTaskList(page)
  expect(more.filter((url) => /worker|wasm/.test(url))).toEqual([])
})
