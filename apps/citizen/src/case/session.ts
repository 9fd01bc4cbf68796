// The session's clock: human input extends it, a warning comes two minutes before it ends.
import { SESSION_WARNING_MINUTES } from '@einmal-pin/domain/session-times'
import type { SessionState } from '@einmal-pin/wire/case-session'
import { api } from './api.ts'
import { handledRefusal } from './leave.ts'
import { caseState } from './state.svelte.ts'

/** Input is reported at most this often, milliseconds. */
const REPORT_EVERY = 30_000
const WARNING_SECONDS = SESSION_WARNING_MINUTES * 60

let lastReport = 0

export function useSession(session: SessionState): void {
  caseState.session = session
  caseState.clockSkew = Date.parse(session.now) - Date.now()
  caseState.endsIn = undefined
  lastReport = Date.now()
}

const secondsUntil = (instant: string): number =>
  Math.ceil((Date.parse(instant) - Date.now() - caseState.clockSkew) / 1000)

/** Tells the portal that somebody is there, and takes over the new end. */
export async function extend(): Promise<void> {
  lastReport = Date.now()
  const answer = await api().activity()
  if (!answer.ok) {
    await handledRefusal(answer.code)
    return
  }
  if (caseState.session) caseState.session = { ...caseState.session, ...answer.value }
  caseState.endsIn = undefined
}

function onInput(): void {
  const warned = caseState.endsIn !== undefined
  if (caseState.phase !== 'open' || warned || Date.now() - lastReport < REPORT_EVERY) return
  void extend()
}

/** Once a second: warn, or end. The portal decides; this only keeps the screen honest. */
async function tick(): Promise<void> {
  const { session, phase } = caseState
  if (!session || phase !== 'open') return
  const left = secondsUntil(session.idleExpiresAt)
  caseState.endsIn = left <= WARNING_SECONDS ? Math.max(0, left) : undefined
  if (left <= 0) {
    const answer = await api().session()
    if (answer.ok) useSession(answer.value)
    else if (!(await handledRefusal(answer.code))) caseState.phase = 'paused'
  } else if (secondsUntil(session.expiresAt) === 0) {
    const answer = await api().session()
    if (!answer.ok) await handledRefusal(answer.code)
  }
}

/** Runs while a case's page is shown; returns how to stop. */
export function watchSession(): () => void {
  const timer = setInterval(() => void tick(), 1000)
  const events = ['keydown', 'pointerdown', 'input'] as const
  for (const event of events) addEventListener(event, onInput, { passive: true })
  return () => {
    clearInterval(timer)
    for (const event of events) removeEventListener(event, onInput)
  }
}
