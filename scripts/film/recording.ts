// Records a page as the frames that the browser paints (DevTools protocol, Page.startScreencast), each with its time.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Step } from './captions.ts'

interface TimedStep {
  readonly step: Step
  /** Seconds of the film. */
  readonly start: number
  readonly end: number
}

export interface Recording {
  /** A list of frames and durations for ffmpeg's concat demuxer. */
  readonly list: string
  readonly cues: readonly TimedStep[]
  readonly posterAt: number
}

export interface Recorder {
  /** One caption, for as long as `work` takes and at least as long as people need to read it. */
  readonly step: (step: Step, work: () => Promise<void>) => Promise<void>
  /** What happens until it is called again with `true` takes no time in the film: waiting is no news. */
  readonly running: (isRunning: boolean) => void
  readonly finish: () => Promise<Recording>
}

const SHORTEST_SECONDS = 5.2

/** Seconds of the film: they stand still while the recorder pauses. */
function stopwatch() {
  let passed = 0
  let since: number | undefined = performance.now()
  const now = () => passed + (since === undefined ? 0 : (performance.now() - since) / 1000)
  return {
    now,
    isRunning: () => since !== undefined,
    set: (isRunning: boolean) => {
      passed = now()
      since = isRunning ? performance.now() : undefined
    },
  }
}

export async function startRecording(page: Page, folder: string): Promise<Recorder> {
  const frames: { readonly file: string; readonly at: number }[] = []
  const cues: TimedStep[] = []
  const watch = stopwatch()
  const session = await page.context().newCDPSession(page)
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
    const file = join(folder, `${String(frames.length).padStart(5, '0')}.jpg`)
    writeFileSync(file, Buffer.from(data, 'base64'))
    frames.push({ file, at: watch.now() })
  })
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 92 })
  return {
    step: async (step, work) => {
      const start = watch.now()
      await work()
      await sleep(Math.max(0, SHORTEST_SECONDS - (watch.now() - start)) * 1000)
      cues.push({ step, start, end: watch.now() - 0.1 })
    },
    running: watch.set,
    finish: async () => {
      await session.send('Page.stopScreencast')
      return {
        list: writeList(folder, frames, watch.now()),
        cues,
        posterAt: (cues.at(0)?.start ?? 0) + 1,
      }
    },
  }
}

function writeList(
  folder: string,
  frames: readonly { readonly file: string; readonly at: number }[],
  end: number,
): string {
  const lines = frames.flatMap(({ file }, index) => {
    // The first frame is there from the beginning on; the last stays to the end.
    const from = index === 0 ? 0 : (frames[index]?.at ?? 0)
    const until = frames[index + 1]?.at ?? end
    return until > from ? [`file '${file}'`, `duration ${(until - from).toFixed(4)}`] : []
  })
  const path = join(folder, 'frames.txt')
  // The demuxer ignores the duration of the last entry unless it is named again.
  writeFileSync(
    path,
    ['ffconcat version 1.0', ...lines, `file '${frames.at(-1)?.file}'`].join('\n'),
  )
  return path
}
