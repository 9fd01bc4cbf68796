// Prerendered once per language; the portal does not serve it.
import { localeEntries } from '../../../locale/segments.ts'

export const entries = localeEntries
