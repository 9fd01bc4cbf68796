// What was typed into the login; outside the page, so that switching the language keeps it. Memory only.
import type { LoginInput } from './fields.ts'

export const form: LoginInput = $state({ kvnr: '', secondFactor: '', pin: '' })
