// How fast pages are on a phone by Lighthouse, and how fast a large form reacts to an answer on a slow one.
import type { Answers } from '@einmal-pin/domain/form/answers'
import { withAnswer } from '@einmal-pin/domain/form/edit'
import { applyPrefill } from '@einmal-pin/domain/form/prefill'
import { loadForm } from '@einmal-pin/forms/load-form'
import { type Browser, chromium, type Page } from '@playwright/test'
import { login } from '../e2e/support/browser.ts'
import { expectOk } from '../harness/desk.ts'
import { type Installation, startInstallation } from '../harness/installation.ts'
import { LighthouseLab } from '../harness/lighthouse.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { fixedLoop, slowDown } from './support/fixed-loop.ts'
import { median, report, round } from './support/report.ts'

const RUNS = 5
const SLOWED = 6
const CHILDREN = 12
const CHANGES = 21
const REACTION_GOAL = 50

const PAGES = [
  ['information page', '/'],
  ['login', '/anmelden'],
  ['a page of a form', '/vorgang/formular#seite=unterlagen'],
] as const

const executablePath = process.env['EP_CHROMIUM'] ?? '/usr/bin/chromium'
const milliseconds = (value: number) => `${round(value, 1)} ms`

async function lighthousePoints(at: Installation) {
  const lab = await LighthouseLab.open(executablePath)
  try {
    await login(lab.page, at.publicUrl, await at.letter())
    const rows: { readonly what: string; readonly points: number; readonly loop: number }[] = []
    for (const [what, path] of PAGES) {
      const points: number[] = []
      const loops: number[] = []
      for (let run = 0; run < RUNS; run += 1) {
        const verdict = await lab.judge(at.publicUrl + path, ['performance'])
        points.push(verdict.points.performance ?? 0)
        loops.push(await fixedLoop(lab.page))
      }
      rows.push({ what, points: median(points), loop: median(loops) })
    }
    return rows
  } finally {
    await lab.close()
  }
}

/** A family of twelve children of which every question is answered as most would. */
function largeFamily(): { readonly prefill: Record<string, unknown>; readonly answers: Answers } {
  const angehoerige = Array.from({ length: CHILDREN }, (_, child) => ({
    vorname: `Kind ${child + 1}`,
    geburtsjahr: 2006 + child,
  }))
  const prefill = {
    zeitraum_von: '2025-11-01',
    zeitraum_bis: '2026-10-31',
    mitglied_vorname: 'Eva',
    mitglied_name: 'Muster',
    angehoerige,
  }
  const answers = angehoerige.reduce<Answers>(
    (filled, { geburtsjahr }, child) =>
      Object.entries({
        weiterhin: 'ja',
        name: 'Muster',
        geburtsdatum: `${geburtsjahr}-05-06`,
        abw_anschrift: 'nein',
        verwandtschaft: 'leiblich',
        eigene_kv: 'nein',
        beschaeftigung: 'nein',
        selbststaendig: 'nein',
        rente: 'nein',
        sonstige_einkuenfte: ['keine'],
      }).reduce((more, [key, value]) => {
        return withAnswer(more, `angehoerige/k${child + 1}/${key}`, value)
      }, filled),
    applyPrefill(loadForm('familienversicherung'), prefill as never),
  )
  return { prefill, answers }
}

async function openLargeFamily(page: Page, at: Installation): Promise<void> {
  const { prefill, answers } = largeFamily()
  const letter = await at.letter({ formId: 'familienversicherung', prefill })
  const elsewhere = await new Person(at.publicUrl, loginDataOf(letter)).open()
  expectOk(await elsewhere.save({ answers, documents: [] }))
  await login(page, at.publicUrl, letter)
  await page.goto(`${at.publicUrl}/vorgang/formular#seite=angehoerige%2Fk${CHILDREN}`)
  await page.locator('main form fieldset').first().waitFor()
}

/** From the click on an answer until everything that follows from it is laid out, milliseconds. */
const reaction = (page: Page, changes: number): Promise<readonly number[]> =>
  page.evaluate(async (times) => {
    const name = [...document.querySelectorAll<HTMLInputElement>('main input[type=radio]')].find(
      (input) => input.name.endsWith('beschaeftigung'),
    )?.name
    const radios = document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)
    if (radios.length !== 2) throw new Error('the question is not on the page')
    const spent: number[] = []
    for (let change = 0; change < times; change += 1) {
      const begun = performance.now()
      radios[change % 2]?.click()
      // Svelte brings the page up to date in a microtask; reading the height makes the browser lay it out.
      await Promise.resolve()
      document.body.getBoundingClientRect()
      spent.push(performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    return spent
  }, changes)

async function formReaction(browser: Browser, at: Installation) {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await openLargeFamily(page, at)
  const free = median(await reaction(page, CHANGES))
  await slowDown(page, SLOWED)
  const slowed = median(await reaction(page, CHANGES))
  const loop = await fixedLoop(page)
  await page.close()
  return { free, slowed, loop }
}

const at = await startInstallation({ EP_LOGINS_PER_MINUTE: '1000000' })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const form = await formReaction(browser, at)
  const points = await lighthousePoints(at)
  report({
    name: 'pages',
    title: 'Pages on a phone',
    how: `Lighthouse's mobile profile (a slow phone on a slow line, simulated), median of ${RUNS} loads each, the form page in a tab that is logged in. Reaction: from the click on an answer of the twelfth child in the Familienversicherung with ${CHILDREN} children until the page is laid out anew, median of ${CHANGES} answers, main thread slowed ${SLOWED} times by DevTools. The loop is always the same twenty million steps on the same thread.`,
    figures: [
      ...points.map(({ what, points: value, loop }) => ({
        what: `Lighthouse performance, ${what}`,
        value: `${value} points`,
        against: `fixed loop ${milliseconds(loop)}`,
        ratio: '',
        goal: '100',
        met: value === 100,
      })),
      {
        what: `reaction to an answer, ${CHILDREN} children, CPU slowed ${SLOWED} times`,
        value: milliseconds(form.slowed),
        against: `fixed loop ${milliseconds(form.loop)}; not slowed ${milliseconds(form.free)}`,
        ratio: String(round(form.slowed / form.loop)),
        goal: `${REACTION_GOAL} ms`,
        met: form.slowed <= REACTION_GOAL,
      },
    ],
  })
} finally {
  await browser.close()
  await at.remove()
}
