// What was sent, in words: the part of a saved receipt that people read, with every word that stands around it.

export interface CopyRow {
  readonly label: string
  readonly text: string
}

export interface CopySection {
  readonly title: string
  readonly rows: readonly CopyRow[]
}

/** Every text of the file besides the answers, so that its language is part of what is proved. */
export interface CopyLabels {
  readonly heading: string
  readonly insurer: string
  readonly number: string
  readonly received: string
  readonly clock: string
  readonly case: string
  readonly answers: string
  readonly documents: string
  readonly noDocuments: string
  readonly name: string
  readonly size: string
  readonly fingerprint: string
  readonly check: string
  readonly checkText: string
  readonly submission: string
  readonly key: string
  readonly signature: string
}

export interface ReadableCopy {
  readonly lang: string
  readonly labels: CopyLabels
  readonly insurer: string
  readonly title: string
  readonly caseRef: string
  readonly sections: readonly CopySection[]
}

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const isText = (value: unknown): boolean => typeof value === 'string'

function fits(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value)
  return (
    entries.length === Object.keys(shape).length &&
    entries.every(([key, part]) => Object.hasOwn(shape, key) && shape[key]?.(part) === true)
  )
}

const listOf = (shape: Shape) => (value: unknown) =>
  Array.isArray(value) && value.every((part) => fits(part, shape))

const LABELS: Shape = {
  ...{ heading: isText, insurer: isText, number: isText, received: isText, clock: isText },
  ...{ case: isText, answers: isText, documents: isText, noDocuments: isText, name: isText },
  ...{ size: isText, fingerprint: isText, check: isText, checkText: isText },
  ...{ submission: isText, key: isText, signature: isText },
}

const COPY: Shape = {
  ...{ lang: isText, insurer: isText, title: isText, caseRef: isText },
  labels: (value) => fits(value, LABELS),
  sections: listOf({ title: isText, rows: listOf({ label: isText, text: isText }) }),
}

/** Undefined when the text is not such a copy. */
export function readCopy(text: string): ReadableCopy | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return fits(value, COPY) ? (value as ReadableCopy) : undefined
  } catch {
    return undefined
  }
}
