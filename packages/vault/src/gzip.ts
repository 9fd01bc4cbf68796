// gzip in browser and Node, with a limit against decompression bombs.
import { type Bytes, concat, plain } from './bytes.ts'
import { VaultError } from './vault-error.ts'

/** Unpacked size at most, bytes: far above any real package, draft or set of answers. */
export const GUNZIP_LIMIT = 8 * 1024 * 1024

export const gzip = async (bytes: Uint8Array): Promise<Bytes> => {
  const packed = streamOf(bytes).pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/** Throws VaultError `gzip.tooLarge` beyond `limit` bytes, `gzip.malformed` for anything else. */
export const gunzip = async (bytes: Uint8Array, limit = GUNZIP_LIMIT): Promise<Bytes> => {
  const reader = streamOf(bytes).pipeThrough(new DecompressionStream('gzip')).getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await readOrRefuse(reader)
    if (done) return concat(...parts)
    size += value.length
    if (size > limit) {
      await reader.cancel().catch(() => undefined)
      throw new VaultError('gzip.tooLarge')
    }
    parts.push(value)
  }
}

const streamOf = (bytes: Uint8Array): ReadableStream<Bytes> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(plain(bytes))
      controller.close()
    },
  })

const readOrRefuse = async (reader: ReadableStreamDefaultReader<Uint8Array>) => {
  try {
    return await reader.read()
  } catch {
    throw new VaultError('gzip.malformed')
  }
}
