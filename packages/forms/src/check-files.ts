// The whole check of a form's folder, from the texts of its files alone: findings with line, column and what to do.
import { checkForm } from '@einmal-pin/domain/form/check-form'
import { type FormDefinition, LOCALES } from '@einmal-pin/domain/form/definition'
import type { FormProblem } from '@einmal-pin/domain/form/form-problem'
import { conditionsThatNeverHold } from './check-conditions.ts'
import { DEFINITION_FILE, type Finding, type FindingCode, inOrder, textFile } from './finding.ts'
import { type JsonSource, type Place, readJsonSource } from './json-source.ts'
import { originAbove, originOf, pointersTo, withOrigins } from './origin.ts'
import { problemMessage } from './problem-messages.ts'
import {
  type Resolved,
  resolveForm,
  StructureError,
  type TextsByLocale,
  withoutTerms,
} from './resolve-form.ts'
import { schemaFindings, schemaRefusals } from './schema-findings.ts'
import type { FormSource, Texts } from './source.ts'
import {
  missingText,
  oddTexts,
  simpleLanguageFindings,
  type TextSources,
  unusedText,
} from './text-findings.ts'

/** The files of a form's folder by name; a file that is not there is missing in the map. */
export type FormFiles = ReadonlyMap<string, string>

export interface CheckedForm {
  /** Undefined if the files are so wrong that no form comes out. */
  readonly form: FormDefinition | undefined
  /** In the order of the files. */
  readonly findings: readonly Finding[]
}

/** Never throws for what stands in the files. `schema` is form.schema.json. */
export function checkFormFiles(files: FormFiles, schema: object): CheckedForm {
  const read = [DEFINITION_FILE, ...LOCALES.map(textFile)].map((file) => readFile(file, files))
  const broken = read.flatMap(({ findings }) => findings)
  const [definition, ...texts] = read.map(({ source }) => source)
  if (broken.length > 0 || definition === undefined) return refused(broken)
  const sources: TextSources = new Map(LOCALES.map((locale, at) => [locale, texts[at]]))
  const shapes = [
    ...schemaFindings(definition, schema),
    ...[...sources].flatMap(([locale, source]) => (source ? oddTexts(locale, source) : [])),
  ]
  if (shapes.length > 0) return refused(shapes)
  return checkContent(definition, sources, schema)
}

const refused = (findings: readonly Finding[]): CheckedForm => ({
  form: undefined,
  findings: inOrder(findings),
})

interface ReadFile {
  readonly source: JsonSource | undefined
  readonly findings: readonly Finding[]
}

const jsonFinding = (file: string, message: string, place: Place): Finding => ({
  ...{ code: 'form.json', severity: 'error', file, where: message, message },
  ...place,
})

/** A missing text file is found later, as a missing text. */
function readFile(file: string, files: FormFiles): ReadFile {
  const text = files.get(file)
  if (text === undefined) {
    const message = `${file} cannot be read: a form is a folder with this file`
    const findings =
      file === DEFINITION_FILE ? [jsonFinding(file, message, { line: 1, column: 1 })] : []
    return { source: undefined, findings }
  }
  const read = readJsonSource(text)
  if (!read.ok) {
    const message = `this is no JSON: ${read.expected} is expected here`
    return { source: undefined, findings: [jsonFinding(file, message, read.place)] }
  }
  const findings = read.source.doubles.map(({ name, place }) =>
    jsonFinding(file, `"${name}" stands here a second time: remove one of the two`, place),
  )
  return { source: read.source, findings }
}

function checkContent(definition: JsonSource, sources: TextSources, schema: object): CheckedForm {
  const texts = Object.fromEntries(
    [...sources].map(([locale, source]) => [locale, (source?.value ?? {}) as Texts]),
  ) as TextsByLocale
  const simple = sources.get('de-simple')
  const advice = simple === undefined ? [] : simpleLanguageFindings(simple)
  try {
    const source = withOrigins(definition.value) as FormSource
    const misused = misusedTerms(withoutTerms(source), definition, schema)
    if (misused.length > 0) return refused(misused)
    const marked = resolveForm(source, texts)
    const problems = problemFindings(marked, definition, sources)
    const { form } = resolveForm(definition.value as FormSource, texts)
    return { form, findings: inOrder([...problems, ...advice]) }
  } catch (error) {
    if (!(error instanceof StructureError)) throw error
    const { kind, written, at } = error
    const message = `there is no ${kind} "${written}", or it contains itself: add it under "${kind}s" or correct the name`
    return refused([
      definitionFinding('form.structure', written, message, definition, { at, written }),
    ])
  }
}

/** A term is a condition or an operand: the one in the place of the other is found once it stands there. */
function misusedTerms(
  expanded: FormSource,
  definition: JsonSource,
  schema: object,
): readonly Finding[] {
  return schemaRefusals(expanded, schema).map(({ pointer, message }) => {
    const said = `after its terms are put in: ${message}`
    const place = definition.placeOf(originAbove(expanded, pointer))
    return {
      ...{ code: 'form.structure', severity: 'error', file: DEFINITION_FILE, where: pointer },
      ...{ message: said, ...place },
    }
  })
}

function problemFindings(
  { form, unusedTexts, keyOf }: Resolved,
  definition: JsonSource,
  sources: TextSources,
): readonly Finding[] {
  const problems = checkForm(form)
  const found = problems.map((problem) => {
    const key = keyOf(problem.at)
    if (problem.code === 'form.text.missing' && key !== undefined) {
      return missingText(problem, key, sources)
    }
    return definitionFinding(
      problem.code,
      problem.where,
      problemMessage(problem),
      definition,
      problem,
    )
  })
  const dangling = problems.some(({ code }) => code.startsWith('form.reference.'))
  const never = dangling ? [] : conditionsThatNeverHold(form)
  return [
    ...found,
    ...never.map((at) =>
      definitionFinding('form.condition.never', 'condition', NEVER, definition, { at }),
    ),
    ...unusedTexts.map(({ key, locale }) => unusedText(key, locale, sources)),
  ]
}

const NEVER = 'this condition can never be true: correct it or remove what it decides'

function definitionFinding(
  code: FindingCode,
  where: string,
  message: string,
  source: JsonSource,
  problem: Pick<FormProblem, 'at' | 'written'>,
): Finding {
  const place = placeOf(problem, source)
  return { code, severity: 'error', file: DEFINITION_FILE, where, message, ...place }
}

/** The wrong word inside the wrong part, else the part itself; a key or id before other uses of the same word. */
function placeOf({ at, written }: Pick<FormProblem, 'at' | 'written'>, source: JsonSource): Place {
  const origin = originOf(at) ?? ''
  const uses = written === undefined ? [] : pointersTo(source.value, origin, written)
  const named = uses.find((pointer) => ['/key', '/id'].some((end) => pointer === origin + end))
  return source.placeOf(named ?? uses[0] ?? origin)
}
