// A calm hand on the phone: scrolls to a thing, shows where it taps, types letter by letter.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'

const TYPING_MILLISECONDS = 110
const BEFORE_TAP_MILLISECONDS = 700

/** Scrolls so slowly that the eye can follow, until the element stands in the middle. */
export async function scrollTo(place: Locator): Promise<void> {
  await place.evaluate(async (element) => {
    const box = element.getBoundingClientRect()
    const limit = document.documentElement.scrollHeight - innerHeight
    const goal = scrollY + box.top - (innerHeight - Math.min(box.height, innerHeight * 0.7)) / 2
    const from = scrollY
    const to = Math.max(0, Math.min(goal, limit))
    const steps = Math.ceil(Math.abs(to - from) / 18)
    for (let step = 1; step <= steps; step += 1) {
      window.scrollTo(0, from + ((to - from) * step) / steps)
      await new Promise((resolve) => setTimeout(resolve, 24))
    }
  })
}

/** A ring where the finger is; drawn through the object model, which the page's policy allows. */
async function showFinger(page: Page, place: Locator): Promise<void> {
  const box = await place.boundingBox()
  if (box === null) return
  const centre = { x: box.x + Math.min(box.width / 2, 150), y: box.y + box.height / 2 }
  await page.evaluate(({ x, y }) => {
    const ring = document.createElement('div')
    ring.setAttribute('aria-hidden', 'true')
    Object.assign(ring.style, {
      ...{ position: 'fixed', left: `${x - 22}px`, top: `${y - 22}px`, zIndex: '9999' },
      ...{ width: '44px', height: '44px', borderRadius: '50%', pointerEvents: 'none' },
      ...{ border: '4px solid #f0a93b', background: 'rgb(240 169 59 / 35%)' },
    })
    document.body.append(ring)
    setTimeout(() => ring.remove(), 900)
  }, centre)
  await sleep(BEFORE_TAP_MILLISECONDS)
}

export async function tap(page: Page, place: Locator): Promise<void> {
  await scrollTo(place)
  await showFinger(page, place)
  await place.click()
}

export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await scrollTo(field)
  await showFinger(page, field)
  await field.click()
  await page.keyboard.type(text, { delay: TYPING_MILLISECONDS })
}
