// Everything that a zone keeps, to be searched: its database as rows, its files, and files that live only for a moment.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { Installation } from '../../harness/installation.ts'
import { rows } from '../../harness/rows.ts'
import { found, type Needle } from './needles.ts'

export interface Hit {
  readonly where: string
  readonly what: string
}

const hitsIn = (where: string, hay: Uint8Array, needles: readonly Needle[]): Hit[] =>
  found(hay, needles).map((what) => ({ where, what }))

/** Every row of every table, as text and, where a column holds bytes, as these bytes and what they unpack to. */
export async function searchDatabase(
  installation: Installation,
  zone: 'portal' | 'office',
  needles: readonly Needle[],
): Promise<readonly Hit[]> {
  const tables = await rows(
    installation,
    zone,
    `select table_name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const hits: Hit[] = []
  for (const { table_name: table } of tables) {
    const where = `${zone} database, table ${table}`
    for (const row of await rows(installation, zone, `select * from "${table}"`)) {
      hits.push(...hitsIn(where, Buffer.from(JSON.stringify(row)), needles))
      for (const value of Object.values(row)) {
        if (value instanceof Uint8Array) hits.push(...hitsIn(where, unpacked(value), needles))
      }
    }
  }
  return hits
}

/** Gzip hides a text as well as a cipher would, so it is taken off first. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes)
  } catch {
    return bytes
  }
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

/** Names and contents of all files below a folder; `skip` leaves paths (relative to it) out. */
export function searchFiles(
  folder: string,
  needles: readonly Needle[],
  skip: (path: string) => boolean = () => false,
): readonly Hit[] {
  const hits: Hit[] = []
  for (const path of existing(() => [...filesBelow(folder)], [])) {
    const name = relative(folder, path)
    if (skip(name)) continue
    hits.push(...hitsIn(`name of a file in ${folder}`, Buffer.from(name), needles))
    const bytes = existing(() => readFileSync(path), undefined)
    if (bytes !== undefined) hits.push(...hitsIn(path, unpacked(bytes), needles))
  }
  return hits
}

/** A file may be gone between looking and reading. */
function existing<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The raw files of one zone's tables; the write-ahead log belongs to both zones of an embedded cluster. */
export async function databaseFolder(
  installation: Installation,
  zone: 'portal' | 'office',
): Promise<string> {
  await rows(installation, zone, 'checkpoint').catch(() => undefined)
  const [row] = await rows(
    installation,
    zone,
    'select oid from pg_database where datname = current_database()',
  )
  return join(installation.dataDir, 'postgres/data/base', String(row?.['oid']))
}

export interface Watch {
  /** Everything that was ever seen in the watched folders, as name -> content. */
  readonly end: () => Promise<ReadonlyMap<string, Buffer>>
}

/** Keeps copies of what passes through folders for temporary files, looking every few milliseconds. */
export function watchFolders(folders: readonly string[]): Watch {
  const seen = new Map<string, Buffer>()
  let over = false
  const look = async () => {
    while (!over) {
      for (const path of folders.flatMap((folder) => existing(() => [...filesBelow(folder)], []))) {
        const stamp = existing(() => `${path} ${statSync(path).mtimeMs}`, path)
        if (seen.has(stamp)) continue
        seen.set(
          stamp,
          existing(() => readFileSync(path), Buffer.alloc(0)),
        )
      }
      await sleep(15, undefined, { ref: false })
    }
  }
  const looking = look()
  return {
    end: async () => {
      over = true
      await looking
      return seen
    },
  }
}

export const searchSeen = (
  seen: ReadonlyMap<string, Buffer>,
  needles: readonly Needle[],
): readonly Hit[] => [...seen].flatMap(([path, bytes]) => hitsIn(path, bytes, needles))
