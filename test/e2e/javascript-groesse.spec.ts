// Little to load: the login form works after at most 60 kB of JavaScript, everything with the cryptography takes 260 kB (gzip).
import { get } from 'node:http'
import type { Page } from '@playwright/test'
import {
  expect,
  expectTaskList,
  fillLogin,
  kvnrField,
  loginButton,
  test,
} from './support/browser.ts'

const KILOBYTE = 1000
const isProgram = (url: string): boolean => /\.(m?js|wasm)$/.test(new URL(url).pathname)

/** The bytes that go over the line for a client that takes gzip, as the portal really sends them. */
const gzippedSize = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve(bytes))
    }).on('error', reject)
  })

async function totalSize(urls: Iterable<string>): Promise<number> {
  const sizes = await Promise.all([...new Set(urls)].map(gzippedSize))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Files that the page's HTML itself asks for: what must be there before anything works. */
async function firstFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(
      ({ href }) => href,
    ),
  )
}

test('the login form is usable after 60 kB of JavaScript', async ({ page, desk }) => {
  await page.goto(`${desk.publicUrl}/anmelden`)
  const first = new Set(await firstFiles(page))
  expect(first.size).toBeGreaterThan(0)
  // Again with nothing but these files: the form must check its fields all the same.
  const later: string[] = []
  await page.route(
    (url) => isProgram(url.href) && !first.has(url.href),
    (route) => {
      later.push(route.request().url())
      return route.abort()
    },
  )
  await page.reload()
  await loginButton(page).click()
  await expect(kvnrField(page)).toHaveAccessibleDescription(/Bitte geben Sie Ihre/)
  expect(later.length).toBeGreaterThan(0)
  expect(await totalSize(first)).toBeLessThanOrEqual(60 * KILOBYTE)
})

test('everything that the login loads, the cryptography included, takes 260 kB', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  const programs: string[] = []
  page.context().on('request', (request) => {
    if (isProgram(request.url())) programs.push(request.url())
  })
  await page.goto(`${desk.publicUrl}/anmelden`, { waitUntil: 'networkidle' })
  const loaded = new Set(programs)
  expect([...loaded].filter((url) => url.endsWith('.wasm'))).toHaveLength(1)
  expect(await totalSize(loaded)).toBeLessThanOrEqual(260 * KILOBYTE)
  // It really was all of the cryptography: the login brings no further program for it.
  await fillLogin(page, letter)
  await loginButton(page).click()
  await expectTaskList(page)
  expect(programs.filter((url) => /worker|wasm/.test(url) && !loaded.has(url))).toEqual([])
})
