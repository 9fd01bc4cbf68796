// The forms of a folder, read anew when somebody has changed one: another wording needs neither code nor a restart.
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { formFolders, readForm } from '@einmal-pin/forms/load-form'
import type { FastifyBaseLogger } from 'fastify'
import { type FormLibrary, type LoadedForm, loadedForm, makeFormLibrary } from './form-library.ts'

export interface FormSource {
  /** Those that a case can be opened with now. */
  readonly current: () => Promise<FormLibrary>
}

interface Known {
  /** Names, sizes and times of the files, as they were when the form was read. */
  readonly stamp: string
  /** The last version without mistakes; undefined if there never was one. */
  readonly form: LoadedForm | undefined
}

/** Rejects when a form that lies there now has mistakes; one that is broken later stays as it was, and the log says so. */
export async function formsIn(
  folder: string,
  log: Pick<FastifyBaseLogger, 'warn'>,
): Promise<FormSource> {
  let known: ReadonlyMap<string, Known> = new Map()
  const current = async () => {
    const entries = formFolders(folder).map(async (path) => [path, await look(path)] as const)
    known = new Map(await Promise.all(entries))
    return makeFormLibrary([...known.values()].flatMap(({ form }) => form ?? []))
  }
  const look = async (path: string): Promise<Known> => {
    const stamp = await stampOf(path)
    const before = known.get(path)
    if (before?.stamp === stamp) return before
    const { form, problems } = readForm(path)
    if (form !== undefined && problems.length === 0) return { stamp, form: await loadedForm(form) }
    const [first] = problems
    const problem = { form: basename(path), code: first?.code, where: first?.where }
    log.warn(problem, 'the form has mistakes and is left as it was')
    return { stamp, form: before?.form }
  }
  await current()
  const broken = [...known].filter(([, { form }]) => form === undefined).map(([path]) => path)
  if (broken.length > 0) throw new Error(`these forms have mistakes: ${broken.join(', ')}`)
  return { current }
}

async function stampOf(path: string): Promise<string> {
  // A lock of an editor, or a file that has just been replaced, is no reason to open no case.
  const names = await readdir(path).catch(() => [])
  const marks = names
    .filter((name) => /^[a-z].*\.json$/.test(name))
    .sort()
    .map(async (name) => {
      const file = await stat(join(path, name)).catch(() => undefined)
      return `${name} ${file?.size} ${file?.mtimeMs}`
    })
  return (await Promise.all(marks)).join('\n')
}
