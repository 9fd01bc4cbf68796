// `einmal-pin form preview`: a form in the pages that people get, without a case; mistakes are shown instead, and the portal has no such page.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../harness/installation.ts'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/browser.ts'

async function startPreview(folder: string) {
  const cli = join(root, 'apps/office/src/cli/main.ts')
  const child = spawn(process.execPath, [cli, 'form', 'preview', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  for await (const chunk of child.stderr) {
    said += String(chunk)
    const url = /http:\/\/127\.0\.0\.1:\d+\/vorschau/.exec(said)?.[0]
    if (url !== undefined) return { url, child }
  }
  throw new Error(`no preview: ${said}`)
}

test('a form is tried without a case, edited, and shown again', async ({ page, desk }) => {
  const folder = await mkdtemp(join(tmpdir(), 'ep-preview-'))
  await cp(join(root, 'packages/forms/krankengeld'), folder, { recursive: true })
  const { url, child } = await startPreview(folder)
  try {
    await page.goto(url)
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveText('Ihre Arbeitsunfähigkeit')
    await expect(page.getByText('Nichts wird gespeichert oder abgeschickt.')).toBeVisible()
    await expectAccessible(page)
    await page.getByLabel('Unfall', { exact: true }).check()
    await expect(page.getByText(/noch einen eigenen Fragebogen/)).toBeVisible()
    await page.getByRole('button', { name: 'Weiter' }).click()
    await expect(page.locator('.summary')).toBeFocused()
    await page.goto(`${url}#seite=pruefen`)
    await expect(heading).toHaveText('Angaben prüfen')
    await expect(page.getByRole('button', { name: 'Absenden' })).toBeHidden()

    const file = join(folder, 'texts.de.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"Ihre Arbeitsunfähigkeit"', '"Ihre Krankschreibung"'))
    await page.goto(url)
    await expect(heading).toHaveText('Ihre Krankschreibung')
    await writeFile(file, text.replace('"ursache":', '"ursachen":'))
    await page.reload()
    await expect(page.getByText(/texts\.de\.json:\d+:\d+/).first()).toBeVisible()

    const onPortal = await fetch(`${desk.publicUrl}/vorschau`)
    expect(onPortal.status).toBe(404)
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(0)
    await rm(folder, { recursive: true, force: true })
  }
})
