// Records the silent film of the way through the app from a running installation: `node scripts/film.ts`. Needs ffmpeg.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { writeCaptions } from '../apps/citizen/vite/captions.ts'
import { LOCALES } from '../apps/citizen/vite/page-texts.ts'
import { startInstallation } from '../test/harness/installation.ts'
import { CAPTIONS } from './film/captions.ts'
import { type Recording, startRecording } from './film/recording.ts'
import { walkThrough } from './film/walk-through.ts'
import { ROOT } from './paths.ts'
import { ensureChromium } from './tests/chromium.ts'
import { buildWebApps } from './web/web-apps.ts'

const FOLDER = join(ROOT, 'apps/citizen/media')
const NAME = join(FOLDER, 'rundgang')
/** An even number of pixels in both directions, as the encoders want it. */
const PHONE = { width: 400, height: 760 }
const SCALE = 1.5
const print = (line: string) => console.log(line)

const size = `${PHONE.width * SCALE}:${PHONE.height * SCALE}`
const FILTER = `fps=10,scale=${size}:flags=lanczos,format=yuv420p`
/** Slow and small: the film is made seldom and loaded often. */
const ENCODERS = {
  webm: ['-c:v', 'libvpx-vp9', '-crf', '42', '-b:v', '0', '-deadline', 'good', '-cpu-used', '2'],
  mp4: ['-c:v', 'libx264', '-crf', '31', '-preset', 'slow', '-movflags', '+faststart'],
} as const

function ffmpeg(args: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`)
}

function encode({ list, cues, posterAt }: Recording): void {
  const input = ['-f', 'concat', '-safe', '0', '-i', list]
  for (const [suffix, encoder] of Object.entries(ENCODERS)) {
    // Nothing of the machine that made it stands in the file.
    ffmpeg([...input, '-vf', FILTER, ...encoder, '-an', '-map_metadata', '-1', `${NAME}.${suffix}`])
  }
  ffmpeg([
    '-ss',
    String(posterAt),
    '-i',
    `${NAME}.mp4`,
    '-frames:v',
    '1',
    '-q:v',
    '6',
    `${NAME}.jpg`,
  ])
  for (const locale of LOCALES) {
    const spoken = cues.map(({ step, ...times }) => ({ ...times, text: CAPTIONS[step][locale] }))
    writeFileSync(`${NAME}.${locale}.vtt`, writeCaptions(spoken))
  }
}

await buildWebApps(print)
mkdirSync(FOLDER, { recursive: true })
const frames = mkdtempSync(join(tmpdir(), 'ep-film-'))
const browser = await chromium.launch({
  executablePath: ensureChromium(print),
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
})
const at = await startInstallation()
try {
  const letter = await at.letter({ firstName: 'Erika', lastName: 'Mustermann' })
  const context = await browser.newContext({
    ...{ viewport: PHONE, deviceScaleFactor: SCALE, locale: 'de-DE', timezoneId: 'Europe/Berlin' },
    ...{ hasTouch: true, reducedMotion: 'reduce' },
  })
  const page = await context.newPage()
  const recorder = await startRecording(page, frames)
  await walkThrough(page, recorder, at.publicUrl, letter)
  encode(await recorder.finish())
} finally {
  await browser.close()
  await at.remove()
  rmSync(frames, { recursive: true })
}
