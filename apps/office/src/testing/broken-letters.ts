// A letters folder with one thing changed, as an editor's slip or a broken renderer would change it.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LETTERS_FOLDER } from '../letters/letters-folder.ts'

export interface BrokenLetters extends AsyncDisposable {
  readonly folder: string
}

/** The first `from` in `file` becomes `to`; a text that no longer stands there fails the test. */
export async function brokenLetters(
  file: string,
  from: string,
  to: string,
): Promise<BrokenLetters> {
  const folder = await mkdtemp(join(tmpdir(), 'letters-'))
  await cp(LETTERS_FOLDER, folder, { recursive: true })
  const path = join(folder, file)
  const text = await readFile(path, 'utf8')
  assert.ok(text.includes(from), from)
  await writeFile(
    path,
    text.replace(from, () => to),
  )
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
