// Reads an answer into memory, but never more of it than agreed: whoever answers may not be believed.

/** The answer was broken off because it is longer than agreed. */
export class AnswerTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`)
    this.name = 'AnswerTooLarge'
  }
}

/**
 * The whole body. Counted is what arrives after unpacking, not what the answer says of itself.
 * Throws AnswerTooLarge, and what `fetch` throws when the line breaks.
 */
export async function readAnswer(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length
    if (size > maxBytes) {
      await reader?.cancel().catch(() => undefined)
      throw new AnswerTooLarge(maxBytes)
    }
    chunks.push(next.value)
  }
  return joined(chunks, size)
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
