// One English sentence per problem of a form: what is wrong and how to mend it.
import type { FormProblem, FormProblemCode } from '@einmal-pin/domain/form/form-problem'

type Say = (written: string) => string

const MESSAGES: Readonly<Record<FormProblemCode, Say>> = {
  'form.schriftform': () =>
    'a declaration with statutory written form cannot come by PIN: set "schriftform" to false or send it on paper',
  'form.key.format': (key) =>
    `"${key}" is no key: use small letters, digits and "_", beginning with a letter, at most 60`,
  'form.key.duplicate': (key) => `"${key}" stands here a second time: rename one of the two`,
  'form.reference.unknown': (path) =>
    `there is no field "${path}" seen from here: correct the path ("./" is the same item, "../" the item around it)`,
  'form.reference.forward': (path) =>
    `"${path}" stands later in the form: a condition may only look back, so move that field before this one`,
  'form.reference.cycle': (path) =>
    `this condition goes round: "${path}" depends on what it decides, so remove one of the two conditions`,
  'form.option.unknown': (value) =>
    `"${value}" is no option of that field: use one of its options or add it there`,
  'form.parameter.unknown': (id) =>
    `there is no parameter "${id}": add it under "parameters" or correct the name`,
  'form.page.unreachable': () => 'no answers lead to this page: correct its condition or remove it',
  'form.field.unreachable': () =>
    'no answers lead to this field: correct its condition, or that of the block around it, or remove it',
  'form.repeat.paging': () =>
    'a page per item works once on a page and not inside another item: use "paging": "inline"',
  'form.repeat.copy': (key) =>
    `"${key}" cannot be taken over into a new entry: name plain fields of this group, no documents`,
  'form.text.missing': () => 'a text is missing',
  'form.purpose.missing': () =>
    'nothing says what this field is asked for: add the text "page.<id>.purpose" or "<field>.purpose"',
  'form.legalBasis.missing': () =>
    'no legal basis is named for this field: add the text "page.<id>.legalBasis" or "<field>.legalBasis"',
}

export const problemMessage = ({ code, written = '' }: FormProblem): string =>
  MESSAGES[code](written)
