// File names of an export: the person's own name for a document never becomes a path.

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** `dokument-01-rentenbescheid.pdf`: ASCII, no dots but one, the number keeps equal names apart. */
export function documentFileName(index: number, name: string, type: string): string {
  const number = String(index + 1).padStart(2, '0')
  const stem = name.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  const words = [...stem.toLowerCase().normalize('NFC')]
    .map((letter) => GERMAN[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  const parts = ['dokument', number, words].filter((part) => part !== '')
  return `${parts.join('-')}.${EXTENSIONS[type] ?? 'bin'}`
}
