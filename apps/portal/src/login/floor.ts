// Answers of the login take a multiple of one fixed time, whatever the work behind them was.
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs the work and holds its result or error back until the next multiple of `floorMilliseconds` is over. */
export async function withFloor<T>(floorMilliseconds: number, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    const elapsed = performance.now() - start
    const steps = Math.max(1, Math.ceil(elapsed / floorMilliseconds))
    await sleep(steps * floorMilliseconds - elapsed)
  }
}
