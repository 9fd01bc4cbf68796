// Prerendered once per language.
import { localeEntries } from '../../../locale/segments.ts'

export const entries = localeEntries
