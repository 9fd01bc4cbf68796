// From arguments to a command: which one is meant, with which options, and nothing else accepted.
import { parseArgs } from 'node:util'
import { importFile, listCases, reissueCase, revokeCase, showCase } from './commands/cases.ts'
import { doctor } from './commands/doctor.ts'
import { exportItem, listInbox, showItem } from './commands/inbox.ts'
import { printLetters } from './commands/letters.ts'
import type { Connection } from './connection.ts'
import { type Outcome, UsageError } from './outcome.ts'

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'skip-bad': { type: 'boolean' },
  stolen: { type: 'boolean' },
  query: { type: 'string' },
  state: { type: 'string' },
  reason: { type: 'string' },
  out: { type: 'string' },
} as const

type OptionName = keyof typeof OPTIONS
type Values = ReturnType<typeof parse>['values']

export interface Call {
  readonly connection: Connection
  readonly values: Values
  /** The arguments behind the command's words. */
  readonly rest: readonly string[]
  readonly progress: (line: string) => void
}

interface CommandEntry {
  readonly arguments: number
  readonly options: readonly OptionName[]
  readonly run: (call: Call) => Promise<Outcome>
}

const first = ({ rest }: Call): string => rest[0] ?? ''

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  'cases import': {
    arguments: 1,
    options: ['skip-bad'],
    run: (call) => importFile(call.connection, first(call), call.values['skip-bad'] === true),
  },
  'cases list': {
    arguments: 0,
    options: ['query', 'state'],
    run: ({ connection, values: { query, state } }) =>
      listCases(connection, {
        ...(query !== undefined && { q: query }),
        ...(state !== undefined && { state }),
      }),
  },
  'cases show': {
    arguments: 1,
    options: [],
    run: (call) => showCase(call.connection, first(call)),
  },
  'cases reissue': {
    arguments: 1,
    options: ['stolen'],
    run: (call) => reissueCase(call.connection, first(call), call.values.stolen === true),
  },
  'cases revoke': {
    arguments: 1,
    options: ['reason'],
    run: (call) => revokeCase(call.connection, first(call), call.values.reason ?? 'openedInError'),
  },
  'letters print': {
    arguments: 0,
    options: [],
    run: ({ connection, progress }) => printLetters(connection, progress),
  },
  'inbox list': {
    arguments: 0,
    options: ['state'],
    run: ({ connection, values }) => listInbox(connection, values.state),
  },
  'inbox show': {
    arguments: 1,
    options: [],
    run: (call) => showItem(call.connection, first(call)),
  },
  'inbox export': {
    arguments: 1,
    options: ['out'],
    run: (call) => {
      const { out } = call.values
      if (out === undefined) throw new UsageError('inbox export needs --out DIR')
      return exportItem(call.connection, first(call), out)
    },
  },
  doctor: { arguments: 0, options: [], run: ({ connection }) => doctor(connection) },
}

export function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments')
  }
}

/** The command of these words with its arguments. Throws UsageError. */
export function commandOf(
  positionals: readonly string[],
  values: Values,
): { readonly entry: CommandEntry; readonly rest: readonly string[] } {
  const words = COMMANDS[positionals[0] ?? ''] === undefined ? 2 : 1
  const name = positionals.slice(0, words).join(' ')
  const entry = COMMANDS[name]
  if (entry === undefined) throw new UsageError(`there is no command "${name}"`)
  const rest = positionals.slice(words)
  if (rest.length !== entry.arguments) {
    throw new UsageError(
      `${name} takes ${entry.arguments} argument${entry.arguments === 1 ? '' : 's'}`,
    )
  }
  const foreign = Object.keys(values).find(
    (option) => option !== 'json' && !entry.options.some((known) => known === option),
  )
  if (foreign !== undefined) throw new UsageError(`${name} does not know --${foreign}`)
  return { entry, rest }
}
