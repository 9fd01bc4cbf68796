// What every field shows beside its value: label, error, hints, what the office knew.
import { formatValue } from '@einmal-pin/domain/form/format-value'
import { issueText } from '@einmal-pin/domain/form/messages'
import { localText } from '@einmal-pin/domain/form/text'
import type { FieldView, Issue } from '@einmal-pin/domain/form/view'
import { currentLocale } from '../locale/locale.svelte.ts'
import { m } from '../paraglide/messages.js'
import { fieldId } from './field-id.ts'

/** Some forms say it in the label; once is enough. */
const SAYS_OPTIONAL = /freiwillig|müssen Sie nicht|voluntary|optional/i

const isMissing = ({ code }: Issue): boolean => code.endsWith('.required')

export class FieldState {
  /** The person has been in the field and left it: slips are named, gaps not yet. */
  left = $state(false)
  readonly #view: () => FieldView
  readonly #showAll: () => boolean

  constructor(view: () => FieldView, showAll: () => boolean) {
    this.#view = view
    this.#showAll = showAll
  }

  get id(): string {
    return fieldId(this.#view().path)
  }

  get label(): string {
    return localText(this.#view().field.label, currentLocale())
  }

  get help(): string | undefined {
    const { help } = this.#view().field
    return help && localText(help, currentLocale())
  }

  get optional(): string | undefined {
    const { required, field } = this.#view()
    const said = field.type === 'checkbox' || SAYS_OPTIONAL.test(this.label)
    return required || said ? undefined : m.field_optional()
  }

  /** The error of the field itself, or of a part such as `plz` of an address. */
  error(part?: string): string | undefined {
    const { path, issues } = this.#view()
    const wanted = part === undefined ? path : `${path}.${part}`
    const issue = issues.find((entry) => entry.level === 'error' && entry.path === wanted)
    const shown = issue && (this.#showAll() || (this.left && !isMissing(issue)))
    return shown ? issueText(issue, currentLocale()) : undefined
  }

  get hints(): readonly string[] {
    const hints = this.#view().issues.filter(({ level }) => level !== 'error')
    return hints.map((issue) => issueText(issue, currentLocale()))
  }

  /** What the letter's sender knew, in words; undefined if nothing. */
  get known(): string | undefined {
    const { field, known } = this.#view()
    return known === undefined ? undefined : formatValue(field, known, currentLocale())
  }
}
