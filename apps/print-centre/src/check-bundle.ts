// Decides whether a bundle is the office's and whole, before anything of it is opened.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '@einmal-pin/domain/result'
import { verifyBundle } from '@einmal-pin/vault/bundle-signature'
import { sha256Hex } from '@einmal-pin/vault/digest'
import {
  type BundleManifest,
  isBundleManifest,
  type PrintRefusal,
} from '@einmal-pin/wire/print-hand-over'

export type Refusal = Omit<PrintRefusal, 'bundleId'>

/** The list of a bundle in `folder` called `bundleId` whose every file is there unaltered. */
export async function checkBundle(
  folder: string,
  bundleId: string,
  officeKey: string,
): Promise<Result<BundleManifest, Refusal>> {
  const bytes = await readFile(join(folder, 'manifest.json')).catch(() => Buffer.alloc(0))
  const signature = await readFile(join(folder, 'manifest.sig'), 'utf8').catch(() => '')
  if (!(await verifyBundle(officeKey, bytes, signature))) return err({ code: 'bundle.signature' })
  const manifest = parsed(bytes)
  // A signed list under another name is an old one played in again.
  if (!isBundleManifest(manifest) || manifest.bundleId !== bundleId) {
    return err({ code: 'bundle.manifest' })
  }
  const list = await readFile(join(folder, 'manifest.csv')).catch(() => Buffer.alloc(0))
  if ((await sha256Hex(list)) !== manifest.csvSha256) return err({ code: 'bundle.manifest' })
  for (const { letterId, file, sha256 } of manifest.letters) {
    const sealed = await readFile(join(folder, file)).catch(() => undefined)
    if (sealed === undefined || (await sha256Hex(sealed)) !== sha256) {
      return err({ code: 'letter.digest', letterId })
    }
  }
  return ok(manifest)
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
