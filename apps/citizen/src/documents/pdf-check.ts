// Looks at a chosen PDF before it is taken: is it one, does it open without a password, how many pages has it?
import { PaperError } from './paper-error.ts'
import { encryptionOf } from './pdf-encryption.ts'

/** Rejects with a PaperError. Returns the pages, 0 if they cannot be counted from outside. */
export async function checkPdf(file: Blob): Promise<number> {
  if (file.size === 0) throw new PaperError('paper.empty')
  const head = await latin1(file.slice(0, 1024))
  if (!head.includes('%PDF-')) throw new PaperError('paper.notPdf')
  const text = await latin1(file)
  if (!(await opens(text))) throw new PaperError('paper.locked')
  return text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0
}

async function opens(text: string): Promise<boolean> {
  const encryption = encryptionOf(text)
  if (encryption.kind !== 'standard') return encryption.kind === 'none'
  // Few files are encrypted: the check is loaded when one is.
  const { opensWithoutPassword } = await import('@einmal-pin/vault/pdf-password')
  return opensWithoutPassword(encryption.entries)
}

/** One character a byte; a TextDecoder's "latin1" is windows-1252, which maps some bytes elsewhere. */
async function latin1(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer())
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  }
  return pieces.join('')
}
