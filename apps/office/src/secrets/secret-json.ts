// One secret as one JSON file: read if it is there, else made once; two first starts cannot both win.
import { createSecretFile, readSecretFile } from '@einmal-pin/vault/secret-file-node'

/** Throws VaultError `secretFile.*` when others may read the file, TypeError when it is damaged. */
export async function readOrMakeSecret<T>(
  path: string,
  isValid: (value: unknown) => value is T,
  make: () => Promise<T> | T,
): Promise<T> {
  const text = await readSecretFile(path)
  if (text !== undefined) return parseSecret(path, text, isValid)
  const made = await make()
  if (await createSecretFile(path, `${JSON.stringify(made, null, 2)}\n`)) return made
  return parseSecret(path, (await readSecretFile(path)) ?? '', isValid)
}

/** The file's name is told, never its content. */
export function parseSecret<T>(
  path: string,
  text: string,
  isValid: (value: unknown) => value is T,
): T {
  const value = parsed(text)
  if (!isValid(value)) throw new TypeError(`the secret file ${path} is damaged: restore it`)
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether `value` is an object with a text under each of the keys. */
export function hasTexts<K extends string>(
  value: unknown,
  ...keys: readonly K[]
): value is Readonly<Record<K, string>> {
  if (typeof value !== 'object' || value === null) return false
  const entries: Readonly<Record<string, unknown>> = { ...value }
  return keys.every((key) => typeof entries[key] === 'string' && entries[key] !== '')
}
