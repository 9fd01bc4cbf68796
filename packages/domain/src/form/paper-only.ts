// Which things asked for come by post: those whose kind the form marks `paperOnly`.
import type { Answers, AnswerValue } from './answers.ts'
import type { Block, Field } from './definition.ts'
import { entriesOf } from './prefill.ts'

/** Whether this field holds a kind that the form takes on paper only. */
export function holdsPaperOnly(field: Field, held: AnswerValue | undefined): boolean {
  if (field.type !== 'choice') return false
  return field.options.some(({ value, paperOnly }) => paperOnly === true && value === held)
}

/** Whether an item with these values comes by post. */
export function isPaperOnly(blocks: readonly Block[], item: Answers): boolean {
  return entriesOf(blocks).some(
    (entry) => entry.kind === 'field' && holdsPaperOnly(entry, item[entry.key]),
  )
}
