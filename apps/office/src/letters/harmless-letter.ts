// The same letter to nobody: tells a fault of the letters folder from one that only a certain person's data brings about.
import type { LetterInput } from './letter-input.ts'

export const harmlessLetter = (letter: LetterInput): LetterInput => ({
  ...letter,
  letterId: 'MUSTER-1',
  caseRef: 'MUSTER-1',
  person: {
    firstName: 'Erika',
    lastName: 'Beispiel',
    street: 'Lindenweg',
    houseNumber: '12',
    postcode: '01099',
    city: 'Dresden',
    country: 'DE',
  },
})
