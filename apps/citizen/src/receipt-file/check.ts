// Is a file a genuine receipt? Its data are checked by the vault, then the file is written anew and compared.
import type { Disclosure } from '@einmal-pin/vault/disclosure'
import type { Manifest } from '@einmal-pin/vault/manifest'
import { receiptHtml } from './html.ts'
import { readCopy } from './readable-copy.ts'
import { findData } from './saved-receipt.ts'

/** Far more than the longest answers make; a larger file is not even read. */
export const MAX_RECEIPT_BYTES = 10_000_000

export type Doubt =
  /** Not a file that "Beleg speichern" has written. */
  | 'receipt.format'
  | 'receipt.tooLarge'
  | 'disclosure.signature'
  | 'disclosure.manifest'
  | 'disclosure.copy'
  /** The data are genuine, but what the file shows is something else. */
  | 'receipt.shown'

export type Verdict =
  | { readonly genuine: true; readonly receipt: Disclosure['receipt'] }
  | { readonly genuine: false; readonly doubt: Doubt }

const no = (doubt: Doubt): Verdict => ({ genuine: false, doubt })

const isDoubt = (code: unknown): code is Doubt => /^disclosure\./.test(String(code))

/**
 * `open` is the vault's `checkDisclosure`. Nothing of the file is shown or run. Rejects only when it cannot be told
 * whether the signature is right.
 */
export async function checkReceiptFile(
  bytes: Uint8Array,
  open: (disclosure: Disclosure) => Promise<Manifest>,
): Promise<Verdict> {
  if (bytes.length > MAX_RECEIPT_BYTES) return no('receipt.tooLarge')
  const file = asText(bytes)
  const disclosure = file === undefined ? undefined : findData(file)
  if (disclosure === undefined) return no('receipt.format')
  try {
    const manifest = await open(disclosure)
    const copy = readCopy(disclosure.copy)
    if (copy === undefined) return no('receipt.format')
    if (receiptHtml(disclosure, copy, manifest) !== file) return no('receipt.shown')
    return { genuine: true, receipt: disclosure.receipt }
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code
    if (isDoubt(code)) return no(code)
    throw error
  }
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
