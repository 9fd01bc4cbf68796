// The language of conditions in a form: data only, no code and no regular expressions from authors.
import type { Scalar } from './answers.ts'

/**
 * Where a value stands, seen from the place of the condition: `key` from the top of the form,
 * `./key` in the same repeat item, `../key` in the item around it. A condition may only look back
 * at fields that stand earlier in the form, so that one pass in form order decides everything.
 */
export type Path = string

/** A day: of a field, or the day that counts as today. A field that holds a year stands for its first day. */
export type Day = Path | 'today'

/** Something that can be compared. Missing values make every comparison false. */
export type Operand =
  | Path
  | { readonly value: Scalar }
  | { readonly today: true }
  /** The year of a date as a number. */
  | { readonly year: Day }
  /** The day so many months later, or earlier if negative; the last of a shorter month. */
  | { readonly monthsFrom: Day; readonly by: number }
  /** A dated parameter; the first of `at` that is filled says which year counts. */
  | { readonly parameter: string; readonly at: readonly Day[] }
  /** Missing parts count as nothing, here and in all that follow. */
  | { readonly sum: readonly Operand[] }
  /** `each` is worked out once per item of the repeat group, if `where` holds for it. */
  | { readonly sumOf: Path; readonly each: Operand; readonly where?: Cond }
  /** The first less the second. */
  | { readonly minus: readonly [Operand, Operand] }
  | { readonly product: readonly Operand[] }
  /** Rounded to a whole number: cents stay cents. */
  | { readonly divide: Operand; readonly by: number }
  | { readonly smallest: readonly Operand[] }
  | { readonly largest: readonly Operand[] }
  | { readonly if: Cond; readonly yes: Operand; readonly no: Operand }

export type Comparison = readonly [Operand, Operand]

export type Cond =
  | { readonly all: readonly Cond[] }
  | { readonly any: readonly Cond[] }
  | { readonly not: Cond }
  | { readonly eq: readonly [Path, Scalar] }
  | { readonly in: readonly [Path, readonly Scalar[]] }
  /** A multi choice contains the value. */
  | { readonly has: readonly [Path, string] }
  | { readonly filled: Path }
  | { readonly gt: Comparison }
  | { readonly gte: Comparison }
  | { readonly lt: Comparison }
  | { readonly lte: Comparison }
  /** Whole years from the day in `age` to the first of `at` that is filled. */
  | {
      readonly age: Path
      readonly at: readonly Day[]
      readonly gte?: number
      readonly lt?: number
    }
  /** Both texts are filled and equal but for case and outer blanks. */
  | { readonly same: readonly [Path, Path] }
  /** At least one item of the repeat group; `./` inside means that item. */
  | { readonly some: Path; readonly where: Cond }
  /** The item around the condition was known to the office (it came with the prefill). */
  | { readonly known: boolean }
  /** Another item of these repeat groups has the same filled values under `by` (keys of the item). */
  | { readonly twice: readonly string[]; readonly by: readonly string[] }
