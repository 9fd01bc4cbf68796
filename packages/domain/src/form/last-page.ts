// The page that every form ends with (forms.md 0.6): check, declare, say who filled it in.
import type { FormDefinition, Page } from './definition.ts'

/** The step id of the common last page; the citizen app shows it as "Angaben prüfen". */
export const LAST_PAGE_ID = 'pruefen'

const REPRESENTED = { not: { eq: ['ausgefuellt_von', 'selbst'] } } as const

const LAST_PAGE: Page = {
  id: LAST_PAGE_ID,
  title: {
    de: 'Angaben prüfen',
    'de-simple': 'Prüfen Sie Ihre Antworten',
    en: 'Check your answers',
  },
  intro: {
    de: 'Bitte prüfen Sie Ihre Angaben. Sie können alles noch ändern. Abgeschickt wird erst, wenn Sie auf „Absenden“ drücken.',
    'de-simple':
      'Bitte lesen Sie alle Antworten noch einmal. Sie können alles noch ändern. Wir bekommen die Antworten erst, wenn Sie auf „Absenden“ drücken.',
    en: 'Please check your answers. You can still change everything. Nothing is sent until you press “Absenden” (send).',
  },
  purpose: {
    de: 'Wir brauchen Ihre Erklärung, dass die Angaben stimmen, und müssen wissen, wer sie gemacht hat.',
    'de-simple':
      'Sie sagen uns: Alle Antworten stimmen. Und Sie sagen uns, wer die Antworten geschrieben hat.',
    en: 'We need your declaration that the answers are right, and we need to know who gave them.',
  },
  legalBasis: {
    de: '§ 60 SGB I, § 206 SGB V; Vertretung: § 13 SGB X',
    'de-simple': 'Das steht im Gesetz: § 60 SGB I, § 206 SGB V und § 13 SGB X',
    en: 'Section 60 SGB I, section 206 SGB V; representation: section 13 SGB X',
  },
  blocks: [
    { kind: 'review', id: 'uebersicht' },
    {
      kind: 'field',
      key: 'ausgefuellt_von',
      type: 'choice',
      required: true,
      label: {
        de: 'Wer hat das Formular ausgefüllt?',
        'de-simple': 'Wer hat die Antworten geschrieben?',
        en: 'Who filled in the form?',
      },
      options: [
        { value: 'selbst', label: { de: 'Ich selbst', 'de-simple': 'Ich selbst', en: 'I did' } },
        {
          value: 'eltern',
          label: {
            de: 'Elternteil oder Sorgeberechtigte',
            'de-simple': 'Mutter oder Vater',
            en: 'Parent or legal guardian of a child',
          },
        },
        {
          value: 'betreuung',
          label: {
            de: 'Rechtliche Betreuung',
            'de-simple': 'Eine Betreuerin oder ein Betreuer vom Gericht',
            en: 'Court-appointed guardian (Betreuung)',
          },
        },
        {
          value: 'vollmacht',
          label: {
            de: 'Person mit Vollmacht',
            'de-simple': 'Eine Person mit Vollmacht',
            en: 'Person with a power of attorney',
          },
        },
      ],
    },
    {
      kind: 'field',
      key: 'vertreter_name',
      type: 'text',
      required: true,
      when: { all: [{ filled: 'ausgefuellt_von' }, REPRESENTED] },
      label: {
        de: 'Name der vertretenden Person',
        'de-simple': 'Name von der Person, die geschrieben hat',
        en: 'Name of the person acting for the insured person',
      },
    },
    {
      kind: 'field',
      key: 'vertreter_nachweis',
      type: 'proof',
      required: { not: { eq: ['ausgefuellt_von', 'eltern'] } },
      when: { all: [{ filled: 'ausgefuellt_von' }, REPRESENTED] },
      label: {
        de: 'Nachweis (Betreuerausweis oder Vollmacht)',
        'de-simple': 'Ausweis für Betreuer oder Vollmacht',
        en: 'Proof (guardian’s certificate or power of attorney)',
      },
    },
    {
      kind: 'field',
      key: 'mit_hilfe',
      type: 'checkbox',
      label: {
        de: 'Jemand hat mir beim Ausfüllen geholfen (freiwillige Angabe)',
        'de-simple': 'Jemand hat mir geholfen. Das müssen Sie nicht sagen.',
        en: 'Somebody helped me to fill it in (voluntary)',
      },
    },
    {
      kind: 'field',
      key: 'telefon',
      type: 'phone',
      autocomplete: 'tel',
      label: {
        de: 'Telefon (freiwillig, nur für Rückfragen)',
        'de-simple': 'Telefon: Das müssen Sie nicht sagen. Wir rufen nur bei Fragen an.',
        en: 'Phone (voluntary, only for questions)',
      },
    },
    {
      kind: 'field',
      key: 'email',
      type: 'email',
      autocomplete: 'email',
      label: {
        de: 'E-Mail (freiwillig, nur für Rückfragen)',
        'de-simple': 'E-Mail: Das müssen Sie nicht sagen. Wir schreiben nur bei Fragen.',
        en: 'E-mail (voluntary, only for questions)',
      },
      help: {
        de: 'Bescheide und Unterlagen schicken wir nie per E-Mail.',
        'de-simple': 'Wichtige Briefe schicken wir nie mit E-Mail.',
        en: 'We never send decisions or documents by e-mail.',
      },
    },
    {
      kind: 'field',
      key: 'erklaerung_richtig',
      type: 'checkbox',
      required: true,
      label: {
        de: 'Meine Angaben sind vollständig und richtig. Änderungen teile ich unverzüglich mit.',
        'de-simple':
          'Alle meine Antworten sind richtig. Es fehlt nichts. Wenn sich etwas ändert, sage ich es sofort.',
        en: 'My answers are complete and correct. I will report changes without delay.',
      },
    },
  ],
}

/** The form with the common last page at its end; unchanged if it is there already. */
export function withLastPage(def: FormDefinition): FormDefinition {
  if (def.pages.some((page) => page.id === LAST_PAGE_ID)) return def
  return { ...def, pages: [...def.pages, LAST_PAGE] }
}
