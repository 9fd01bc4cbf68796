// The one catalogue of errors that a person or a program may meet: code, status and the text in three languages.
// docs/errors.md mirrors it, by test.
import type { ErrorText } from './error-text.ts'
import { OFFICE_ERRORS } from './office-errors.ts'
import { PORTAL_ERRORS } from './portal-errors.ts'

export type { ErrorText }

export const ERRORS = { ...PORTAL_ERRORS, ...OFFICE_ERRORS } as const satisfies Record<
  string,
  ErrorText
>

export type ErrorCode = keyof typeof ERRORS

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(ERRORS, value)
