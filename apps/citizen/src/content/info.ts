// The information page: the six questions of the procedure, in three languages. Days and digits are the insurer's settings.

import type { Locale } from '@einmal-pin/domain/form/definition'
import { PIN_LENGTH } from '@einmal-pin/domain/pin'
import { tenant } from '../tenant.ts'

export interface Question {
  readonly question: string
  readonly answer: readonly string[]
  readonly list?: readonly string[]
}

export interface InfoText {
  readonly title: string
  readonly heading: string
  readonly lead: string
  readonly login: string
  readonly lost: string
  readonly stepsTitle: string
  readonly steps: readonly { readonly title: string; readonly text: string }[]
  readonly faqTitle: string
  readonly questions: readonly Question[]
  readonly otherTitle: string
  readonly other: string
  readonly otherLink: string
}

const { name, validityDays, cardDigits, phone } = tenant

const de: InfoText = {
  title: 'Einmal-PIN',
  heading: 'Antworten Sie online auf unseren Brief',
  lead: `Sie haben von der ${name} einen Brief mit einer Einmal-PIN bekommen? Hier senden Sie uns Ihre Angaben und Unterlagen sicher online. Ohne Konto, ohne App, ohne E-Mail-Adresse.`,
  login: 'Jetzt anmelden',
  lost: 'Brief oder PIN verloren?',
  stepsTitle: 'So geht es',
  steps: [
    {
      title: 'Anmelden',
      text: 'Mit Versichertennummer, Kartennummer und der PIN aus dem Brief.',
    },
    {
      title: 'Ausfüllen und hochladen',
      text: 'Seite für Seite. Unterlagen fotografieren Sie einfach mit dem Handy.',
    },
    {
      title: 'Prüfen und absenden',
      text: 'Sie bekommen sofort eine Eingangsbestätigung zum Drucken oder Speichern.',
    },
  ],
  faqTitle: 'Fragen und Antworten',
  questions: [
    {
      question: 'Was ist die Einmal-PIN?',
      answer: [
        `Die Einmal-PIN ist eine Nummer mit ${PIN_LENGTH} Ziffern. Sie steht in unserem Brief. Mit ihr öffnen Sie genau den Vorgang, um den es in diesem Brief geht.`,
        'Die PIN wird von einer Maschine erzeugt und in den Brief gedruckt. Danach kennen nur Sie die PIN. Wir können sie weder anzeigen noch noch einmal drucken.',
      ],
    },
    {
      question: 'Wie benutze ich die Einmal-PIN?',
      answer: [
        'Öffnen Sie die Seite „Anmelden“ und geben Sie drei Angaben ein: Ihre Versichertennummer, die letzten Stellen der Kartennummer und die PIN aus dem Brief.',
        'Danach sehen Sie, welche Angaben und Unterlagen wir brauchen. Leerzeichen in der PIN spielen keine Rolle. Wenn Sie sich vertippen, sagt Ihnen die Seite sofort, in welchem Feld.',
      ],
    },
    {
      question: 'Wie sicher ist die Einmal-PIN?',
      answer: [
        'Ihre Angaben und Unterlagen werden schon auf Ihrem Gerät verschlüsselt. Erst in unserem Haus werden sie wieder lesbar. Der Server im Internet speichert nur Verschlüsseltes und erfährt Ihre PIN nie.',
        'Nach mehreren falschen Eingaben gibt es Pausen. Geben Sie die PIN niemandem weiter, auch nicht am Telefon. Wir fragen Sie nie danach.',
      ],
    },
    {
      question: 'Wie lange ist die PIN gültig?',
      answer: [
        `Bis ${validityDays} Tage nach dem Datum des Briefes einschließlich. Den letzten Tag nennen wir Ihnen im Brief und nach der Anmeldung.`,
        'Sobald Sie Ihre Angaben abgeschickt haben, ist die PIN verbraucht. Niemand kann damit dann noch etwas ansehen oder ändern.',
      ],
    },
    {
      question: 'Was brauche ich?',
      answer: ['Für die Anmeldung brauchen Sie:'],
      list: [
        'den Brief mit der Einmal-PIN,',
        'Ihre Versichertennummer: Sie steht vorne auf der Gesundheitskarte,',
        `die letzten ${cardDigits} Stellen der Kartennummer: Sie steht auf der Rückseite der Karte. Steht in Ihrem Brief, dass Sie stattdessen Ihr Geburtsdatum angeben, dann geben Sie dieses ein,`,
        'die Unterlagen, um die wir Sie bitten, als Foto oder PDF-Datei.',
      ],
    },
    {
      question: 'Kann ich die Bearbeitung unterbrechen?',
      answer: [
        'Ja. Alles wird von selbst gespeichert. Sie können die Seite jederzeit schließen und später weitermachen, auch auf einem anderen Gerät. Melden Sie sich dazu mit denselben drei Angaben wieder an.',
        'Wichtig: Gespeichert heißt noch nicht abgeschickt. Abgeschickt ist erst, wenn Sie auf „Absenden“ gedrückt haben und die Eingangsnummer sehen.',
      ],
    },
  ],
  otherTitle: 'Lieber auf Papier oder am Telefon?',
  other: `Sie müssen nicht online antworten. Schicken Sie uns Ihre Antwort mit der Post, oder rufen Sie uns an: ${phone}.`,
  otherLink: 'Andere Anliegen klären Sie auf unserer Internetseite',
}

