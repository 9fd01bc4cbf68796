// From arguments to a command: which one is meant, with which options, and nothing else accepted.
import { parseArgs } from 'node:util'
import type { RunControl } from '@einmal-pin/domain/print-run'
import type { CliCommand } from '@einmal-pin/wire/cli-documents'
import {
  extendCase,
  importFile,
  listCases,
  moveCase,
  reissueCase,
  revokeCase,
  showCase,
} from './commands/cases.ts'
import { doctor } from './commands/doctor.ts'
import { exportItem, listInbox, showItem } from './commands/inbox.ts'
import { copyOfLetter } from './commands/letter-copy.ts'
import { importReturns, importStatus } from './commands/letter-files.ts'
import { printLetters } from './commands/letters.ts'
import { changeRun, listRuns, showRun, startPrintRun } from './commands/runs.ts'
import type { Connection } from './connection.ts'
import { type Outcome, UsageError } from './outcome.ts'

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'skip-bad': { type: 'boolean' },
  stolen: { type: 'boolean' },
  release: { type: 'boolean' },
  query: { type: 'string' },
  state: { type: 'string' },
  reason: { type: 'string' },
  out: { type: 'string' },
  person: { type: 'string' },
  kind: { type: 'string' },
  variant: { type: 'string' },
  language: { type: 'string' },
  prefill: { type: 'string' },
  minutes: { type: 'string' },
} as const

type OptionName = keyof typeof OPTIONS
type Values = ReturnType<typeof parse>['values']

export interface Call {
  /** The running office; commands that need none never ask. */
  readonly connect: () => Promise<Connection>
  readonly environment: NodeJS.ProcessEnv
  readonly values: Values
  /** The arguments behind the command's words. */
  readonly rest: readonly string[]
  readonly progress: (line: string) => void
}

interface CommandEntry {
  readonly arguments: number | 'any'
  readonly options: readonly OptionName[]
  readonly run: (call: Call) => Promise<Outcome>
}

const first = ({ rest }: Call): string => rest[0] ?? ''

function runCommand(control: RunControl): CommandEntry {
  const run = async (call: Call) => changeRun(await call.connect(), first(call), control)
  return { arguments: 1, options: [], run }
}

// Those that work without an office load much that the others do not need: only when they are asked for.
const COMMANDS: Readonly<Record<CliCommand, CommandEntry>> = {
  'cases import': {
    arguments: 1,
    options: ['skip-bad'],
    run: async (call) =>
      importFile(await call.connect(), first(call), call.values['skip-bad'] === true),
  },
  'cases list': {
    arguments: 0,
    options: ['query', 'state'],
    run: async ({ connect, values: { query, state } }) =>
      listCases(await connect(), {
        ...(query !== undefined && { q: query }),
        ...(state !== undefined && { state }),
      }),
  },
  'cases show': {
    arguments: 1,
    options: [],
    run: async (call) => showCase(await call.connect(), first(call)),
  },
  'cases reissue': {
    arguments: 1,
    options: ['stolen'],
    run: async (call) =>
      reissueCase(await call.connect(), first(call), call.values.stolen === true),
  },
  'cases revoke': {
    arguments: 1,
    options: ['reason'],
    run: async (call) => {
      const { reason = 'openedInError' } = call.values
      return revokeCase(await call.connect(), first(call), reason)
    },
  },
  'cases move': {
    arguments: 2,
    options: [],
    run: async (call) => moveCase(await call.connect(), first(call), call.rest[1] ?? ''),
  },
  'cases extend': {
    arguments: 1,
    options: [],
    run: async (call) => extendCase(await call.connect(), first(call)),
  },
  'letters print': {
    arguments: 0,
    options: [],
    run: async ({ connect, progress }) => printLetters(await connect(), progress),
  },
  'letters status': {
    arguments: 1,
    options: [],
    run: async (call) => importStatus(await call.connect(), first(call)),
  },
  'letters returns': {
    arguments: 1,
    options: ['skip-bad'],
    run: async (call) =>
      importReturns(await call.connect(), first(call), call.values['skip-bad'] === true),
  },
  'letters run list': {
    arguments: 0,
    options: [],
    run: async ({ connect }) => listRuns(await connect()),
  },
  'letters run start': {
    arguments: 0,
    options: ['release'],
    run: async ({ connect, progress, values }) =>
      startPrintRun(await connect(), progress, values.release === true),
  },
  'letters run show': {
    arguments: 1,
    options: [],
    run: async (call) => showRun(await call.connect(), first(call)),
  },
  'letters run pause': runCommand('pause'),
  'letters run resume': runCommand('resume'),
  'letters run release': runCommand('release'),
  'letters run cancel': runCommand('cancel'),
  'letters preview': {
    arguments: 0,
    options: ['person', 'kind', 'variant', 'language', 'out'],
    run: async ({ environment, values }) => {
      const { previewLetter } = await import('./commands/preview.ts')
      return previewLetter(environment, values)
    },
  },
  'letters copy': {
    arguments: 1,
    options: ['out'],
    run: async (call) => copyOfLetter(await call.connect(), first(call), call.values.out),
  },
  'letters check': {
    arguments: 'any',
    options: [],
    run: async ({ environment, rest }) => {
      if (rest.length > 1) throw new UsageError('letters check takes one folder')
      const { checkLettersFolder } = await import('./commands/check-letters.ts')
      return checkLettersFolder(environment, rest[0])
    },
  },
  'inbox list': {
    arguments: 0,
    options: ['state'],
    run: async ({ connect, values }) => listInbox(await connect(), values.state),
  },
  'inbox show': {
    arguments: 1,
    options: [],
    run: async (call) => showItem(await call.connect(), first(call)),
  },
  'inbox export': {
    arguments: 1,
    options: ['out'],
    run: async (call) => {
      const { out } = call.values
      if (out === undefined) throw new UsageError('inbox export needs --out DIR')
      return exportItem(await call.connect(), first(call), out)
    },
  },
  'form check': {
    arguments: 'any',
    options: [],
    run: async ({ rest }) => (await import('./commands/form.ts')).checkForms(rest),
  },
  'form preview': {
    arguments: 1,
    options: ['prefill', 'minutes'],
    run: async (call) =>
      (await import('./commands/form-preview.ts')).previewForm(
        first(call),
        call.values,
        call.progress,
      ),
  },
  doctor: { arguments: 0, options: [], run: async ({ connect }) => doctor(await connect()) },
}

export function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments')
  }
}

/** Own names only: an object also answers to "constructor". */
const isCommand = (name: string): name is CliCommand => Object.hasOwn(COMMANDS, name)

/** The command of these words with its arguments. Throws UsageError. */
export function commandOf(
  positionals: readonly string[],
  values: Values,
): { readonly entry: CommandEntry; readonly rest: readonly string[] } {
  const named = (words: number) => positionals.slice(0, words).join(' ')
  const words = [3, 2, 1].find((count) => isCommand(named(count))) ?? 2
  const name = named(words)
  if (!isCommand(name)) throw new UsageError(`there is no command "${name}"`)
  const entry = COMMANDS[name]
  const rest = positionals.slice(words)
  if (entry.arguments !== 'any' && rest.length !== entry.arguments) {
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
