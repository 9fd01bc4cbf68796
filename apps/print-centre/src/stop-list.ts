// Whether the office has taken a letter back: a signed file with its name, looked for before each letter is printed.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verifyBundle } from '@einmal-pin/vault/bundle-signature'
import { isStopOrder } from '@einmal-pin/wire/print-hand-over'

/** A file that is not the office's stops nothing: whoever can write into the folder must not be able to hold letters back. */
export async function isStopped(
  dataDir: string,
  letterId: string,
  officeKey: string,
): Promise<boolean> {
  const path = join(dataDir, 'stop-list', letterId)
  const bytes = await readFile(`${path}.json`).catch(() => undefined)
  if (bytes === undefined) return false
  const signature = await readFile(`${path}.sig`, 'utf8').catch(() => '')
  if (!(await verifyBundle(officeKey, bytes, signature))) return false
  const order = parsed(bytes)
  return isStopOrder(order) && order.letterId === letterId
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