const simple: InfoText = {
  title: 'Einmal-PIN',
  heading: 'Sie haben einen Brief von uns bekommen',
  lead: `Der Brief kommt von der ${name}. In dem Brief steht eine Einmal-PIN. Mit der PIN können Sie uns im Internet antworten.`,
  login: 'Jetzt anmelden',
  lost: 'Haben Sie den Brief verloren?',
  stepsTitle: 'So geht es',
  steps: [
    { title: 'Anmelden', text: 'Sie brauchen den Brief und Ihre Gesundheits-Karte.' },
    { title: 'Antworten', text: 'Sie beantworten unsere Fragen. Sie machen Fotos von Papieren.' },
    { title: 'Absenden', text: 'Sie lesen alles noch einmal. Dann drücken Sie auf „Absenden“.' },
  ],
  faqTitle: 'Fragen und Antworten',
  questions: [
    {
      question: 'Was ist die Einmal-PIN?',
      answer: [
        `Die Einmal-PIN ist eine Nummer. Sie hat ${PIN_LENGTH} Ziffern.`,
        'Die Nummer steht in unserem Brief. Nur Sie kennen die Nummer.',
      ],
    },
    {
      question: 'Wie benutze ich die Einmal-PIN?',
      answer: [
        'Drücken Sie auf „Jetzt anmelden“. Dann schreiben Sie 3 Nummern auf.',
        'Haben Sie falsch geschrieben? Dann sagen wir Ihnen, wo der Fehler ist.',
      ],
    },
    {
      question: 'Wie sicher ist die Einmal-PIN?',
      answer: [
        'Ihr Gerät verschlüsselt alle Antworten. Das heißt: Andere Personen können sie nicht lesen.',
        'Sagen Sie die PIN keiner anderen Person. Wir fragen Sie nie nach der PIN.',
      ],
    },
    {
      question: 'Wie lange ist die PIN gültig?',
      answer: [
        `Die PIN gilt ${validityDays} Tage. Die Tage zählen ab dem Datum auf dem Brief.`,
        'Haben Sie alles abgeschickt? Dann gilt die PIN nicht mehr.',
      ],
    },
    {
      question: 'Was brauche ich?',
      answer: ['Sie brauchen:'],
      list: [
        'den Brief mit der PIN',
        'die Versicherten-Nummer. Sie steht vorne auf der Gesundheits-Karte.',
        `die letzten ${cardDigits} Ziffern von der Karten-Nummer. Sie steht hinten auf der Karte. Oder Ihr Geburts-Datum, wenn das im Brief steht.`,
        'Ihre Papiere, zum Beispiel Bescheinigungen',
      ],
    },
    {
      question: 'Kann ich die Bearbeitung unterbrechen?',
      answer: [
        'Ja, Sie können eine Pause machen. Wir speichern alles von allein. Sie können später weitermachen.',
        'Wichtig: Gespeichert ist noch nicht abgeschickt. Drücken Sie am Ende auf „Absenden“.',
      ],
    },
  ],
  otherTitle: 'Möchten Sie nicht im Internet antworten?',
  other: `Das ist in Ordnung. Schreiben Sie uns einen Brief. Oder rufen Sie uns an: ${phone}.`,
  otherLink: 'Haben Sie andere Fragen? Dann besuchen Sie unsere Internet-Seite',
}

