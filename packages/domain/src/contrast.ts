// How well two colours can be told apart (WCAG 2.2, definition of contrast ratio).

/** `#rrggbb`, upper or lower case. */
export const isHexColour = (value: unknown): value is string =>
  typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)

/** WCAG 2.2, relative luminance: from 0 (black) to 1 (white). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 (the same) to 21 (black on white), whichever is in front. Both `#rrggbb`. */
export function contrastRatio(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** WCAG 2.2, 1.4.3: text of usual size. */
export const TEXT_CONTRAST = 4.5
/** WCAG 2.2, 1.4.11: what one must see to use a control. */
export const CONTROL_CONTRAST = 3
