// What the last `npm run test:full` has looked at and found, written to docs/full-run.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from '../paths.ts'
import type { Row } from './run-parts.ts'

/** Where the browser tests note each form whose pages were all fine; one JSON line a form. */
export const NOTES_VARIABLE = 'EP_FULL_NOTES'

/** One form: its pages, and how often one was judged. */
export interface PagesNote {
  readonly form: string
  readonly pages: number
  readonly looks: number
}

export interface FullRun {
  readonly environment: Readonly<Record<string, string>>
  readonly write: (rows: readonly Row[]) => void
}

export function openFullRun(): FullRun {
  const notes = join(mkdtempSync(join(tmpdir(), 'ep-full-')), 'notes.jsonl')
  writeFileSync(notes, '')
  const write = (rows: readonly Row[]) => {
    writeFileSync(join(ROOT, 'docs/full-run.md'), documentOf(rows, notesIn(notes)))
    rmSync(dirname(notes), { recursive: true, force: true })
  }
  return { environment: { EP_TEST_FULL: '1', EP_KILLS: '60', [NOTES_VARIABLE]: notes }, write }
}

const notesIn = (file: string): readonly PagesNote[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PagesNote)
    .sort((one, other) => one.form.localeCompare(other.form))

function documentOf(rows: readonly Row[], notes: readonly PagesNote[]): string {
  const sum = (key: 'pages' | 'looks') => notes.reduce((total, note) => total + note[key], 0)
  return [
    '# The full run',
    '',
    `Written by \`npm run test:full\` on ${new Date().toISOString().slice(0, 10)}; do not edit by hand. It looks at every page of every form, empty, filled in and with errors, in every`,
    'language; each time axe (WCAG 2.2 AA and best practice) in the light and its colour rules in the dark, at 320 px, from right to left, with wide spacing and with text twice as large,',
    'html-validate, and forced colours. Forms that had something wrong are missing below. Parts that did not run are missing too.',
    '',
    '| form | pages | looks |',
    '|---|---|---|',
    ...notes.map(({ form, pages, looks }) => `| ${form} | ${pages} | ${looks} |`),
    `| together | ${sum('pages')} | ${sum('looks')} |`,
    '',
    '| part | passed | failed | skipped | seconds |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ name, passed, failed, skipped, seconds }) =>
        `| ${name} | ${passed} | ${failed} | ${skipped} | ${seconds.toFixed(0)} |`,
    ),
    '',
  ].join('\n')
}
