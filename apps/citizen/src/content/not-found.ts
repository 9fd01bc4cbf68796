// For addresses that do not exist.
import type { PageTexts } from './page-text.ts'

export const texts: PageTexts = {
  de: {
    title: 'Diese Seite gibt es nicht',
    lead: 'Bitte prüfen Sie die Adresse. Sie steht so in Ihrem Brief, wie Sie sie eingeben müssen.',
    sections: [],
  },
  'de-simple': {
    title: 'Diese Seite gibt es nicht',
    lead: 'Bitte prüfen Sie die Adresse. Die Adresse steht in Ihrem Brief.',
    sections: [],
  },
  en: {
    title: 'This page does not exist',
    lead: 'Please check the address. It stands in your letter exactly as you must enter it.',
    sections: [],
  },
}
