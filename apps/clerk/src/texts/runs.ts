// The words for print runs: states, what to do in them, and what each button does.
import type { PrintRunState, RunControl } from '@einmal-pin/domain/print-run'
import type { Tone } from './labels.ts'

export const RUN_STATES: Readonly<Record<PrintRunState, readonly [text: string, tone: Tone]>> = {
  making: ['wird erstellt', 'plain'],
  paused: ['angehalten', 'warn'],
  checked: ['wartet auf Freigabe', 'warn'],
  released: ['wird übergeben', 'plain'],
  stopped: ['gestoppt', 'bad'],
  cancelled: ['abgebrochen', 'plain'],
  done: ['fertig', 'good'],
}

export const RUN_ADVICE: Partial<Readonly<Record<PrintRunState, string>>> = {
  making: 'Sie können die Seite verlassen: Der Lauf geht von selbst weiter.',
  checked: 'Alle erstellten Briefe stimmen. Noch hat keiner das Haus verlassen.',
  paused: 'Fertige Briefe bleiben erhalten.',
  cancelled:
    'Was nicht übergeben war, wartet auf den nächsten Lauf und bekommt dort eine neue PIN.',
}

/** The button, and what it does. */
export const RUN_CONTROLS: Readonly<Record<RunControl, readonly [label: string, does: string]>> = {
  pause: ['Anhalten', 'Angefangene Briefe werden noch fertig, neue nicht begonnen.'],
  resume: ['Fortsetzen', 'Der Lauf geht weiter, wo er war.'],
  release: ['Freigeben', 'Alle Briefe gehen an das Druckzentrum.'],
  cancel: [
    'Lauf abbrechen',
    'Was noch nicht übergeben ist, wird weggeworfen. Sie werden vorher gefragt.',
  ],
}

export const letters = (count: number): string =>
  count === 0 ? 'Kein Brief' : count === 1 ? '1 Brief' : `${count} Briefe`