const en: InfoText = {
  title: 'One-time PIN',
  heading: 'Answer our letter online',
  lead: `Have you received a letter with a one-time PIN (Einmal-PIN) from ${name}? Send us your details and documents safely online. No account, no app, no e-mail address.`,
  login: 'Log in now',
  lost: 'Lost your letter or PIN?',
  stepsTitle: 'How it works',
  steps: [
    { title: 'Log in', text: 'With your insurance number, card number and the PIN in the letter.' },
    {
      title: 'Fill in and upload',
      text: 'Page by page. Simply take photos of your documents with your phone.',
    },
    {
      title: 'Check and send',
      text: 'You get a confirmation at once, to print or to keep.',
    },
  ],
  faqTitle: 'Questions and answers',
  questions: [
    {
      question: 'What is the one-time PIN?',
      answer: [
        `The one-time PIN is a number of ${PIN_LENGTH} digits in our letter. It opens exactly the case that this letter is about.`,
        'A machine makes the PIN and prints it into the letter. After that only you know it. We can neither show nor print it again.',
      ],
    },
    {
      question: 'How do I use the one-time PIN?',
      answer: [
        'Open the login page and enter three details: your insurance number, the last digits of your card number, and the PIN in the letter.',
        'You will then see which details and documents we need. Blanks in the PIN do not matter. If you mistype, the page tells you at once in which field.',
      ],
    },
    {
      question: 'How safe is the one-time PIN?',
      answer: [
        'Your details and documents are encrypted on your own device and become readable again only inside our offices. The server on the internet stores nothing but encrypted data and never learns your PIN.',
        'After several wrong entries there are pauses. Do not give the PIN to anybody, not even on the telephone. We never ask for it.',
      ],
    },
    {
      question: 'How long is the PIN valid?',
      answer: [
        `Until ${validityDays} days after the date of the letter, that day included. You find the last day in the letter and after logging in.`,
        'Once you have sent your details, the PIN is used up. Nobody can see or change anything with it any more.',
      ],
    },
    {
      question: 'What do I need?',
      answer: ['To log in you need:'],
      list: [
        'the letter with the one-time PIN,',
        'your insurance number: it is on the front of your health card,',
        `the last ${cardDigits} digits of the card number: it is on the back of the card. If your letter asks for your date of birth instead, enter that,`,
        'the documents we ask for, as photos or PDF files.',
      ],
    },
    {
      question: 'May I interrupt and go on later?',
      answer: [
        'Yes. Everything is saved by itself. You may close the page at any time and go on later, on another device too. Just log in again with the same three details.',
        'Important: saved does not mean sent. It is sent only when you have pressed “Absenden” (send) and see the receipt number.',
      ],
    },
  ],
  otherTitle: 'Prefer paper or the telephone?',
  other: `You do not have to answer online. Send us your answer by post, or call us: ${phone}.`,
  otherLink: 'For anything else, visit our website',
}

export const info: Readonly<Record<Locale, InfoText>> = { de, 'de-simple': simple, en }
