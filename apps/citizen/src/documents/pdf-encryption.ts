// Finds in a PDF how it is encrypted. Names and numbers are never encrypted themselves, so that a look at the text is enough.
import type { PdfEncryption } from '@einmal-pin/vault/pdf-password'

/** An encrypted PDF whose kind of encryption we cannot read counts as locked. */
export type Encryption =
  | { readonly kind: 'none' | 'unknown' }
  | { readonly kind: 'standard'; readonly entries: PdfEncryption }

/** `text` is the file as Latin-1: one character a byte. */
export function encryptionOf(text: string): Encryption {
  // The last trailer counts: earlier ones belong to earlier versions of the file.
  const found = [...text.matchAll(/\/Encrypt\s*(?:(\d+)\s+(\d+)\s+R|(?=<<))/g)].at(-1)
  if (!found) return { kind: 'none' }
  const [, object, generation] = found
  const dictionary =
    object === undefined
      ? dictionaryAt(text, found.index + found[0].length)
      : objectDictionary(text, object, generation ?? '0')
  const entries = dictionary === undefined ? undefined : entriesOf(dictionary, text)
  return entries ? { kind: 'standard', entries } : { kind: 'unknown' }
}

function objectDictionary(text: string, object: string, generation: string): string | undefined {
  const head = new RegExp(`(?<![0-9])${object}\\s+${generation}\\s+obj\\s*(?=<<)`, 'g')
  const found = [...text.matchAll(head)].at(-1)
  return found && dictionaryAt(text, found.index + found[0].length)
}

/** The text between `<<` and its `>>`; strings may contain both. */
function dictionaryAt(text: string, start: number): string | undefined {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') at = endOfLiteral(text, at)
    else if (text.startsWith('<<', at)) {
      depth += 1
      at += 1
    } else if (text.startsWith('>>', at)) {
      depth -= 1
      if (depth === 0) return text.slice(start + 2, at)
      at += 1
    }
  }
  return undefined
}

/** Index of the closing bracket of the literal string that opens at `start`. */
function endOfLiteral(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') depth += 1
    else if (text[at] === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return text.length
}

function entriesOf(dictionary: string, text: string): PdfEncryption | undefined {
  const number = (name: string) => /^-?\d+/.exec(entryOf(dictionary, name) ?? '')?.[0]
  const [revision, permissions] = [number('R'), number('P')]
  const owner = bytesOf(entryOf(dictionary, 'O'))
  const user = bytesOf(entryOf(dictionary, 'U'))
  const isStandard = /^\/Standard\b/.test(entryOf(dictionary, 'Filter') ?? '')
  if (!isStandard || !revision || !permissions || !owner || !user) return undefined
  // AES-128 (version 4) names its length in a crypt filter and always has 16 bytes.
  const bits = number('V') === '4' ? 128 : Number(number('Length') ?? 40)
  return {
    ...{ revision: Number(revision), keyBytes: bits / 8, owner, user },
    permissions: Number(permissions) | 0,
    encryptMetadata: !/^false\b/.test(entryOf(dictionary, 'EncryptMetadata') ?? ''),
    documentId: documentIdOf(text),
  }
}

function documentIdOf(text: string): Uint8Array {
  const found = [...text.matchAll(/\/ID\s*\[\s*(?=[<(])/g)].at(-1)
  return (found && bytesOf(text.slice(found.index + found[0].length))) ?? new Uint8Array()
}

/** What follows a key of the dictionary itself; keys of dictionaries within it do not count. */
function entryOf(dictionary: string, name: string): string | undefined {
  let depth = 0
  for (let at = 0; at < dictionary.length; at += 1) {
    if (dictionary[at] === '(') at = endOfLiteral(dictionary, at)
    else if (dictionary.startsWith('<<', at)) {
      depth += 1
      at += 1
    } else if (dictionary.startsWith('>>', at)) {
      depth -= 1
      at += 1
    } else if (depth === 0 && dictionary.startsWith(`/${name}`, at)) {
      const rest = dictionary.slice(at + name.length + 1)
      if (/^[\s(<[/+-]/.test(rest)) return rest.trimStart()
    }
  }
  return undefined
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' },
}

/** The bytes of the string that a text begins with, written in hexadecimal or with brackets. */
function bytesOf(text: string | undefined): Uint8Array | undefined {
  if (text?.startsWith('<')) {
    const digits = text.slice(1, text.indexOf('>')).replace(/\s/g, '')
    const pairs = digits.match(/../g) ?? []
    return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
  }
  if (!text?.startsWith('(')) return undefined
  const inner = text.slice(1, endOfLiteral(text, 0))
  const plain = inner
    .replace(/\r\n?/g, '\n')
    .replace(
      /\\(?:([0-7]{1,3})|(\n)|([\s\S]))/g,
      (_, octal?: string, newline?: string, char = '') =>
        octal
          ? String.fromCharCode(Number.parseInt(octal, 8) & 255)
          : newline
            ? ''
            : (ESCAPES[char] ?? char),
    )
  return Uint8Array.from(plain, (char) => char.charCodeAt(0))
}
