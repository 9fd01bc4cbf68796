// Accessibility statement (BITV 2.0); the insurer completes supervisor and enforcement body.
import { tenant } from '../tenant.ts'
import type { PageTexts } from './page-text.ts'

const contact = `${tenant.phone} (${tenant.phoneHours}), ${tenant.email}`

export const texts: PageTexts = {
  de: {
    title: 'Barrierefreiheit',
    lead: 'Diese Seiten sollen alle Menschen benutzen können.',
    sections: [
      {
        title: 'Stand',
        paragraphs: [
          'Die Seiten sind nach der BITV 2.0 und den WCAG 2.2 (Stufe AA) gebaut und werden bei jeder Änderung automatisch geprüft. Eine Prüfung durch eine unabhängige Stelle steht noch aus. Die Fassung in Leichter Sprache hat noch keine Prüfgruppe gelesen.',
        ],
      },
      {
        title: 'Was Sie nutzen können',
        paragraphs: [],
        list: [
          'Bedienung nur mit der Tastatur oder mit einem Screenreader',
          'Vergrößerung auf 400 % und schmale Bildschirme',
          'Helle und dunkle Darstellung, wie Sie es auf Ihrem Gerät eingestellt haben',
          'Leichte Sprache und Englisch',
          'Der Brief in großer Schrift: Rufen Sie uns an, wir schicken ihn Ihnen',
        ],
      },
      {
        title: 'Hindernis gefunden?',
        paragraphs: [
          `Bitte sagen Sie es uns: ${contact}. Sie können uns alles auch auf Papier schicken oder am Telefon klären.`,
        ],
      },
    ],
  },
  'de-simple': {
    title: 'Barrierefreiheit',
    lead: 'Alle Menschen sollen diese Seiten benutzen können.',
    sections: [
      {
        title: 'Das geht',
        paragraphs: [],
        list: [
          'Sie können die Seiten mit der Tastatur benutzen.',
          'Ein Programm kann die Seiten vorlesen.',
          'Sie können die Schrift größer machen.',
          'Sie können die Seiten in Leichter Sprache lesen.',
        ],
      },
      {
        title: 'Geht etwas nicht?',
        paragraphs: [`Bitte sagen Sie es uns: ${contact}.`, 'Sie können uns auch anrufen.'],
      },
    ],
  },
  en: {
    title: 'Accessibility',
    lead: 'Everybody should be able to use these pages.',
    sections: [
      {
        title: 'State',
        paragraphs: [
          'The pages are built to BITV 2.0 and WCAG 2.2 (level AA) and checked automatically with every change. A check by an independent body is still to come.',
        ],
      },
      {
        title: 'What you can use',
        paragraphs: [],
        list: [
          'Keyboard only, or a screen reader',
          'Magnification to 400 % and narrow screens',
          'Light and dark colours, as set on your device',
          'Leichte Sprache (easy German) and English',
          'The letter in large print: call us and we will send it',
        ],
      },
      {
        title: 'Found an obstacle?',
        paragraphs: [
          `Please tell us: ${contact}. You may also send us everything on paper or settle it on the telephone.`,
        ],
      },
    ],
  },
}
