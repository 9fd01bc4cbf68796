// For somebody who opened a letter that was not meant for them; takes no data.
import { tenant } from '../tenant.ts'
import type { PageTexts } from './page-text.ts'

const { phone, phoneHours, address } = tenant
const office = `${address.name}, ${address.street}, ${address.postcode} ${address.city}`

export const texts: PageTexts = {
  de: {
    title: 'Der Brief ist nicht für mich',
    lead: 'Sie haben einen Brief geöffnet, der für jemand anderen bestimmt ist? Vielen Dank, dass Sie sich kümmern.',
    sections: [
      {
        title: 'Bitte tun Sie dies',
        paragraphs: [],
        list: [
          'Geben Sie die PIN nirgends ein und geben Sie sie niemandem weiter.',
          `Rufen Sie uns an: ${phone} (${phoneHours}). Nennen Sie nur das Aktenzeichen oben rechts im Brief. Wir machen die PIN dann sofort unwirksam.`,
          `Schicken Sie den Brief an uns zurück (${office}) oder vernichten Sie ihn, wie wir es am Telefon absprechen.`,
        ],
      },
      {
        title: 'Wohnt die Person nicht mehr hier?',
        paragraphs: [
          'Dann schreiben Sie bitte „Empfänger unbekannt“ auf den Umschlag und werfen Sie ihn in einen Briefkasten. Das kostet Sie nichts.',
        ],
      },
      {
        title: 'Wir speichern hier nichts',
        paragraphs: ['Diese Seite fragt Sie nach keinen Daten.'],
      },
    ],
  },
  'de-simple': {
    title: 'Der Brief ist nicht für mich',
    lead: 'Sie haben einen Brief bekommen. Aber der Brief ist für eine andere Person.',
    sections: [
      {
        title: 'Bitte machen Sie das',
        paragraphs: [],
        list: [
          'Schreiben Sie die PIN nirgends auf. Sagen Sie die PIN keiner Person.',
          `Rufen Sie uns an: ${phone}.`,
          'Schicken Sie uns den Brief zurück.',
        ],
      },
    ],
  },
  en: {
    title: 'The letter is not for me',
    lead: 'Have you opened a letter meant for somebody else? Thank you for taking care of it.',
    sections: [
      {
        title: 'Please do this',
        paragraphs: [],
        list: [
          'Do not enter the PIN anywhere and do not give it to anybody.',
          `Call us: ${phone}. Tell us only the case reference at the top right of the letter. We will cancel the PIN at once.`,
          `Send the letter back to us (${office}) or destroy it as agreed on the telephone.`,
        ],
      },
      {
        title: 'Has the person moved away?',
        paragraphs: [
          'Then write “Empfänger unbekannt” (addressee unknown) on the envelope and put it into a letter box. It costs nothing.',
        ],
      },
      { title: 'Nothing is stored here', paragraphs: ['This page does not ask for any data.'] },
    ],
  },
}
