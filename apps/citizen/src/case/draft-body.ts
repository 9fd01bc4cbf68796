// The draft as one value: taken from the screen, put onto it, merged with another device's.
import type { Answers } from '@einmal-pin/domain/form/answers'
import { mergeAnswers } from '@einmal-pin/domain/form/merge'
import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import { currentLocale } from '../locale/locale.svelte.ts'
import { caseState, type DraftBody } from './state.svelte.ts'

/** A word for this device in the draft; nothing about the person. */
const savedBy = (): string => (matchMedia('(pointer: coarse)').matches ? 'phone' : 'computer')

export function currentBody(): DraftBody {
  const { answers, documents, removed, visited } = caseState
  return { answers, documents, removed, visited, locale: currentLocale(), savedBy: savedBy() }
}

export function showBody(body: DraftBody): void {
  caseState.answers = body.answers
  caseState.documents = body.documents
  caseState.removed = body.removed
  caseState.visited = body.visited
}

/** An authentic draft of this app, from a version that may have known fewer members. */
export function bodyFrom(value: unknown): DraftBody {
  const given = value as Partial<DraftBody>
  return {
    answers: given.answers ?? {},
    documents: given.documents ?? [],
    removed: given.removed ?? [],
    visited: given.visited ?? [],
    locale: given.locale ?? 'de',
    savedBy: given.savedBy ?? '',
  }
}

const union = <T>(...lists: readonly (readonly T[])[]): readonly T[] => [...new Set(lists.flat())]

function mergeDocuments(
  lists: readonly (readonly DocumentMeta[])[],
  removed: readonly string[],
): readonly DocumentMeta[] {
  const byId = new Map(lists.flat().map((meta) => [meta.id, meta]))
  return [...byId.values()].filter(({ id }) => !removed.includes(id))
}

export interface MergedBody {
  readonly body: DraftBody
  readonly overwritten: readonly string[]
}

/** Field by field against the last common answers; where both changed a field, mine stays and is named. */
export function mergeBodies(base: Answers, mine: DraftBody, theirs: DraftBody): MergedBody {
  const { answers, overwritten } = mergeAnswers(base, mine.answers, theirs.answers)
  const removed = union(mine.removed, theirs.removed)
  const documents = mergeDocuments([theirs.documents, mine.documents], removed)
  const visited = union(theirs.visited, mine.visited)
  return { body: { ...mine, answers, documents, removed, visited }, overwritten }
}
