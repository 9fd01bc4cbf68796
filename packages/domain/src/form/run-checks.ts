// The checks across fields, run on pruned answers.
import type { Answers } from './answers.ts'
import type { Check, FormDefinition, ShownValue } from './definition.ts'
import { holds, resolve } from './holds.ts'
import { knownItem } from './prefill.ts'
import { enterItem, itemsAt, type Scope } from './scope.ts'
import type { Issue, Param, Params } from './view.ts'

/** Values for the placeholders of a text; a value that is missing is shown as a dash. */
export function shownParams(
  values: { readonly [name: string]: ShownValue } | undefined,
  scope: Scope,
): Params {
  const entries = Object.entries(values ?? {}).map(([name, { of, as }]): [string, Param] => {
    const value = resolve(of, scope)
    if (typeof value === 'number' || typeof value === 'string') return [name, { as, value }]
    return [name, { as: 'text', value: '–' }]
  })
  return Object.fromEntries(entries)
}

interface Place {
  readonly scope: Scope
  readonly prefix: string
}

/** Every item of `outer/inner`, as a scope and the prefix of its paths. */
function placesOf(each: string, start: Place, known: Answers): readonly Place[] {
  return each.split('/').reduce<readonly Place[]>(
    (places, key, depth) =>
      places.flatMap(({ scope, prefix }) =>
        itemsAt(depth === 0 ? key : `./${key}`, scope).map((item) => ({
          scope: enterItem(
            scope,
            item,
            depth === 0 && knownItem(known[key], item.id) !== undefined,
          ),
          prefix: `${prefix}${key}/${item.id}/`,
        })),
      ),
    [start],
  )
}

function pathOf(at: string, prefix: string): string {
  return at.startsWith('./') ? prefix + at.slice(2) : at
}

function issueAt(check: Check, place: Place): readonly Issue[] {
  if (!holds(check.when, place.scope)) return []
  const { level, id, message } = check
  const params = shownParams(check.values, place.scope)
  return [{ level, path: pathOf(check.at, place.prefix), code: `check.${id}`, params, message }]
}

/** All issues of all checks, hidden places not yet left out. */
export function runChecks(def: FormDefinition, scope: Scope, known: Answers): readonly Issue[] {
  const start: Place = { scope, prefix: '' }
  return def.checks.flatMap((check) => {
    const places = check.each?.flatMap((each) => placesOf(each, start, known)) ?? [start]
    return places.flatMap((place) => issueAt(check, place))
  })
}
