// A secret in every clothing it could wear in a file: raw, other alphabets, other widths of characters.

export interface Needle {
  /** What it is, for the failure; never the secret itself. */
  readonly name: string
  readonly bytes: Buffer
}

/** base64 of the text at the three positions it may have within a longer one, without the characters that its neighbours change. */
function base64Forms(text: Buffer): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), text])
    const whole = padded.toString('base64').replace(/=+$/, '')
    const from = Math.ceil((shift * 8) / 6)
    const to = Math.floor((padded.length * 8) / 6)
    return whole.slice(from, to)
  })
}

const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

/** The forms of one text; `name` says whose it is. */
export function needlesOf(name: string, text: string): readonly Needle[] {
  const raw = Buffer.from(text)
  const hex = raw.toString('hex')
  const json = JSON.stringify(text).slice(1, -1)
  const forms: readonly (readonly [string, Buffer])[] = [
    ['raw', raw],
    ['json', Buffer.from(json.replace(/[^\x20-\x7e]/g, escaped))],
    ['url', Buffer.from(encodeURIComponent(text))],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be(text)],
    ...base64Forms(raw).flatMap((form): (readonly [string, Buffer])[] => [
      ['base64', Buffer.from(form)],
      ['base64url', Buffer.from(urlSafe(form))],
    ]),
  ]
  const different = new Map(forms.map(([form, bytes]) => [bytes.toString('latin1'), [form, bytes]]))
  return [...different.values()].map(([form, bytes]) => ({
    name: `${name} (${String(form)})`,
    bytes: bytes as Buffer,
  }))
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A PIN's secret part, as it is stored (alone or within the whole PIN) and as it is printed in groups. */
export function pinNeedles(pin: string): readonly Needle[] {
  const groups = pin.match(/.{4}/g) ?? []
  return [
    ...needlesOf('secret digits', pin.slice(2, 15)),
    ...needlesOf('PIN in groups', groups.join(' ')),
    ...needlesOf('PIN in groups, hard blanks', groups.join('\u00a0')),
  ]
}

/** The names of the needles that lie in this hay. */
export const found = (hay: Uint8Array, needles: readonly Needle[]): readonly string[] => {
  const bytes = Buffer.from(hay.buffer, hay.byteOffset, hay.byteLength)
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => name)
}
