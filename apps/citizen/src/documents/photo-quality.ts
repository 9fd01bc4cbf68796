// Guesses whether a photo is too soft, too dark or cut off to be read. Only ever a warning; false alarms cost trust.
import { looksCut } from './photo-cut.ts'
import type { PaperIssue } from './sheet.ts'

/** A photo made small, as brightness from 0 to 255. */
export interface Sample {
  readonly light: Float32Array
  readonly width: number
  readonly height: number
}

/** Longest side of the sample in pixels: a line of print is still seen as a line. */
export const SAMPLE_SIDE = 600
/** Variance of the Laplacian below which hands probably shook; tried on photographed letters. */
const SOFT_BELOW = 25
/** Mean brightness below which a page of paper is hard to read. */
const DARK_BELOW = 60

/** `rgba` as a canvas gives it. */
export function sampleOf(rgba: Uint8ClampedArray, width: number, height: number): Sample {
  const light = new Float32Array(width * height)
  for (let at = 0, pixel = 0; at < light.length; at += 1, pixel += 4) {
    const [red, green, blue] = [rgba[pixel] ?? 0, rgba[pixel + 1] ?? 0, rgba[pixel + 2] ?? 0]
    light[at] = 0.299 * red + 0.587 * green + 0.114 * blue
  }
  return { light, width, height }
}

/** Variance of the Laplacian over the inner pixels: high where edges are sharp. */
export function sharpness({ light, width, height }: Sample): number {
  const at = (x: number, y: number) => light[y * width + x] ?? 0
  let sum = 0
  let squares = 0
  let count = 0
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y)
      sum += edge
      squares += edge * edge
      count += 1
    }
  }
  return squares / count - (sum / count) ** 2
}

const brightness = ({ light }: Sample): number =>
  light.reduce((sum, value) => sum + value, 0) / light.length

export function issuesOf(sample: Sample): PaperIssue[] {
  const issues: PaperIssue[] = []
  if (sharpness(sample) < SOFT_BELOW) issues.push('soft')
  if (brightness(sample) < DARK_BELOW) issues.push('dark')
  if (looksCut(sample)) issues.push('cut')
  return issues
}
