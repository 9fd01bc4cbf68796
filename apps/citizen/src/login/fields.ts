// The login's three fields, checked on the device: a slip of the finger costs no try and no request.
import { type Kvnr, parseKvnr } from '@einmal-pin/domain/kvnr'
import { type Pin, parsePin } from '@einmal-pin/domain/pin'
import { parseSecondFactor, type SecondFactor } from '@einmal-pin/domain/second-factor'
import { m } from '../paraglide/messages.js'
import { tenant } from '../tenant.ts'

export interface LoginInput {
  kvnr: string
  secondFactor: string
  pin: string
}

export interface LoginData {
  readonly kvnr: Kvnr
  readonly factor: SecondFactor
  readonly pin: Pin
}

export type LoginField = keyof LoginInput
export type LoginErrors = { readonly [field in LoginField]?: string }

export function kvnrError(input: string): string | undefined {
  if (input.trim() === '') return m.login_kvnr_missing()
  const parsed = parseKvnr(input)
  if (parsed.ok) return undefined
  return parsed.error === 'kvnr.checkDigit' ? m.login_kvnr_check() : m.login_kvnr_format()
}

export function secondFactorError(input: string): string | undefined {
  if (input.trim() === '') return m.login_card_missing({ digits: tenant.cardDigits })
  const parsed = parseSecondFactor(input, tenant.cardDigits)
  if (parsed.ok) return undefined
  return parsed.error === 'secondFactor.date'
    ? m.login_card_date()
    : m.login_card_format({ digits: tenant.cardDigits })
}

export function pinError(input: string): string | undefined {
  if (input.trim() === '') return m.login_pin_missing()
  const parsed = parsePin(input)
  if (parsed.ok) return undefined
  if (parsed.error === 'pin.checkDigit') return m.login_pin_check()
  return parsed.error === 'pin.length' ? m.login_pin_length() : m.login_pin_format()
}

/** The messages of all fields that are wrong; empty when the data may be sent. */
export function loginErrors(input: LoginInput): LoginErrors {
  const kvnr = kvnrError(input.kvnr)
  const secondFactor = secondFactorError(input.secondFactor)
  const pin = pinError(input.pin)
  return { ...(kvnr && { kvnr }), ...(secondFactor && { secondFactor }), ...(pin && { pin }) }
}

/** The checked data, or undefined while a field is wrong. */
export function loginData(input: LoginInput): LoginData | undefined {
  const kvnr = parseKvnr(input.kvnr)
  const factor = parseSecondFactor(input.secondFactor, tenant.cardDigits)
  const pin = parsePin(input.pin)
  if (!kvnr.ok || !factor.ok || !pin.ok) return undefined
  return { kvnr: kvnr.value, factor: factor.value, pin: pin.value }
}
