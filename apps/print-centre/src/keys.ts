// The print centre's own key, made at its first start, and the office's public key once the office has told it.
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { newSealingPair, recipientOf } from '@einmal-pin/vault/age'
import { createSecretFile, readSecretFile } from '@einmal-pin/vault/secret-file-node'

/**
 * The age identity in `<folder>/identity.json`, made when there is none; its recipient stands in recipient.txt for the
 * office to read. Throws VaultError `secretFile.*` or `age.identity` when the file is not ours, open or damaged.
 */
export async function openIdentity(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const identity = (await storedIdentity(folder)) ?? (await makeIdentity(folder))
  await writeRecipient(folder, await recipientOf(identity))
  return identity
}

/** The office's public key (b64u), or undefined while the office has not introduced itself. */
export async function readOfficeKey(folder: string): Promise<string | undefined> {
  return (await readSecretFile(join(folder, 'office-key.txt')))?.trim()
}

async function storedIdentity(folder: string): Promise<string | undefined> {
  const text = await readSecretFile(join(folder, 'identity.json'))
  if (text === undefined) return undefined
  const { identity } = JSON.parse(text) as { identity: string }
  return identity
}

async function makeIdentity(folder: string): Promise<string> {
  const { identity } = await newSealingPair()
  const text = `${JSON.stringify({ identity })}\n`
  if (await createSecretFile(join(folder, 'identity.json'), text)) return identity
  return (await storedIdentity(folder)) ?? identity
}

// Written whole, so that the office never seals a letter to half a key.
async function writeRecipient(folder: string, recipient: string): Promise<void> {
  const temporary = join(folder, '.tmp-recipient')
  const file = await open(temporary, 'w', 0o644)
  try {
    await file.writeFile(`${recipient}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, join(folder, 'recipient.txt'))
}
