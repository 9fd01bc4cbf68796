// The one range of bytes that a player asks for (RFC 9110, 14).

/** `whole` for everything that is no single range: RFC 9110, 14.2 allows to ignore it. `outside` is to be answered 416. */
export type ByteRange = { readonly first: number; readonly last: number } | 'whole' | 'outside'

const SINGLE = /^bytes=(?<first>\d{0,15})-(?<last>\d{0,15})$/

export function byteRange(header: string | undefined, size: number): ByteRange {
  const { first = '', last = '' } = SINGLE.exec(header ?? '')?.groups ?? {}
  if (first === '') return last === '' ? 'whole' : suffix(Number(last), size)
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return 'whole'
  return from < size ? { first: from, last: to } : 'outside'
}

/** The last so many bytes. */
const suffix = (length: number, size: number): ByteRange =>
  length === 0 || size === 0 ? 'outside' : { first: Math.max(0, size - length), last: size - 1 }
