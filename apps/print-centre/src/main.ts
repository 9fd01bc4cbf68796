// The fake print centre: a process of its own with its own key, which turns signed bundles into posted letters.
import { join, resolve } from 'node:path'
import { BERLIN, type CalendarDate, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import { parseDuration } from '@einmal-pin/platform/clock'
import { readEnvironment } from '@einmal-pin/platform/config'
import { makeLogger } from '@einmal-pin/platform/logger'
import { stopOnSignal } from '@einmal-pin/platform/shutdown'
import { openIdentity } from './keys.ts'
import { watchOutbox } from './watch-outbox.ts'

const reader = readEnvironment(process.env)
const dataDir = resolve(reader.text('EP_DATA_DIR', 'var'))
const offsetSeconds = parseDuration(reader.optional('EP_CLOCK_OFFSET') ?? 'PT0S')
if (offsetSeconds === undefined) reader.refuse('EP_CLOCK_OFFSET is not an ISO 8601 duration')
reader.done()

const log = makeLogger('print-centre')
const keyFolder = join(dataDir, 'secrets', 'print-centre')
const identity = await openIdentity(keyFolder)
const stop = new AbortController()

// A real print centre has its own clock too; its dates are told, not decided on.
const today = (): CalendarDate =>
  calendarDateIn(BERLIN, new Date(Date.now() + (offsetSeconds ?? 0) * 1000))

const watching = watchOutbox({
  dataDir,
  keyFolder,
  identity,
  today,
  signal: stop.signal,
  onPrinted: (bundleId, printed) =>
    printed.ok
      ? log.info({ bundleId, letters: printed.letters }, 'bundle posted')
      : log.error({ ...printed.refusal }, 'bundle refused'),
  onError: (error) => log.error({ code: codeOf(error) }, 'printing failed, will be tried again'),
})

stopOnSignal({
  steps: [
    async () => {
      stop.abort()
      await watching
    },
  ],
})
log.info('ready')

// Only the system's or the vault's code: texts of errors may name what was printed.
function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : 'unknown'
}
