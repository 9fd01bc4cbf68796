// Prerendered once per language; readable without JavaScript.
import { localeEntries } from '../../locale/segments.ts'

export const entries = localeEntries
export const csr = false
