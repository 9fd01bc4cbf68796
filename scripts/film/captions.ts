// What the captions of the film say at each step, in every language.
export const CAPTIONS = {
  information: {
    de: 'Sie haben einen Brief mit einer Einmal-PIN bekommen. Auf dieser Seite antworten Sie online.',
    'de-simple': 'Sie haben einen Brief bekommen. Auf dieser Seite können Sie antworten.',
    en: 'You have received a letter with a one-time PIN. This is the page where you answer online.',
  },
  open: {
    de: 'Tippen Sie auf „Jetzt anmelden“.',
    'de-simple': 'Drücken Sie auf „Jetzt anmelden“.',
    en: 'Tap “Jetzt anmelden” (log in now).',
  },
  kvnr: {
    de: 'Geben Sie Ihre Versichertennummer ein. Sie steht vorne auf der Gesundheitskarte.',
    'de-simple': 'Schreiben Sie Ihre Versicherten-Nummer. Sie steht vorne auf der Karte.',
    en: 'Enter your insurance number. It is on the front of your health card.',
  },
  card: {
    de: 'Dann die letzten Stellen der Kartennummer. Sie steht auf der Rückseite der Karte.',
    'de-simple': 'Schreiben Sie das Ende von der Karten-Nummer. Sie steht hinten auf der Karte.',
    en: 'Then the last digits of the card number. It is on the back of the card.',
  },
  pin: {
    de: 'Geben Sie die Einmal-PIN aus dem Brief ein. Leerzeichen spielen keine Rolle.',
    'de-simple': 'Schreiben Sie die Einmal-PIN. Sie steht in unserem Brief.',
    en: 'Enter the one-time PIN from the letter. Spaces do not matter.',
  },
  login: {
    de: 'Tippen Sie auf „Anmelden“. Nach einem Moment ist Ihr Vorgang offen.',
    'de-simple': 'Drücken Sie auf „Anmelden“. Dann warten Sie kurz.',
    en: 'Tap “Anmelden” (log in). After a moment your case is open.',
  },
  tasks: {
    de: 'Hier sehen Sie, was zu tun ist und bis wann. Noch ist nichts abgeschickt.',
    'de-simple': 'Hier sehen Sie Ihre Aufgaben. Sie haben noch nichts abgeschickt.',
    en: 'Here you see what there is to do and by when. Nothing has been sent yet.',
  },
  form: {
    de: 'Öffnen Sie einen Abschnitt. Was Sie eingeben, wird von selbst gespeichert.',
    'de-simple': 'Öffnen Sie eine Aufgabe. Die Seite speichert alles von allein.',
    en: 'Open a section. What you enter is saved by itself.',
  },
  choose: {
    de: 'Sagen Sie bei jeder Unterlage, ob Sie sie jetzt hochladen. „Später“ geht auch.',
    'de-simple': 'Haben Sie das Papier? Dann drücken Sie auf „Ja“.',
    en: 'Say for each document whether you upload it now. Later is fine, too.',
  },
  photo: {
    de: 'Fotografieren Sie die Unterlage mit dem Handy. Sie wird verschlüsselt und hochgeladen.',
    'de-simple': 'Machen Sie ein Foto von dem Papier. Das Handy verschlüsselt das Foto.',
    en: 'Photograph the document with your phone. It is encrypted and uploaded.',
  },
  check: {
    de: 'Prüfen Sie zum Schluss alle Angaben. Sie können alles noch ändern.',
    'de-simple': 'Lesen Sie alles noch einmal. Sie können alles noch ändern.',
    en: 'At the end, check everything. You can still change it.',
  },
  declare: {
    de: 'Bestätigen Sie, dass die Angaben richtig sind, und tippen Sie auf „Absenden“.',
    'de-simple': 'Ist alles richtig? Dann drücken Sie auf „Absenden“.',
    en: 'Confirm that the details are right, and tap “Absenden” (send).',
  },
  receipt: {
    de: 'Fertig. Die Eingangsnummer zeigt: Ihre Angaben sind angekommen. Die PIN ist jetzt verbraucht.',
    'de-simple': 'Fertig. Wir haben Ihre Antwort. Die PIN gilt jetzt nicht mehr.',
    en: 'Done. The receipt number shows that your details have arrived. The PIN is now used up.',
  },
} as const

export type Step = keyof typeof CAPTIONS
