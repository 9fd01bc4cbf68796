// The key-encryption keys in one file, `{"current": id, "keys": {id: b64u of 32 bytes}}`.
import { aeadOpen, aeadSeal } from './aead.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import type { Bytes } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import type { KeyProvider } from './kek.ts'
import { newId } from './random.ts'
import { createSecretFile, readSecretFile, replaceSecretFile } from './secret-file-node.ts'
import { VaultError } from './vault-error.ts'

/**
 * Opens the key file, or makes it with one new key when there is none. Throws VaultError
 * `secretFile.*` when others may read it, `kek.file` when it is damaged. Without this file nothing in
 * the office's database can be opened: back it up apart from the database.
 */
export const openFileKeyProvider = async (path: string): Promise<KeyProvider> => {
  const text = (await readSecretFile(path)) ?? (await createKeyFile(path))
  return providerFor(parseKeyFile(text))
}

/** Adds a key and makes it current. Old wraps keep opening; re-wrap them before removing a key. */
export const addFileKey = async (path: string): Promise<KeyProvider> => {
  const text = await readSecretFile(path)
  if (text === undefined) throw new VaultError('kek.file')
  const { keys } = parseKeyFile(text)
  const current = newKeyId()
  const grown = { current, keys: new Map([...keys, [current, randomBytes(32)]]) }
  await replaceSecretFile(path, formatKeyFile(grown))
  return providerFor(grown)
}

type KeyFile = { readonly current: string; readonly keys: ReadonlyMap<string, Bytes> }

const newKeyId = (): string => `kek-${newId()}`

const createKeyFile = async (path: string): Promise<string> => {
  const current = newKeyId()
  const text = formatKeyFile({ current, keys: new Map([[current, randomBytes(32)]]) })
  if (await createSecretFile(path, text)) return text
  const others = await readSecretFile(path)
  if (others === undefined) throw new VaultError('kek.file')
  return others
}

const formatKeyFile = ({ current, keys }: KeyFile): string => {
  const encoded = Object.fromEntries([...keys].map(([id, key]) => [id, toBase64url(key)]))
  return `${JSON.stringify({ current, keys: encoded }, null, 2)}\n`
}

const parseKeyFile = (text: string): KeyFile => {
  try {
    const { current, keys } = JSON.parse(text) as { current: string; keys: Record<string, string> }
    const decoded = new Map(
      Object.entries(keys).map(([id, key]) => [id, fromBase64url(key, 32)] as const),
    )
    if (decoded.has(current)) return { current, keys: decoded }
  } catch {
    // Falls through to the one constant error: the parser's text may quote the file.
  }
  throw new VaultError('kek.file')
}

const providerFor = ({ current, keys }: KeyFile): KeyProvider => ({
  currentId: current,
  wrap: async (secret, aad) => ({
    kekId: current,
    wrapped: await aeadSeal(keyOf(keys, current), secret, aad),
  }),
  unwrap: ({ kekId, wrapped }, aad) => aeadOpenWith(keys, kekId, wrapped, aad),
})

const aeadOpenWith = async (
  keys: KeyFile['keys'],
  kekId: string,
  wrapped: Bytes,
  aad: Bytes,
): Promise<Bytes> => aeadOpen(keyOf(keys, kekId), wrapped, aad, 'kek.refused')

const keyOf = (keys: KeyFile['keys'], id: string): Bytes => {
  const key = keys.get(id)
  if (key === undefined) throw new VaultError('kek.unknown')
  return key
}
