// The portal shows this for addresses that do not exist; prerendered once per language, no JavaScript.
import { localeEntries } from '../../../locale/segments.ts'

export const entries = localeEntries

export const csr = false
