// Reads and writes captions (WebVTT): one cue after the other, each with its text.

export interface Cue {
  /** Seconds. */
  readonly start: number
  readonly end: number
  readonly text: string
}

const TIME = String.raw`(?:(\d{2,}):)?(\d{2}):(\d{2}\.\d{3})`
const TIMES = new RegExp(`^${TIME} --> ${TIME}(?: .*)?$`)

/** The cues, or what is wrong in the file. */
export function readCaptions(file: string): readonly Cue[] | string {
  const [head = '', ...blocks] = file
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/(?:\r?\n){2,}/)
  if (!/^WEBVTT(\s|$)/.test(head)) return 'does not begin with WEBVTT'
  const cues: Cue[] = []
  for (const block of blocks) {
    if (/^(NOTE|STYLE|REGION)\b/.test(block)) continue
    const cue = readCue(block)
    if (cue === undefined) return `not a caption: "${block.split(/\r?\n/)[0]}"`
    if (cue.start >= cue.end || cue.start < (cues.at(-1)?.start ?? 0)) {
      return `out of order: "${cue.text}"`
    }
    cues.push(cue)
  }
  return cues.length === 0 ? 'has no captions' : cues
}

function readCue(block: string): Cue | undefined {
  const lines = block.split(/\r?\n/)
  const at = lines.findIndex((line) => line.includes('-->'))
  const parts = TIMES.exec(lines[at] ?? '')
  const text = lines
    .slice(at + 1)
    .join(' ')
    .replaceAll(/<[^>]*>/g, '')
    .trim()
  if (parts === null || text === '') return undefined
  const [, startHours, startMinutes, start, endHours, endMinutes, end] = parts
  return {
    start: secondsOf(startHours, startMinutes, start),
    end: secondsOf(endHours, endMinutes, end),
    text,
  }
}

const secondsOf = (hours = '0', minutes = '0', seconds = '0'): number =>
  Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)

export const writeCaptions = (cues: readonly Cue[]): string =>
  ['WEBVTT', ...cues.map(({ start, end, text }) => `${time(start)} --> ${time(end)}\n${text}`)]
    .join('\n\n')
    .concat('\n')

function time(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = (seconds - minutes * 60).toFixed(3).padStart(6, '0')
  return `${String(minutes).padStart(2, '0')}:${rest}`
}
