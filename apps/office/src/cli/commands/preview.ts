// einmal-pin letters preview: the letter as it would come, for an invented person, with a PIN that is none.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { LetterPreview } from '@einmal-pin/wire/cli-documents'
import { ERRORS } from '@einmal-pin/wire/errors'
import { LetterError } from '../../letters/letter-error.ts'
import { LETTER_KINDS, LETTER_VARIANTS } from '../../letters/letter-input.ts'
import { LETTER_LOCALES, LOCALE_OF } from '../../letters/letter-locale.ts'
import { makeSpecimen } from '../../letters/letter-workshop.ts'
import { lettersFolder } from '../../letters/letters-folder.ts'
import { readSpecimens, type Specimen, specimenLetter } from '../../letters/specimen.ts'
import { CommandError, type Outcome, success, UsageError } from '../outcome.ts'

export interface PreviewOptions {
  readonly person?: string | undefined
  readonly kind?: string | undefined
  readonly variant?: string | undefined
  readonly language?: string | undefined
  readonly out?: string | undefined
}

/** Needs no office and changes nothing but the file it writes. */
export async function previewLetter(
  environment: NodeJS.ProcessEnv,
  options: PreviewOptions,
): Promise<Outcome> {
  const specimens = await readSpecimens(environment)
  const person = personOf(specimens.people, options.person)
  const variant = choose('variant', options.variant ?? person.letterVariant, LETTER_VARIANTS)
  const kind = choose('kind', options.kind ?? 'pin', LETTER_KINDS)
  const language = choose('language', options.language ?? LOCALE_OF[variant], LETTER_LOCALES)
  const folder = lettersFolder(environment)
  const out = resolve(options.out ?? `letter-${person.caseRef}-${variant}.pdf`)
  const letter = specimenLetter(specimens, person, variant, kind)
  const { pdf, pages } = await makeSpecimen(letter, language, { folder }).catch(refused)
  await writeFile(out, pdf).catch(() => {
    const text = `${out} cannot be written.`
    throw new CommandError(text, { code: 'cli.file', detail: text })
  })
  const preview: LetterPreview = {
    ...{ out, person: person.caseRef, variant, language, pages, bytes: pdf.length },
  }
  return success(preview, `${out}: ${pages} pages, variant ${variant}, language ${language}`)
}

function personOf(people: readonly Specimen[], wanted: string | undefined): Specimen {
  const found = wanted === undefined ? people[0] : people.find(({ caseRef }) => caseRef === wanted)
  if (found !== undefined) return found
  throw new UsageError(`--person is one of ${people.map(({ caseRef }) => caseRef).join(', ')}`)
}

function choose<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === given)
  if (chosen === undefined) throw new UsageError(`--${option} is one of ${choices.join(', ')}`)
  return chosen
}

function refused(error: unknown): never {
  if (!(error instanceof LetterError)) throw error
  const detail = ERRORS[error.code].de
  throw new CommandError(`${detail} (${error.code})`, { code: error.code, detail })
}
