// Makes a print centre known to an office of a test, as the print centre itself does when it starts.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newSealingPair, type SealingPair } from '@einmal-pin/vault/age'

/** Returns its keys, with which a test can open letters as the print centre does. */
export async function introducePrintCentre(dataDir: string): Promise<SealingPair> {
  const pair = await newSealingPair()
  const folder = join(dataDir, 'secrets/print-centre')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'recipient.txt'), `${pair.recipient}\n`)
  return pair
}
