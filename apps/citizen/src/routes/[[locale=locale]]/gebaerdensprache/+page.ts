// Prerendered once per language.
import { localeEntries } from '../../../locale/segments.ts'

export const entries = localeEntries

/** No JavaScript at all. */
export const csr = false
