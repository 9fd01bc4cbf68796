// Right values for any field of any form, chosen by a seed, and what an office could know before a case begins.
import { addDays, type CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import type { Block, Field, FormDefinition } from '@einmal-pin/domain/form/definition'
import { withAnswer } from '@einmal-pin/domain/form/edit'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { entriesOf, isPrefillable } from '@einmal-pin/domain/form/prefill'
import { validatePrefill } from '@einmal-pin/domain/form/validate-prefill'
import type { FormContext, Issue } from '@einmal-pin/domain/form/view'
import type { Chance } from './seeded.ts'

/** Days from today; none is today itself, so that midnight in Berlin changes nothing. */
const DAYS = [-20, -45, -90, -200, -400, 12, 25, 60, 150, -1_500, -4_000, -9_000, -16_000]

const offered = (field: Field): readonly string[] =>
  'options' in field
    ? field.options.filter(({ offered: can }) => can !== false).map(({ value }) => value)
    : []

const textOf = (field: Field, text: string): string => {
  const shortest = 'minLength' in field ? (field.minLength ?? 0) : 0
  const longest = 'maxLength' in field ? (field.maxLength ?? 200) : 200
  return text.padEnd(shortest, ' und so weiter').slice(0, longest)
}

/** Values worth trying, the likely ones first; what branches open comes before what closes them. */
export function candidates(
  field: Field,
  today: CalendarDate,
  chance: Chance,
): readonly AnswerValue[] {
  const day = (offset: number) => addDays(today, offset)
  switch (field.type) {
    case 'yesno':
      return chance.next() < 0.6 ? ['ja', 'nein'] : ['nein', 'ja']
    case 'choice':
      return chance.shuffled(offered(field))
    case 'multi':
      return chance.shuffled(offered(field)).map((value) => [value])
    case 'checkbox':
      return [true]
    case 'date':
      return chance.shuffled(DAYS).map(day)
    case 'month':
      return chance.shuffled(DAYS).map((offset) => day(offset).slice(0, 7))
    case 'int':
      return [chance.between(1, 9), 3, 1, 20, 40, 100, 1990, 2020, 0]
    case 'money':
      return [chance.between(1_000, 40_000), 12_345, 100, 0]
    case 'address':
      return [{ strasse: 'Am Weg', hausnr: '3', plz: '01067', ort: 'Dresden' }]
    case 'text':
    case 'textarea':
      return [textOf(field, chance.pick(['Bäckerei Nord', 'Robin Muster', 'Größe & Söhne']))]
    default:
      return [NAMED[field.type] ?? '']
  }
}

/** One invented value for each named format; proofs and files are the walk's business. */
const NAMED: Readonly<Partial<Record<Field['type'], string>>> = {
  time: '14:05',
  iban: 'DE02120300000000202051',
  kvnr: 'A123456780',
  steuer_id: '86095742719',
  phone: '0201 12345',
  email: 'mia@example.de',
  plz: '01067',
}

const limits = ({ params }: Issue): readonly AnswerValue[] =>
  Object.values(params).map(({ value }) => value)

/** What the form finds wrong at one path for these answers. */
export function errorsAt(
  form: FormDefinition,
  answers: Answers,
  ctx: FormContext,
  path: string,
): readonly Issue[] {
  return evaluateForm(form, answers, ctx)
    .steps.flatMap(({ errors }) => errors)
    .filter((issue) => issue.path === path || issue.path.startsWith(`${path}.`))
}

/** The first candidate that the form accepts here, or a limit that its messages name; undefined if all are refused. */
export function rightValue(
  form: FormDefinition,
  at: { readonly field: Field; readonly path: string; readonly answers: Answers },
  ctx: FormContext,
  chance: Chance,
): AnswerValue | undefined {
  const named: AnswerValue[] = []
  for (const value of candidates(at.field, ctx.today, chance)) {
    const issues = errorsAt(form, withAnswer(at.answers, at.path, value), ctx, at.path)
    if (issues.length === 0) return value
    named.push(...issues.flatMap(limits))
  }
  return named.find(
    (value) => errorsAt(form, withAnswer(at.answers, at.path, value), ctx, at.path).length === 0,
  )
}

type Bag = Record<string, unknown>

function knownValues(blocks: readonly Block[], today: CalendarDate, chance: Chance): Bag {
  const bag: Bag = {}
  for (const entry of entriesOf(blocks).filter(isPrefillable)) {
    bag[entry.key] =
      entry.kind === 'repeat'
        ? [knownValues(entry.blocks, today, chance)]
        : candidates(entry, today, chance)[0]
  }
  return bag
}

/** What the office might know beforehand: a value for each field that may be prefilled, one item per group. */
export function inventedPrefill(form: FormDefinition, today: CalendarDate, chance: Chance): Bag {
  const prefill = knownValues(
    form.pages.flatMap(({ blocks }) => blocks),
    today,
    chance,
  )
  for (const { path } of validatePrefill(form, prefill, today)) dropAt(prefill, path)
  return prefill
}

function dropAt(bag: Bag, path: string): void {
  const [key = '', number, ...rest] = path.split('/')
  const items = bag[key]
  if (number === undefined || !Array.isArray(items)) delete bag[key]
  else dropAt(items[Number(number) - 1], rest.join('/'))
}
