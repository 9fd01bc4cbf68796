// Letters with an accent that is set apart (J̌, S̛̄): the PDF carries their text twice, on the letter and on the accent.
import type { PlacedChar } from './open-pdf.ts'

/** How far an accent is set from the line, and how far beside its letter; millimetres. */
const HIGHEST = 2.5
const LEAST = 0.1
const BESIDE = 3
/** How high an accent is at most, as a part of its letter. */
const ACCENT = 0.6

interface Cluster {
  readonly text: string
  readonly chars: readonly PlacedChar[]
}

/** The same characters, each accented letter once. Nothing else is left out: an echo stands above or below its letter. */
export function withoutEchoes(chars: readonly PlacedChar[]): readonly PlacedChar[] {
  const kept: Cluster[] = []
  for (const cluster of clustersOf(chars)) {
    const isPlain = cluster.chars.length === 1
    if (isPlain || !kept.some((earlier) => isEcho(cluster, earlier))) kept.push(cluster)
  }
  return kept.flatMap((cluster) => cluster.chars)
}

function clustersOf(chars: readonly PlacedChar[]): readonly Cluster[] {
  const clusters: PlacedChar[][] = []
  for (const char of chars) {
    if (/\p{M}/u.test(char.char) && clusters.length > 0) clusters.at(-1)?.push(char)
    else clusters.push([char])
  }
  return clusters.map((own) => ({
    chars: own,
    text: own
      .map(({ char }) => char)
      .join('')
      .normalize('NFD'),
  }))
}

function isEcho(cluster: Cluster, letter: Cluster): boolean {
  const [own] = cluster.chars
  const [other] = letter.chars
  if (cluster.text !== letter.text || !own || !other) return false
  // The same letter on the next line is as high as this one; an accent alone is not.
  if (heightOf(own) > heightOf(other) * ACCENT) return false
  if (Math.abs(own.left - other.left) >= BESIDE) return false
  const apart = Math.abs(own.baseline - other.baseline)
  const isOffLine = apart > LEAST && apart < HIGHEST
  const gap = Math.max(other.top - own.bottom, own.top - other.bottom)
  return isOffLine || (gap > 0 && gap < HIGHEST)
}

const heightOf = ({ top, bottom }: PlacedChar): number => bottom - top
