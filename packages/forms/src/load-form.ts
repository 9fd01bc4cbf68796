// Reads the forms that lie beside this package: for the office and for the command line.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Schema, Validator } from '@cfworker/json-schema'
import { checkForm } from '@einmal-pin/domain/form/check-form'
import { type FormDefinition, LOCALES, type LText } from '@einmal-pin/domain/form/definition'
import { resolveForm, type TextsByLocale } from './resolve-form.ts'
import type { FormSource, Texts } from './source.ts'

const ROOT = dirname(import.meta.dirname)
const loaded = new Map<string, FormDefinition>()

export interface ReadProblem {
  /** `form.json`, `form.schema`, `form.structure`, `form.text.unused`, or a code of checkForm. */
  readonly code: string
  readonly where: string
}

export interface ReadForm {
  /** Undefined if the structure is so wrong that no form comes out. */
  readonly form: FormDefinition | undefined
  readonly problems: readonly ReadProblem[]
}

export interface ListedForm {
  readonly id: string
  readonly version: string
  readonly title: LText
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function readTexts(folder: string): TextsByLocale {
  const entries = LOCALES.map((locale) => {
    const file = join(folder, `texts.${locale}.json`)
    return [locale, existsSync(file) ? (readJson(file) as Texts) : {}] as const
  })
  return Object.fromEntries(entries) as TextsByLocale
}

function schemaProblems(source: unknown): readonly ReadProblem[] {
  const schema = readJson(join(ROOT, 'form.schema.json')) as Schema
  const { errors } = new Validator(schema, '2020-12', false).validate(source)
  // Outer errors only repeat that something inside is wrong; the deepest places say what.
  const deepest = errors.filter(
    ({ instanceLocation: here }) =>
      !errors.some(({ instanceLocation }) => instanceLocation.startsWith(`${here}/`)),
  )
  const places = [...new Set(deepest.map((error) => `${error.instanceLocation}: ${error.error}`))]
  return places.map((where) => ({ code: 'form.schema', where }))
}

/**
 * Reads and checks the form in a folder, or that of a definition.json, wherever it lies. Never throws
 * for what stands in the files: every finding is a problem with its place.
 */
export function readForm(path: string): ReadForm {
  try {
    const folder = statSync(path).isDirectory() ? path : dirname(path)
    const source = readJson(join(folder, 'definition.json'))
    const problems = schemaProblems(source)
    if (problems.length > 0) return { form: undefined, problems }
    const { form, unusedTexts } = resolveForm(source as FormSource, readTexts(folder))
    const unused = unusedTexts.map((where) => ({ code: 'form.text.unused', where }))
    return { form, problems: [...checkForm(form), ...unused] }
  } catch (error) {
    const where = error instanceof Error ? error.message : basename(path)
    return { form: undefined, problems: [{ code: codeOf(error), where }] }
  }
}

function codeOf(error: unknown): string {
  return error instanceof RangeError ? 'form.structure' : 'form.json'
}

function formIds(): readonly string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, 'definition.json')))
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
