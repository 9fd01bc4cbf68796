// A DataMatrix (ECC 200) as SVG: the mark by which the inserter and the letter check know a sheet.
import bwip from 'bwip-js/node'

/** Modules of quiet zone on each side (ISO/IEC 16022 asks for one). */
const QUIET = 1

/** One picture with its quiet zone; squares only, so that it is as wide as high. */
export function dataMatrix(text: string): Buffer {
  const [symbol] = bwip.raw({ bcid: 'datamatrix', text }) as readonly Symbol[]
  if (symbol === undefined) throw new TypeError('no symbol')
  const { pixs, pixx } = symbol
  const size = pixx + 2 * QUIET
  const squares = pixs.flatMap((pixel, at) =>
    pixel === 1 ? `M${(at % pixx) + QUIET} ${Math.floor(at / pixx) + QUIET}h1v1h-1z` : [],
  )
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${squares.join('')}"/></svg>`,
  )
}

interface Symbol {
  /** 1 is dark, row by row. */
  readonly pixs: readonly (0 | 1)[]
  readonly pixx: number
}
