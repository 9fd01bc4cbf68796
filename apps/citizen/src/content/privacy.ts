// Data protection notice; a draft that the insurer's data protection officer confirms.
import { tenant } from '../tenant.ts'
import type { PageTexts } from './page-text.ts'

const { legalName, address, email, phone } = tenant
const contact = `${legalName}, ${address.street}, ${address.postcode} ${address.city}, ${phone}, ${email}`

export const texts: PageTexts = {
  de: {
    title: 'Datenschutz',
    lead: 'Was mit Ihren Daten geschieht, wenn Sie online auf unseren Brief antworten.',
    sections: [
      { title: 'Verantwortlich', paragraphs: [contact] },
      {
        title: 'Wozu wir Ihre Daten brauchen',
        paragraphs: [
          'Wir verarbeiten Ihre Angaben und Unterlagen, um den Vorgang zu bearbeiten, um den es in unserem Brief geht. Auf jeder Seite des Formulars steht unter „Warum fragen wir das?“ der Zweck und die Rechtsgrundlage.',
        ],
      },
      {
        title: 'Wie Ihre Daten geschützt sind',
        paragraphs: [
          'Ihre Angaben und Unterlagen werden auf Ihrem Gerät verschlüsselt und erst in unserem Haus wieder entschlüsselt. Der Server im Internet speichert weder Ihren Namen noch Ihre Versichertennummer, Ihre Kartennummer oder Ihre PIN, und er kann nichts davon lesen.',
          'Eine ehrliche Grenze: Wer unseren Server unbemerkt übernähme und dort ein anderes Programm ausliefern würde, könnte die Daten der Menschen sehen, die sich danach anmelden. Deshalb prüfen wir laufend, dass genau das veröffentlichte Programm ausgeliefert wird.',
        ],
      },
      {
        title: 'Was auf Ihrem Gerät gespeichert wird',
        paragraphs: [
          'Solange Sie angemeldet sind, merkt sich Ihr Browser verschlüsselt, woran Sie arbeiten, und ein notwendiges Sitzungs-Cookie. Beim Abmelden wird alles gelöscht. Wir messen nicht, was Sie auf dieser Seite tun, und binden keine fremden Dienste ein.',
        ],
      },
      {
        title: 'Wie lange wir speichern',
        paragraphs: [],
        list: [
          'Nicht abgeschickte Entwürfe: bis 7 Tage nach Ablauf der PIN.',
          'Abgeschickte Daten auf dem Server im Internet: höchstens 24 Stunden, nachdem wir sie abgeholt haben; in Sicherungskopien 7 Tage länger.',
          'In unserem Haus gelten die gesetzlichen Aufbewahrungsfristen (§ 304 SGB V).',
        ],
      },
      {
        title: 'Ihre Rechte',
        paragraphs: [
          'Sie haben das Recht auf Auskunft, Berichtigung, Löschung und Einschränkung der Verarbeitung, und Sie können sich bei der Datenschutzaufsicht beschweren.',
        ],
      },
    ],
  },
  'de-simple': {
    title: 'Datenschutz',
    lead: 'Das passiert mit Ihren Daten.',
    sections: [
      { title: 'Wer ist verantwortlich?', paragraphs: [contact] },
      {
        title: 'Warum brauchen wir Ihre Daten?',
        paragraphs: [
          'In unserem Brief haben wir Ihnen Fragen gestellt. Wir brauchen Ihre Antworten für unsere Arbeit.',
        ],
      },
      {
        title: 'Wie schützen wir Ihre Daten?',
        paragraphs: [
          'Ihr Gerät verschlüsselt alle Antworten. Nur wir können die Antworten lesen. Andere Personen können sie nicht lesen.',
        ],
      },
      {
        title: 'Wann löschen wir die Daten?',
        paragraphs: [
          'Haben Sie nichts abgeschickt? Dann löschen wir alles 7 Tage nach dem letzten Tag von der PIN.',
          'Haben Sie alles abgeschickt? Dann löschen wir die Daten im Internet nach 24 Stunden. Bei uns im Haus bleiben die Daten so lange, wie es das Gesetz sagt.',
        ],
      },
      {
        title: 'Ihre Rechte',
        paragraphs: [
          'Sie dürfen fragen: Welche Daten haben Sie von mir? Sie dürfen falsche Daten ändern lassen. Sie dürfen sich beschweren.',
        ],
      },
    ],
  },
  en: {
    title: 'Data protection',
    lead: 'What happens to your data when you answer our letter online.',
    sections: [
      { title: 'Responsible', paragraphs: [contact] },
      {
        title: 'Why we need your data',
        paragraphs: [
          'We process your details and documents to deal with the matter of our letter. Every page of the form names purpose and legal basis under “Why do we ask this?”.',
        ],
      },
      {
        title: 'How your data are protected',
        paragraphs: [
          'Your details and documents are encrypted on your device and decrypted only inside our offices. The server on the internet stores neither your name nor your insurance number, card number or PIN, and it can read none of them.',
          'An honest limit: somebody who took over our server unnoticed and served a different program could see the data of people who log in after that. This is why we check continually that exactly the published program is served.',
        ],
      },
      {
        title: 'What is stored on your device',
        paragraphs: [
          'While you are logged in your browser remembers, encrypted, what you are working on, and one necessary session cookie. Logging out deletes everything. We do not measure what you do on this site and include no foreign services.',
        ],
      },
      {
        title: 'How long we keep data',
        paragraphs: [],
        list: [
          'Unsent drafts: until 7 days after the PIN has expired.',
          'Sent data on the internet server: at most 24 hours after we have collected them; 7 days longer in backups.',
          'Inside our offices the statutory periods apply (section 304 SGB V).',
        ],
      },
      {
        title: 'Your rights',
        paragraphs: [
          'You have the right of access, correction, erasure and restriction of processing, and you may complain to the data protection authority.',
        ],
      },
    ],
  },
}
