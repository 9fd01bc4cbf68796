// The shape of each public page's text file.
import type { Shape } from './text-shape.ts'

const TEXT_PAGE: Shape = {
  title: 'text',
  lead: 'text',
  sections: [{ title: 'text', paragraphs: ['text'], 'list?': ['text'] }],
}

const INFORMATION: Shape = {
  title: 'text',
  heading: 'text',
  lead: 'text',
  login: 'text',
  lost: 'text',
  stepsTitle: 'text',
  steps: [{ title: 'text', text: 'text' }],
  faqTitle: 'text',
  questions: [{ question: 'text', answer: ['text'], 'list?': ['text'] }],
  otherTitle: 'text',
  other: 'text',
  date: 'date',
  dateLabel: 'text',
  jumpTitle: 'text',
  topLink: 'text',
  relatedTitle: 'text',
  related: [{ title: 'text', text: 'text', 'href?': 'link' }],
}

const FEEDBACK: Shape = { question: 'text', yes: 'text', no: 'text', note: 'text' }

const FILMS: Shape = {
  title: 'text',
  lead: 'text',
  signTitle: 'text',
  sign: 'text',
  walkTitle: 'text',
  walk: 'text',
  lengthLabel: 'text',
  sizeLabel: 'text',
  download: 'text',
  transcriptTitle: 'text',
}

const SHAPES = new Map([
  ['information', INFORMATION],
  ['rueckmeldung', FEEDBACK],
  ['gebaerdensprache', FILMS],
])

export const shapeOfPage = (page: string): Shape => SHAPES.get(page) ?? TEXT_PAGE
