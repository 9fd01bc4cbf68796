// Guesses whether a photo is too soft or too dark to read. Only ever a warning.

/** Side of the sample that is looked at, in pixels. */
const SAMPLE = 600
/** Variance of the Laplacian below which hands probably shook; tried on photographed letters. */
const SOFT_BELOW = 25
/** Mean brightness (0 to 255) below which a page of paper is hard to read. */
const DARK_BELOW = 60

interface Sample {
  readonly light: Float32Array
  readonly width: number
  readonly height: number
}

function sampleOf(canvas: OffscreenCanvas): Sample | undefined {
  const scale = Math.min(1, SAMPLE / Math.max(canvas.width, canvas.height))
  const width = Math.max(3, Math.round(canvas.width * scale))
  const height = Math.max(3, Math.round(canvas.height * scale))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.drawImage(canvas, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  const light = new Float32Array(width * height)
  for (let at = 0; at < light.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3)
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

export function looksSoft(canvas: OffscreenCanvas): boolean {
  const sample = sampleOf(canvas)
  return sample !== undefined && sharpness(sample) < SOFT_BELOW
}

export function looksDark(canvas: OffscreenCanvas): boolean {
  const sample = sampleOf(canvas)
  if (sample === undefined) return false
  return sample.light.reduce((sum, value) => sum + value, 0) / sample.light.length < DARK_BELOW
}
