// In the browser: the time to unlock on a main thread slowed down six times, and the JavaScript that a login needs.
import { toBase64url } from '@einmal-pin/vault/base64url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { expectOk, type Letter } from '../harness/desk.ts'
import { startInstallation } from '../harness/installation.ts'
import { gzippedKilobytes, loadLoginPage } from '../harness/login-programs.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { median, report, round } from './support/report.ts'
import { servePage } from './support/serve-page.ts'
import type { UnlockBench } from './support/unlock/page.ts'

const SLOWED = 6
const ROUNDS = 5
type Bench = { readonly bench: UnlockBench }
const ask = <T, A>(
  page: Page,
  work: (bench: UnlockBench, argument: A) => Promise<T>,
  argument: A,
) =>
  page.evaluate(
    ([source, given]) =>
      new Function('bench', 'argument', `return (${source})(bench, argument)`)(
        (globalThis as unknown as Bench).bench,
        given,
      ) as Promise<T>,
    [String(work), argument] as const,
  )

/** One real login through the page's code; the portal's answers come and go outside the measured time. */
async function unlock(page: Page, origin: string, letter: Letter): Promise<number> {
  const person = new Person(origin, loginDataOf(letter))
  const { kvnr, pin, secondFactor } = loginDataOf(letter)
  const data = { kvnr, pin, factor: { kind: 'card', digits: secondFactor } }
  const opening = await ask(page, (bench, given) => bench.begin(given as never), data)
  const { identity, startLoginRequest } = opening
  const started = expectOk(await person.portal.loginStart({ identity, startLoginRequest }))
  const { loginId, loginResponse } = started
  const finishLoginRequest = await ask(page, (bench, given) => bench.finish(given), loginResponse)
  const finish = {
    loginId,
    finishLoginRequest: finishLoginRequest ?? '',
    secondFactor: opening.secondFactor,
  }
  const outcome = expectOk(await person.portal.loginFinish(finish))
  if (outcome.outcome !== 'open') throw new Error(`login heard ${outcome.outcome}`)
  const { caseId, round: ofRound, wrappedSecret } = outcome
  const sealed = await fetchPackage(person, caseId)
  await ask(page, (bench, [place, wrapped, bytes]) => bench.unlock(place, wrapped, bytes), [
    { caseId, round: ofRound },
    wrappedSecret,
    sealed,
  ] as const)
  return ask(page, (bench) => bench.takeSpent(), null)
}

async function fetchPackage({ origin, line }: Person, caseId: string): Promise<string> {
  const request = new Request(`${origin}/api/v1/cases/${caseId}/package`)
  const response = await line.send(request)
  return toBase64url(new Uint8Array(await response.arrayBuffer()))
}

async function unlockTimes(browser: Browser, url: string, origin: string, letter: Letter) {
  const page = await browser.newPage()
  await page.goto(url)
  await ask(page, (bench) => bench.ready(), null)
  const { kvnr, pin } = loginDataOf(letter)
  const devtools = await page.context().newCDPSession(page)
  const measure = async (rate: number) => {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate })
    const all = []
    for (let index = 0; index < ROUNDS; index += 1) all.push(await unlock(page, origin, letter))
    const stretch = await ask(page, (bench, given) => bench.stretch(given as never), { kvnr, pin })
    return { all: median(all), stretch }
  }
  const [free, slowed] = [await measure(1), await measure(SLOWED)]
  await page.close()
  return { free, slowed }
}

/** Gzipped bytes as the portal sends them: until the form is usable, and in all. */
async function loginSizes(browser: Browser, origin: string) {
  const page = await browser.newPage()
  const { form, all } = await loadLoginPage(page, origin)
  await page.close()
  return { form: await gzippedKilobytes(form), all: await gzippedKilobytes(all) }
}

const installation = await startInstallation({ EP_LOGINS_PER_MINUTE: '1000000' })
const executablePath = process.env['EP_CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const served = await servePage('unlock')
try {
  const letter = await installation.letter()
  await installation.stopZone('office')
  const { free, slowed } = await unlockTimes(browser, served.url, installation.publicUrl, letter)
  const sizes = await loginSizes(browser, installation.publicUrl)
  const milliseconds = (value: number) => `${round(value, 0)} ms`
  const kilobytes = (value: number) => `${round(value, 1)} kB`
  report({
    name: 'browser',
    title: 'In the browser',
    how: `Chromium, the worker's code (Argon2id, OPAQUE, unwrapping, deriving the keys, opening the case package) on a page's main thread, slowed down ${SLOWED} times by DevTools, which cannot slow workers; median of ${ROUNDS} real logins, the portal's answers not counted, the WASM compiled beforehand as it is while somebody types. Sizes are gzip, as the portal sends them.`,
    figures: [
      {
        what: `unlocking, CPU slowed ${SLOWED} times`,
        value: milliseconds(slowed.all),
        against: `not slowed ${milliseconds(free.all)}`,
        ratio: String(round(slowed.all / free.all)),
        goal: 'under 1,500 ms',
        met: slowed.all < 1_500,
      },
      {
        what: 'of it Argon2id alone',
        value: milliseconds(slowed.stretch),
        against: 'the whole unlocking',
        ratio: String(round(slowed.stretch / slowed.all)),
        goal: '',
      },
      {
        what: 'JavaScript until the login form is usable',
        value: kilobytes(sizes.form),
        against: `everything ${kilobytes(sizes.all)}`,
        ratio: String(round(sizes.form / sizes.all)),
        goal: '60 kB',
        met: sizes.form <= 60,
      },
      {
        what: 'JavaScript and WASM in all, with the cryptography',
        value: kilobytes(sizes.all),
        against: 'the goal',
        ratio: String(round(sizes.all / 260)),
        goal: '260 kB',
        met: sizes.all <= 260,
      },
    ],
  })
} finally {
  served.close()
  await browser.close()
  await installation.remove()
}
