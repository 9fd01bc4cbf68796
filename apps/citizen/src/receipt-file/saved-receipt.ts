// The data inside a saved receipt: how they are laid into the file and found again.
import type { Disclosure } from '@einmal-pin/vault/disclosure'

/** Raised when the file is written differently: the check must know how each older one looked. */
export const RECEIPT_FORMAT = 1

const OPENING = '<script type="application/json" id="einmal-pin-beleg">'
const CLOSING = '</script>'

/** The block of data; no character of it can end the block or begin another element. */
export function dataBlock(disclosure: Disclosure): string {
  const { receipt, manifest, manifestKey, copy } = disclosure
  const text = JSON.stringify({ format: RECEIPT_FORMAT, receipt, manifest, manifestKey, copy })
  return `${OPENING}${text.replaceAll('<', '\\u003c')}${CLOSING}`
}

const isText = (value: unknown): value is string => typeof value === 'string'

const RECEIPT_TEXTS = [
  'caseId',
  'receiptNumber',
  'receivedAt',
  'manifestSha256',
  'keyId',
  'signature',
]

function isReceipt(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const receipt = value as Record<string, unknown>
  return RECEIPT_TEXTS.every((key) => isText(receipt[key])) && Number.isInteger(receipt['round'])
}

/** Undefined when the file is no receipt of ours. What is inside is not checked, let alone shown. */
export function findData(file: string): Disclosure | undefined {
  const start = file.indexOf(OPENING)
  const end = file.indexOf(CLOSING, start)
  if (start < 0 || end < 0) return undefined
  try {
    const data = JSON.parse(file.slice(start + OPENING.length, end)) as Record<string, unknown>
    const { format, receipt, manifest, manifestKey, copy } = data
    const isWhole = isText(manifest) && isText(manifestKey) && isText(copy) && isReceipt(receipt)
    if (format !== RECEIPT_FORMAT || !isWhole) return undefined
    return { receipt, manifest, manifestKey, copy } as Disclosure
  } catch {
    return undefined
  }
}
