// The two public keys that office and print centre know of each other, as files below the data directory.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRecipient } from '@einmal-pin/vault/age'
import { createSecretFile, readSecretFile } from '@einmal-pin/vault/secret-file-node'
import { problem } from '@einmal-pin/wire/problem'

/** Made by the print centre at its first start. Throws the problem `printCentre.keyMissing` before that, `printCentre.keyWrong` for a file that holds no key. */
export async function readPrintCentreRecipient(dataDir: string): Promise<string> {
  const text = await readFile(join(folderOf(dataDir), 'recipient.txt'), 'utf8').catch(() => {
    throw problem('printCentre.keyMissing')
  })
  if (!isRecipient(text.trim())) throw problem('printCentre.keyWrong')
  return text.trim()
}

/**
 * Tells the print centre the office's public key (b64u), once. Later bundles of another key are refused there, also
 * after this was called again with it: throws TypeError then, because somebody has to look.
 */
export async function introduceOffice(dataDir: string, publicKey: string): Promise<void> {
  await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 })
  const path = join(folderOf(dataDir), 'office-key.txt')
  if (await createSecretFile(path, `${publicKey}\n`)) return
  const known = (await readSecretFile(path))?.trim()
  if (known !== publicKey) throw new TypeError('the print centre knows another key of the office')
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'secrets', 'print-centre')
}
