// What the clerk reads for each state, event and code; the office speaks German only.
import type { CaseState, ClerkAction } from '@einmal-pin/domain/case'
import type { LetterState } from '@einmal-pin/domain/letter-life'
import type { PinState } from '@einmal-pin/domain/pin-life'
import { ERRORS, isErrorCode } from '@einmal-pin/wire/errors'

export type Tone = 'plain' | 'good' | 'warn' | 'bad'
type Label = readonly [text: string, tone: Tone]

const CASE_LABELS: Record<CaseState, Label> = {
  opened: ['angelegt', 'plain'],
  published: ['Brief unterwegs', 'plain'],
  begun: ['begonnen', 'warn'],
  submitted: ['abgeschickt', 'good'],
  received: ['eingegangen', 'good'],
  accepted: ['angenommen', 'good'],
  followUp: ['Nachforderung', 'warn'],
  exported: ['übergeben', 'good'],
  purged: ['gelöscht', 'plain'],
  expired: ['abgelaufen', 'bad'],
  revoked: ['widerrufen', 'bad'],
  quarantined: ['in Quarantäne', 'bad'],
}

const PIN_LABELS: Record<PinState, Label> = {
  live: ['gültig', 'good'],
  spent: ['verbraucht', 'plain'],
  expired: ['abgelaufen', 'bad'],
  superseded: ['ersetzt', 'plain'],
  locked: ['gesperrt', 'bad'],
  revoked: ['widerrufen', 'bad'],
}

const LETTER_LABELS: Record<LetterState, Label> = {
  made: ['erstellt', 'plain'],
  printed: ['gedruckt', 'plain'],
  posted: ['aufgegeben', 'good'],
  returned: ['zurückgekommen', 'bad'],
  spoiled: ['verdorben', 'bad'],
  withdrawn: ['zurückgezogen', 'warn'],
}

const ACTION_LABELS: Record<ClerkAction, string> = {
  printLetter: 'Brief erstellen',
  reissue: 'Neue PIN',
  revoke: 'Widerrufen',
  answeredOnPaper: 'Auf Papier beantwortet',
  updateCard: 'Karte geändert',
  extend: 'Frist neu',
}

const TASK_LABELS: Record<string, string> = {
  quarantine:
    'Die Einsendung lässt sich nicht bestätigen. Bitte die Technik verständigen, nichts löschen.',
  runWaits:
    'Ein Drucklauf wartet: In den Briefvorlagen steckt ein Fehler. Welche Stelle, steht unter „Briefe“. Nach dem Verbessern dort fortsetzen.',
  printWaits:
    'Briefe können das Haus nicht verlassen. Bitte die Technik verständigen; danach geht es von selbst weiter.',
  secondPerson:
    'Eine neue PIN soll an eine Anschrift gehen, die in den letzten 14 Tagen geändert wurde. Eine zweite Person prüft die Anschrift und bestellt die PIN am Vorgang ebenfalls.',
  runStopped:
    'Ein Drucklauf ist gestoppt: Ein Brief war nicht so, wie er sein soll. Kein weiterer verlässt das Haus. Bitte die Technik verständigen und den Lauf dann abbrechen.',
  latePosting:
    'Ein Brief wurde mehr als drei Tage nach seinem Datum aufgegeben. Am Vorgang können Sie die Frist neu setzen.',
  returned:
    'Ein Brief ist zurückgekommen. Die PIN ist gesperrt. Bitte die Anschrift klären, dann eine neue PIN schicken.',
  letterRefused: 'Ein Brief konnte nicht erstellt werden. Bitte Anschrift und Namen prüfen.',
  commandRefused: 'Das Portal hat einen Auftrag abgelehnt. Bitte die Technik verständigen.',
  portalUnknownCase: 'Das Portal kennt einen Vorgang, den das Büro nicht kennt, oder umgekehrt.',
  pinRequest: 'Online wurde eine neue PIN bestellt, die nicht von selbst verschickt werden darf.',
  lateSubmission: 'Zu einem geschlossenen Vorgang ist noch eine Einsendung eingegangen.',
  intakeDelayed:
    'Eine Einsendung ließ sich noch nicht abholen. Das Büro versucht es weiter; bleibt die Aufgabe stehen, bitte die Technik verständigen.',
  locked: 'Eine PIN ist gesperrt. Die Person braucht einen neuen Brief.',
}

const lookUp = (labels: Record<string, Label>, state: string): Label =>
  labels[state] ?? [state, 'plain']

export const caseLabel = (state: string): Label => lookUp(CASE_LABELS, state)
export const pinLabel = (state: string): Label => lookUp(PIN_LABELS, state)
export const letterLabel = (state: string): Label => lookUp(LETTER_LABELS, state)
export const actionLabel = (action: string): string =>
  (ACTION_LABELS as Record<string, string>)[action] ?? action
export const taskLabel = (kind: string): string => TASK_LABELS[kind] ?? kind

/** The catalogue's German text of a code; `network` when no answer came. */
export function errorText(code: string): string {
  if (code === 'network')
    return 'Das Büro antwortet nicht. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.'
  return isErrorCode(code) ? ERRORS[code].de : ERRORS['service.failed'].de
}

const dayFormat = new Intl.DateTimeFormat('de-DE', {
  dateStyle: 'medium',
  timeZone: 'Europe/Berlin',
})
const timeFormat = new Intl.DateTimeFormat('de-DE', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/Berlin',
})

/** A day or an instant as people here write it; a dash where nothing is known. */
export function when(value: string | null): string {
  if (value === null) return '–'
  return value.includes('T')
    ? timeFormat.format(new Date(value))
    : dayFormat.format(new Date(`${value}T12:00:00Z`))
}

/** "November 2026" of `YYYY-MM`. */
export const monthName = (month: string): string =>
  new Intl.DateTimeFormat('de-DE', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00:00Z`),
  )

/** "2,4 MB": sizes as people know them from their files. */
export function size(bytes: number): string {
  const format = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })
  return bytes < 1_000_000
    ? `${format.format(bytes / 1_000)} kB`
    : `${format.format(bytes / 1_000_000)} MB`
}
