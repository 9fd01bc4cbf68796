// The summary that travels with an export: plain German text, readable for ever and by anything.
import { BERLIN } from '@einmal-pin/domain/calendar-date'
import type { OpenedSubmission } from './open-submission.ts'
import { summaryFor } from './read-item.ts'
import { documentFileName } from './safe-name.ts'

const whenFormat = new Intl.DateTimeFormat('de-DE', {
  timeZone: BERLIN,
  dateStyle: 'medium',
  timeStyle: 'medium',
})

export function summaryText(opened: OpenedSubmission): string {
  const { row, receipt, content } = opened
  const head = [
    opened.definition.title.de,
    '',
    `Aktenzeichen: ${row.case_ref}`,
    `Name: ${row.first_name} ${row.last_name}`,
    `Versichertennummer: ${row.kvnr}`,
    `Eingangsnummer: ${receipt.receiptNumber}`,
    `Eingegangen: ${whenFormat.format(new Date(receipt.receivedAt))} Uhr`,
  ]
  const sections = summaryFor(opened).flatMap(({ title, rows }) => [
    '',
    title,
    '-'.repeat(title.length),
    ...rows.flatMap(({ label, text, known, changed }) => [
      `${label}: ${text === '' ? '(keine Angabe)' : text}`,
      ...(changed ? [`    bisher bekannt: ${known}`] : []),
    ]),
  ])
  const flags = content.deviations.map(({ path, message }) => `- ${path}: ${message}`)
  return `${[...head, ...sections, ...listed('Hinweise', flags), ...listed('Dokumente (nicht geprüft)', documentsOf(opened)), ''].join('\n')}`
}

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, '-'.repeat(title.length), ...lines]

const documentsOf = ({ documents }: OpenedSubmission): readonly string[] =>
  documents.map(
    ({ name, type, size }, index) =>
      `- ${documentFileName(index, name, type)} (${name}, ${size} Bytes)`,
  )
