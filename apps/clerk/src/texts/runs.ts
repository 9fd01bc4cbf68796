// The words for print runs: states, what to do in them, and the buttons.
import type { PrintRunState, RunControl } from '@einmal-pin/domain/print-run'

export const RUN_STATES: Readonly<Record<PrintRunState, string>> = {
  making: 'Briefe werden erstellt',
  paused: 'Angehalten',
  checked: 'Geprüft, wartet auf Freigabe',
  released: 'Freigegeben, wird übergeben',
  stopped: 'Gestoppt: ein Brief war falsch',
  cancelled: 'Abgebrochen',
  done: 'Fertig',
}

export const RUN_ADVICE: Partial<Readonly<Record<PrintRunState, string>>> = {
  checked: 'Alle Briefe stimmen. Mit der Freigabe gehen sie an das Druckzentrum.',
  paused: 'Fertige Briefe bleiben erhalten.',
  stopped:
    'Kein Brief dieses Laufs verlässt das Haus. Bitte sagen Sie der Technik Bescheid, brechen Sie den Lauf ab und drucken Sie neu.',
  cancelled: 'Was nicht übergeben war, wartet mit neuer PIN auf den nächsten Lauf.',
}

export const RUN_CONTROL_LABELS: Readonly<Record<RunControl, string>> = {
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  release: 'Freigeben',
  cancel: 'Lauf abbrechen',
}
