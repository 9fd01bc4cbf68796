// Kills servers at moments drawn by chance, brings them back, and says what it hit.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Installation, Zone } from '../../harness/installation.ts'
import { rows } from '../../harness/rows.ts'
import type { Chance } from '../../harness/seeded.ts'
import { PHASES, type Phase } from './sender.ts'

export type Victim = Zone | 'database'

export interface Kill {
  readonly victim: Victim
  /** What persons were doing at that moment. */
  readonly during: readonly Phase[]
}

/** How often each dies within 26 kills; the database's supervisor gives up after six deaths a minute. */
const SHARES: readonly (readonly [Victim, number])[] = [
  ['portal', 10],
  ['office', 7],
  ['database', 5],
  ['print-centre', 4],
]
const MAX_DATABASE_KILLS_A_MINUTE = 4
/** Milliseconds after which the phase is as good as over; the courier comes once a second. */
const LONGEST_DELAY = { save: 4, upload: 30, submission: 8, fetch: 600 } as const satisfies Record<
  Phase,
  number
>
const WAIT_FOR_PHASE_MILLISECONDS = 2_500

export interface StormOptions {
  readonly installation: Installation
  readonly chance: Chance
  readonly kills: number
  /** What persons are doing right now. */
  readonly active: () => ReadonlySet<Phase>
  /** Told what the next kill waits for. */
  readonly want: (phase: Phase) => void
  /** True when somebody has failed already: more kills would only hide it. */
  readonly isHopeless: () => boolean
}

/** Resolves with every kill once all of them are over and everything runs again. */
export async function storm(options: StormOptions): Promise<readonly Kill[]> {
  const { chance, kills } = options
  const victims = victimsOf(chance, kills)
  const done: Kill[] = []
  const databaseKills: number[] = []
  for (const [index, victim] of victims.entries()) {
    if (options.isHopeless()) break
    if (victim === 'database') await spare(databaseKills)
    const phase = PHASES[index % PHASES.length] ?? 'save'
    await untilDoing(options, phase)
    await sleep(chance.between(0, LONGEST_DELAY[phase]))
    done.push({ victim, during: [...options.active()] })
    await strike(options, victim)
    await sleep(chance.between(50, 600))
  }
  return done
}

function victimsOf(chance: Chance, kills: number): readonly Victim[] {
  const bag = SHARES.flatMap(([victim, share]) => Array<Victim>(share).fill(victim))
  const bags = Array.from({ length: Math.ceil(kills / bag.length) }, () => chance.shuffled(bag))
  return bags.flat().slice(0, kills)
}

async function spare(earlier: number[]): Promise<void> {
  const [, , , fourth] = earlier
  const wait = fourth === undefined ? 0 : fourth + 61_000 - performance.now()
  if (wait > 0) await sleep(wait)
  earlier.unshift(performance.now())
  earlier.length = Math.min(earlier.length, MAX_DATABASE_KILLS_A_MINUTE)
}

async function untilDoing({ active, want }: StormOptions, phase: Phase): Promise<void> {
  want(phase)
  const until = performance.now() + WAIT_FOR_PHASE_MILLISECONDS
  while (!active().has(phase) && performance.now() < until) await sleep(2)
}

async function strike({ installation, chance }: StormOptions, victim: Victim): Promise<void> {
  if (victim === 'database') {
    installation.killDatabase()
    await untilDatabaseAnswers(installation)
    return
  }
  await installation.kill(victim)
  await sleep(chance.between(0, 200))
  await installation.start(victim)
}

async function untilDatabaseAnswers(installation: Installation): Promise<void> {
  const until = performance.now() + 60_000
  for (;;) {
    const up = await rows(installation, 'portal', 'select 1').then(
      () => true,
      () => false,
    )
    if (up) return
    if (performance.now() > until) throw new Error('the database did not come back')
    await sleep(50)
  }
}
