// What the form's fields call when somebody answers.
import type { AnswerValue } from '@einmal-pin/domain/form/answers'
import { withAnswer, withCopy, withoutItem } from '@einmal-pin/domain/form/edit'
import { vault } from '../vault-worker/vault.ts'
import { touch } from './draft-sync.ts'
import { caseState } from './state.svelte.ts'

export function setAnswer(path: string, value: AnswerValue | undefined): void {
  caseState.answers = withAnswer(caseState.answers, path, value)
  caseState.overwritten = caseState.overwritten.filter((other) => other !== path)
  touch()
}

/** Adds an item to a repeat group and resolves to its id; `copied` fields come from the last item. */
export async function addItem(path: string, copied: readonly string[] = []): Promise<string> {
  const id = (await vault('newId')).replace(/[^A-Za-z0-9]/g, '').slice(0, 12)
  caseState.answers = withCopy(caseState.answers, path, copied, id)
  touch()
  return id
}

export function removeItem(path: string): void {
  caseState.answers = withoutItem(caseState.answers, path)
  touch()
}

/** A step that was seen counts as begun; remembered once. */
export function markVisited(stepId: string): void {
  if (caseState.visited.includes(stepId)) return
  caseState.visited = [...caseState.visited, stepId]
  touch()
}
