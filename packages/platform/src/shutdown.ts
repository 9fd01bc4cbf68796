// Ends a process in order: on a signal, or when the parent that started it is gone.
const HARD_LIMIT_MILLISECONDS = 15_000
const PARENT_POLL_MILLISECONDS = 500

export type ShutdownOptions = {
  /** Steps in the order in which they run; one that fails does not stop the next. */
  readonly steps: readonly (() => Promise<void>)[]
  readonly onFailure?: (error: unknown) => void
}

/**
 * Runs the steps once on SIGINT, SIGTERM or SIGHUP and then ends the process: code 0, or 1 when a step failed or they take longer than
 * 15 s. With `EP_STOP_WITH_PARENT=1` the death of the parent counts as a signal, for SIGKILL leaves orphans (findings.md 1.2.5).
 */
export function stopOnSignal(options: ShutdownOptions): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), HARD_LIMIT_MILLISECONDS).unref()
    process.exit((await runSteps(options)) ? 0 : 1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.env['EP_STOP_WITH_PARENT'] === '1') watchParent(stop)
}

async function runSteps({ steps, onFailure }: ShutdownOptions): Promise<boolean> {
  let clean = true
  for (const step of steps) {
    await step().catch((error: unknown) => {
      clean = false
      onFailure?.(error)
    })
  }
  return clean
}

function watchParent(stop: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, PARENT_POLL_MILLISECONDS).unref()
}
