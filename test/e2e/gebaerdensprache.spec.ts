// The page with the films: played with the browser's own controls, captioned in the language of the page, and in words.
import { expect, test } from './support/browser.ts'

test('the film plays from any place in it, with captions in the language of the page', async ({
  page,
  desk,
}) => {
  await page.goto(`${desk.publicUrl}/`)
  await page.getByRole('link', { name: /Gebärdensprache und Film/ }).click()
  const film = page.locator('video').last()
  await expect(film).toBeVisible()
  await film.focus()
  await expect
    .poll(() => film.evaluate((video: HTMLVideoElement) => Number.isFinite(video.duration)))
    .toBe(true)
  const end = await film.evaluate((video: HTMLVideoElement) => {
    video.currentTime = video.duration - 2
    return new Promise<number>((resolve) => {
      video.addEventListener('seeked', () => resolve(video.currentTime), { once: true })
    })
  })
  expect(end).toBeGreaterThan(50)
  const shown = await film.evaluate((video: HTMLVideoElement) =>
    [...video.textTracks].filter(({ mode }) => mode === 'showing').map(({ language }) => language),
  )
  expect(shown).toEqual(['de'])
  await expect(page.getByRole('link', { name: /Film herunterladen/ }).first()).toBeVisible()
})
