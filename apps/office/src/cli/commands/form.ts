// einmal-pin form check: the check of packages/forms on folders or files, without an office.
import { join, relative } from 'node:path'
import { checkFormFolder, formFolderOf, formFolders } from '@einmal-pin/forms/load-form'
import type { FormCheckReport, FormFinding } from '@einmal-pin/wire/cli-documents'
import type { Outcome } from '../outcome.ts'

/** Without paths every form of this installation is checked. */
export async function checkForms(paths: readonly string[]): Promise<Outcome> {
  const folders = paths.length > 0 ? paths.map(formFolderOf) : formFolders()
  const findings = folders.flatMap(findingsIn)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const report: FormCheckReport = {
    ok: errors === 0,
    ...{ errors, warnings, forms: folders.map(shown), findings },
  }
  const counts = `${counted(folders.length, 'form')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`
  return { json: report, text: [...findings.map(lineOf), counts].join('\n'), ok: report.ok }
}

const findingsIn = (folder: string): readonly FormFinding[] =>
  checkFormFolder(folder).findings.map(({ file, line, column, severity, code, message }) => ({
    file: shown(join(folder, file)),
    ...{ line, column, severity, code, message },
  }))

/** As a terminal takes it: relative to where the command runs, while that is not the longer way. */
function shown(path: string): string {
  const here = relative(process.cwd(), path)
  return here === '' ? '.' : here.startsWith('..') ? path : here
}

const lineOf = ({ file, line, column, severity, code, message }: FormFinding): string =>
  `${file}:${line}:${column}: ${severity} ${code}: ${message}`

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
