// Puts document ids into the answers and takes them out again.
import type { AnswerValue, ProofAnswer } from '@einmal-pin/domain/form/answers'
import { answerAt } from '@einmal-pin/domain/form/edit'
import { documentIdsIn } from '@einmal-pin/domain/form/summary'
import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import { setAnswer } from '../case/answers.ts'
import { touch } from '../case/draft-sync.ts'
import { caseState } from '../case/state.svelte.ts'

export type SlotType = 'file' | 'proof'

function isProof(slot: string, value: AnswerValue | undefined): boolean {
  if (typeof value === 'object' && 'wie' in value) return true
  return value === undefined && slotType(slot) === 'proof'
}

const types = new Map<string, SlotType>()

/** The field tells its type, since the answer of an empty slot does not. */
export function rememberSlot(slot: string, type: SlotType): void {
  types.set(slot, type)
}

const slotType = (slot: string): SlotType => types.get(slot) ?? 'file'

function withIds(slot: string, change: (ids: readonly string[]) => readonly string[]): void {
  const value = answerAt(caseState.answers, slot)
  const dateien = change(documentIdsIn(value))
  const files = dateien.length > 0 ? dateien : undefined
  const proof: ProofAnswer = { wie: 'jetzt', ...(files && { dateien: files }) }
  setAnswer(slot, isProof(slot, value) ? proof : files)
}

/** The document becomes part of the draft, in its slot. */
export function attach(meta: DocumentMeta): void {
  caseState.documents = [...caseState.documents.filter(({ id }) => id !== meta.id), meta]
  withIds(meta.slot, (ids) => [...ids.filter((id) => id !== meta.id), meta.id])
}

/** The document leaves the draft; remembered so that it does not come back before it is deleted. */
export function detach(id: string, slot: string): void {
  caseState.documents = caseState.documents.filter((meta) => meta.id !== id)
  if (!caseState.removed.includes(id)) caseState.removed = [...caseState.removed, id]
  if (documentIdsIn(answerAt(caseState.answers, slot)).includes(id)) {
    withIds(slot, (ids) => ids.filter((other) => other !== id))
  } else touch()
}

/** The rebuilt document takes the old one's place in the draft; the old one is remembered as removed. */
export function replace(oldId: string, meta: DocumentMeta): void {
  const others = caseState.documents.filter(({ id }) => id !== oldId && id !== meta.id)
  caseState.documents = [...others, meta]
  if (!caseState.removed.includes(oldId)) caseState.removed = [...caseState.removed, oldId]
  withIds(meta.slot, (ids) =>
    ids.includes(oldId)
      ? ids.map((id) => (id === oldId ? meta.id : id))
      : [...ids.filter((id) => id !== meta.id), meta.id],
  )
}
