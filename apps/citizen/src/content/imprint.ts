// Imprint; the names of supervisor and board are the insurer's to add.
import { tenant } from '../tenant.ts'
import type { PageTexts } from './page-text.ts'

const { legalName, address, insurerIk, phone, email } = tenant
const lines = [legalName, `${address.street}, ${address.postcode} ${address.city}`]

export const texts: PageTexts = {
  de: {
    title: 'Impressum',
    lead: 'Wer diese Seiten anbietet.',
    sections: [
      { title: 'Anbieter', paragraphs: lines },
      { title: 'Kontakt', paragraphs: [`Telefon: ${phone}`, `E-Mail: ${email}`] },
      { title: 'Institutionskennzeichen', paragraphs: [insurerIk] },
      {
        title: 'Software',
        paragraphs: [
          'Diese Seiten verwenden Teile des KERN-Designsystems (@kern-ux/native, Lizenz EUPL-1.2), unverändert.',
        ],
      },
    ],
  },
  'de-simple': {
    title: 'Impressum',
    lead: 'Das sind wir.',
    sections: [
      { title: 'Unser Name und unsere Adresse', paragraphs: lines },
      { title: 'So erreichen Sie uns', paragraphs: [`Telefon: ${phone}`, `E-Mail: ${email}`] },
    ],
  },
  en: {
    title: 'Imprint',
    lead: 'Who offers these pages.',
    sections: [
      { title: 'Provider', paragraphs: lines },
      { title: 'Contact', paragraphs: [`Telephone: ${phone}`, `E-mail: ${email}`] },
      { title: 'Institution code', paragraphs: [insurerIk] },
      {
        title: 'Software',
        paragraphs: [
          'These pages use parts of the KERN design system (@kern-ux/native, licence EUPL-1.2), unmodified.',
        ],
      },
    ],
  },
}
