// Lighthouse gives full marks for accessibility and best practices to information page, login and form. Speed is the benchmark's.
import { findChromium } from '../../scripts/tests/chromium.ts'
import { LighthouseLab } from '../harness/lighthouse.ts'
import { expect, login, test } from './support/browser.ts'

/** Where to go, and the heading by which one sees that the right page was judged. */
const PAGES = [
  ['/', 'Antworten Sie online'],
  ['/anmelden', 'Anmelden'],
  ['/vorgang/formular#seite=unterlagen', 'Ihre Unterlagen'],
] as const

test('full marks for accessibility and best practices', async ({ desk }) => {
  const letter = await desk.letter()
  const lab = await LighthouseLab.open(findChromium() ?? '')
  try {
    await login(lab.page, desk.publicUrl, letter)
    for (const [path, heading] of PAGES) {
      const verdict = await lab.judge(desk.publicUrl + path, ['accessibility', 'best-practices'])
      await expect(lab.page.getByRole('heading', { level: 1 })).toContainText(heading)
      const full = { points: { accessibility: 100, 'best-practices': 100 }, lost: [] }
      expect(verdict, path).toEqual(full)
    }
  } finally {
    await lab.close()
  }
})
