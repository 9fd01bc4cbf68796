// The code that opens the portal, as an SVG picture.
import { renderSVG } from 'uqr'

const codes = new Map<string, Buffer>()

/** The portal's address and nothing else, the same in all letters; four modules of quiet zone, correction level M. */
export function qrCode(portalUrl: string): Buffer {
  const known = codes.get(portalUrl)
  if (known) return known
  const made = Buffer.from(renderSVG(portalUrl, { ecc: 'M', border: 4 }))
  codes.set(portalUrl, made)
  return made
}
