// What Typst has to say, as a refusal with the place in the letters folder.
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isLetterCode, LetterError } from './letter-error.ts'

/** Lines and columns count from 0, as Typst gives them. */
export interface TypstFault {
  readonly message: string
  readonly path?: string
  readonly range?: { readonly start: { readonly line: number; readonly character: number } } | null
}

/** The first fault decides. Its text may quote the customer, so it becomes the detail, which stays in the child (letter-error.ts). */
export function refusalOf(faults: readonly TypstFault[], folder: string): LetterError {
  const text = faults.map(({ message }) => message).join('; ')
  const named = /panicked with: \\*"(letter\.[a-zA-Z]+)/.exec(text)?.[1]
  if (isLetterCode(named)) return new LetterError(named)
  if (/could not be displayed with/i.test(text)) return new LetterError('letter.glyph')
  return new LetterError('letter.template', placeOf(faults[0], folder), text)
}

/**
 * An unknown font is replaced by another, and a layout that does not settle after five attempts numbers its pages wrong: Typst only warns
 * of both. Throws LetterError `letter.font` or `letter.template`.
 */
export function refuseWarnings(faults: readonly TypstFault[], folder: string): void {
  const font = faults.find(({ message }) => message.startsWith('unknown font family'))
  if (font !== undefined) throw new LetterError('letter.font', placeOf(font, folder), font.message)
  const unsettled = faults.find(({ message }) => message.includes('did not converge'))
  if (unsettled !== undefined) throw refusalOf([unsettled], folder)
}

/** Typst would fetch a package from the network, in the process that holds PINs. Throws LetterError `letter.template`. */
export function refusePackages(folder: string): void {
  for (const file of globSync('templates/**/*.typ', { cwd: folder })) {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n')
    const line = lines.findIndex((text) => /^(?!\s*\/\/).*\b(import|include)\s*\(?\s*"@/.test(text))
    if (line < 0) continue
    const detail = 'packages are not loaded: put what you need into templates/'
    throw new LetterError('letter.template', `${file}:${line + 1}:1`, detail)
  }
}

function placeOf(fault: TypstFault | undefined, folder: string): string | undefined {
  if (fault?.path === undefined || fault.path === '') return undefined
  const file = relative(folder, fault.path)
  const start = fault.range?.start
  return start ? `${file}:${start.line + 1}:${start.character + 1}` : file
}
