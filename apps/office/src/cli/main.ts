// The command line of the office: bin/einmal-pin hands over to this file.
import type { CliFailure, CliHelp } from '@einmal-pin/wire/cli-documents'
import { connect } from './connection.ts'
import { HELP } from './help.ts'
import { CommandError, type Outcome, success, UsageError } from './outcome.ts'
import { commandOf, parse } from './run.ts'

const EXIT_REFUSED = 1
const EXIT_USAGE = 2

const wantsJson = process.argv.includes('--json')
const say = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

async function run(argv: readonly string[]): Promise<Outcome> {
  const { values, positionals } = parse(argv)
  if (values.help === true || positionals.length === 0) {
    const help: CliHelp = { help: HELP }
    return success(help, HELP)
  }
  const { entry, rest } = commandOf(positionals, values)
  const environment = process.env
  return entry.run({
    ...{ environment, values, rest, progress: complain },
    connect: () => connect(environment),
  })
}

function report({ json, text, ok }: Outcome): void {
  if (wantsJson) say(JSON.stringify(json, null, 2))
  else if (ok) say(text)
  else complain(text)
  if (!ok) process.exitCode = EXIT_REFUSED
}

function reportError(error: unknown): void {
  if (error instanceof UsageError) {
    complain(`${error.message}\nTry "einmal-pin --help".`)
    if (wantsJson) sayFailure({ code: 'cli.usage', detail: error.message })
    process.exitCode = EXIT_USAGE
    return
  }
  const known = error instanceof CommandError
  // An unexpected text may quote data; a file system's code does not.
  const text = known ? error.message : `Something failed (${codeOf(error)}).`
  complain(text)
  if (wantsJson) sayFailure(known ? error.json : { code: 'cli.failed', detail: text })
  process.exitCode = EXIT_REFUSED
}

const sayFailure = (failure: CliFailure): void => say(JSON.stringify(failure, null, 2))

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String((error as Error)?.name)

try {
  report(await run(process.argv.slice(2)))
} catch (error) {
  reportError(error)
}
