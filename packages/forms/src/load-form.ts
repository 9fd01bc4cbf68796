// Reads the forms that lie beside this package: for the office and for the command line.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { type FormDefinition, LOCALES, type LText } from '@einmal-pin/domain/form/definition'
import { type CheckedForm, checkFormFiles, type FormFiles } from './check-files.ts'
import { DEFINITION_FILE, type Finding, textFile } from './finding.ts'

const ROOT = dirname(import.meta.dirname)
const loaded = new Map<string, FormDefinition>()

export interface ReadForm {
  /** Undefined if the files are so wrong that no form comes out. */
  readonly form: FormDefinition | undefined
  /** Everything that keeps the form from being published; advice is left out. */
  readonly problems: readonly Finding[]
}

export interface ListedForm {
  readonly id: string
  readonly version: string
  readonly title: LText
}

/** A form is named by its folder or by a file in it. */
export function formFolderOf(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? extname(path) === ''
  return isFolder ? path : dirname(path)
}

function readFiles(folder: string): FormFiles {
  const names = [DEFINITION_FILE, ...LOCALES.map(textFile)]
  return new Map(names.flatMap((name) => readIfThere(join(folder, name), name)))
}

function readIfThere(path: string, name: string): readonly (readonly [string, string])[] {
  try {
    return [[name, readFileSync(path, 'utf8')]]
  } catch {
    return []
  }
}

/**
 * Checks the form in a folder, or that of a definition.json, wherever it lies. Never throws for what stands
 * in the files.
 */
export function checkFormFolder(path: string): CheckedForm {
  const schema: object = JSON.parse(readFileSync(join(ROOT, 'form.schema.json'), 'utf8'))
  return checkFormFiles(readFiles(formFolderOf(path)), schema)
}

/** The folders of all forms of this installation, or of another folder of forms. */
export const formFolders = (root = ROOT): readonly string[] =>
  formIds(root).map((id) => join(root, id))

/** The form of a folder with what refuses it. */
export function readForm(path: string): ReadForm {
  const { form, findings } = checkFormFolder(path)
  return { form, problems: findings.filter(({ severity }) => severity === 'error') }
}

function formIds(root = ROOT): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'definition.json')))
    .map((entry) => entry.name)
    .sort()
}

/** Whether there is a form of this id; for untrusted ids before loadForm. */
export function hasForm(id: string): boolean {
  return formIds().includes(id)
}

/**
 * The checked form with its texts and the common last page.
 * @throws if there is no such form or if it has problems: a broken form must not reach a case
 */
export function loadForm(id: string): FormDefinition {
  const known = loaded.get(id)
  if (known !== undefined) return known
  if (!hasForm(id)) throw new RangeError('there is no form of this id')
  const { form, problems } = readForm(join(ROOT, id))
  if (form === undefined || problems.length > 0) {
    const list = problems.slice(0, 10).map(({ code, where }) => `${code} ${where}`)
    throw new Error(`the form ${id} has problems: ${list.join('; ')}`)
  }
  loaded.set(id, form)
  return form
}

/** All forms of this installation, by id. */
export function listForms(): readonly ListedForm[] {
  return formIds().map((id) => {
    const { version, title } = loadForm(id)
    return { id, version, title }
  })
}
