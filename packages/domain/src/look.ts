// The insurer's look from one file, config/brand.json: checked when the site is built, and made into styles and a mark.
import { CONTROL_CONTRAST, contrastRatio, isHexColour, TEXT_CONTRAST } from './contrast.ts'

const TOKENS = [
  'brand',
  'brand-strong',
  'brand-soft',
  'brand-line',
  'mark-accent',
  'on-brand',
  'page',
  'surface',
] as const
type Token = (typeof TOKENS)[number]
type Colours = Readonly<Record<Token, string>>

interface Shape {
  readonly d: string
  readonly fill?: Token
  readonly stroke?: Token
  readonly width?: number
}

export interface Look {
  readonly light: Colours
  readonly dark: Colours
  readonly font: string
  readonly mark: { readonly viewBox: string; readonly shapes: readonly Shape[] }
}

const SCHEMES = ['light', 'dark'] as const

/** In front, behind, and how far apart they must be at least: what the styles put on top of each other. */
const PAIRS: readonly (readonly [Token, Token, number])[] = [
  ['brand', 'surface', TEXT_CONTRAST],
  ['brand', 'page', TEXT_CONTRAST],
  ['brand', 'brand-soft', TEXT_CONTRAST],
  ['brand-strong', 'surface', TEXT_CONTRAST],
  ['brand-strong', 'page', TEXT_CONTRAST],
  ['brand-strong', 'brand-soft', TEXT_CONTRAST],
  ['on-brand', 'brand', TEXT_CONTRAST],
  ['on-brand', 'brand-strong', TEXT_CONTRAST],
  ['mark-accent', 'brand', CONTROL_CONTRAST],
]

/** What must be put right in the file, each line with its place; empty when it can be used. */
export function lookProblems(value: unknown): readonly string[] {
  const brand = (typeof value === 'object' && value !== null ? value : {}) as Partial<Look>
  const shape = [
    ...SCHEMES.flatMap((scheme) => colourProblems(scheme, brand[scheme])),
    ...markProblems(brand),
  ]
  if (shape.length > 0) return shape
  return SCHEMES.flatMap((scheme) => contrastProblems(scheme, (brand as Look)[scheme]))
}

function colourProblems(scheme: string, colours: unknown): readonly string[] {
  const given = (typeof colours === 'object' && colours !== null ? colours : {}) as Partial<Colours>
  const unknown = Object.keys(given).filter((name) => !(TOKENS as readonly string[]).includes(name))
  return [
    ...TOKENS.filter((token) => !isHexColour(given[token])).map(
      (token) => `${scheme}.${token}: write a colour as #rrggbb`,
    ),
    ...unknown.map((name) => `${scheme}.${name}: there is no such colour; remove it`),
  ]
}

const isToken = (value: unknown): boolean => (TOKENS as readonly unknown[]).includes(value)
const PATH = /^[MmLlHhVvCcSsQqTtAaZz0-9 .,-]+$/

function markProblems({ font, mark }: Partial<Look>): readonly string[] {
  const problems: string[] = []
  if (typeof font !== 'string' || /[;{}<]/.test(font)) problems.push('font: write a list of fonts')
  if (!/^[0-9. -]+$/.test(String(mark?.viewBox))) problems.push('mark.viewBox: write four numbers')
  const shapes: readonly unknown[] = Array.isArray(mark?.shapes) ? mark.shapes : []
  if (shapes.length === 0) problems.push('mark.shapes: draw at least one shape')
  shapes.forEach((value, index) => {
    const { d, fill, stroke, width } = value as Shape
    const at = `mark.shapes.${index}`
    if (typeof d !== 'string' || !PATH.test(d)) problems.push(`${at}.d: write the path of an SVG`)
    if (!isToken(fill ?? stroke)) problems.push(`${at}: name a colour for fill or stroke`)
    if (width !== undefined && !(width > 0)) problems.push(`${at}.width: write a number above 0`)
  })
  return problems
}

function contrastProblems(scheme: string, colours: Colours): readonly string[] {
  return PAIRS.flatMap(([front, back, least]) => {
    const ratio = contrastRatio(colours[front], colours[back])
    if (ratio >= least) return []
    const shown = `${colours[front]} on ${colours[back]}`
    return [
      `${scheme}: ${front} on ${back} (${shown}) has a contrast of ${ratio.toFixed(2)}:1, it needs ${least}:1`,
    ]
  })
}

const variables = (colours: Colours): string =>
  [
    ...TOKENS.map((token) => `--${token}: ${colours[token]};`),
    `--kern-color-action-default: ${colours.brand};`,
    `--kern-color-action-on-default: ${colours['on-brand']};`,
    `--kern-color-action-visited: ${colours.brand};`,
    `--kern-color-layout-background-default: ${colours.surface};`,
  ].join('\n')

/** Colours and font as custom properties, KERN's own among them. */
export const lookCss = ({ light, dark, font }: Look): string =>
  `:root {\n--kern-typography-font-family-default: ${font};\n${variables(light)}\n}\n@media (prefers-color-scheme: dark) {\n:root {\n${variables(dark)}\n}\n}\n`

const rules = (colours: Colours): string =>
  TOKENS.map(
    (token) => `.f-${token}{fill:${colours[token]}}.s-${token}{stroke:${colours[token]}}`,
  ).join('')

function drawn({ d, fill, stroke, width }: Shape): string {
  if (fill !== undefined) return `<path class="f-${fill}" d="${d}"/>`
  return `<path class="s-${stroke}" d="${d}" fill="none" stroke-width="${width ?? 1}" stroke-linecap="round"/>`
}

/** The mark as a file, for the head of the page and the browser's tab; it follows the scheme by itself. */
export const markSvg = ({ light, dark, mark }: Look): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${mark.viewBox}"><style>${rules(light)}@media (prefers-color-scheme:dark){${rules(dark)}}</style>${mark.shapes.map(drawn).join('')}</svg>\n`
