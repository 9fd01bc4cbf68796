// Reads the texts of a public page (config/texts) in every language: shape, placeholders, nothing missing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PIN_LENGTH } from '@einmal-pin/domain/pin'
import type { TenantSettings } from '@einmal-pin/domain/tenant'
import { type Shape, shapeProblems } from './text-shape.ts'
import { shapeOfPage } from './text-shapes.ts'

export const LOCALES = ['de', 'de-simple', 'en'] as const

/** An editor's slip; the message names file, place and what to do, one line for each slip. */
export class TextProblem extends Error {}

type Values = Readonly<Record<string, string>>

/** What may stand between braces in a text. */
export function placeholdersOf(tenant: TenantSettings): Values {
  const { name, street, postcode, city } = tenant.address
  return {
    name: tenant.name,
    legalName: tenant.legalName,
    insurerIk: tenant.insurerIk,
    validityDays: String(tenant.validityDays),
    cardDigits: String(tenant.cardDigits),
    pinLength: String(PIN_LENGTH),
    phone: tenant.phone,
    phoneHours: tenant.phoneHours,
    email: tenant.email,
    otherMattersUrl: tenant.otherMattersUrl,
    'address.name': name,
    'address.street': street,
    'address.postcode': postcode,
    'address.city': city,
  }
}

/** The texts of one page by language, with the insurer's settings put in. Throws TextProblem naming every slip. */
export function readPageTexts(folder: string, page: string, tenant: TenantSettings): object {
  const shape = shapeOfPage(page)
  const values = placeholdersOf(tenant)
  const texts = LOCALES.map((locale) => {
    const file = `${page}.${locale}.json`
    return [locale, filled(file, readJson(join(folder, file), file), shape, values)]
  })
  return Object.fromEntries(texts)
}

function readJson(path: string, file: string): unknown {
  const text = readText(path, file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TextProblem(`${file}: not JSON (${error instanceof Error ? error.message : error})`)
  }
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new TextProblem(`${file}: missing; every page needs every language`)
  }
}

function filled(file: string, value: unknown, shape: Shape, values: Values): unknown {
  const problems = [...shapeProblems(value, shape, ''), ...unknownPlaceholders(value, values)]
  if (problems.length > 0) {
    throw new TextProblem(problems.map((problem) => `${file}: ${problem}`).join('\n'))
  }
  return mapStrings(value, (text) => text.replace(PLACEHOLDER, (_, name) => values[name] ?? ''))
}

const PLACEHOLDER = /\{([^{}]*)\}/g

function unknownPlaceholders(value: unknown, values: Values): readonly string[] {
  const unknown = new Set<string>()
  mapStrings(value, (text) => {
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (!Object.hasOwn(values, name)) unknown.add(name)
    }
  })
  const known = Object.keys(values).join(', ')
  return [...unknown].map((name) => `unknown placeholder {${name}}; known are ${known}`)
}

function mapStrings(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((entry) => mapStrings(entry, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, mapStrings(entry, change)]),
  )
}
