// Letters to look at over HTTP: the invented people, and the PDF for one of them with "MUSTER" across each page.
import type { App } from '@einmal-pin/platform/http/app'
import { PreviewPeople, PreviewQuery } from '@einmal-pin/wire/letter-preview'
import { problem } from '@einmal-pin/wire/problem'
import { OFFICE } from '@einmal-pin/wire/routes'
import { LetterError, placeOf } from '../letters/letter-error.ts'
import { LOCALE_OF } from '../letters/letter-locale.ts'
import { makeSpecimen } from '../letters/letter-workshop.ts'
import { readSpecimens, type Specimens, specimenLetter } from '../letters/specimen.ts'
import type { Office } from '../office.ts'

const tags = ['letters']
/** Only the office's own page may show it inside itself, and nothing in it runs. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"

export function previewRoutes(app: App, office: Office): void {
  const specimens = async (): Promise<Specimens> => ({
    ...(await readSpecimens({})),
    tenant: office.tenant,
    portalUrl: office.config.publicUrl,
  })
  app.get(
    OFFICE.previewPeople.path,
    { schema: { tags, response: { 200: PreviewPeople } } },
    async (): Promise<PreviewPeople> => ({
      people: (await specimens()).people.map((person) => ({
        person: person.caseRef,
        name: `${person.firstName} ${person.lastName}`,
        variant: person.letterVariant,
      })),
    }),
  )
  app.get(
    OFFICE.letterPreview.path,
    { schema: { tags, querystring: PreviewQuery } },
    async ({ query }, reply) => {
      const known = await specimens()
      const person = known.people.find(({ caseRef }) => caseRef === query.person)
      if (person === undefined) throw problem('case.none')
      const { variant, kind, language = LOCALE_OF[variant] } = query
      const { secondFactor = person.secondFactor } = query
      const letter = specimenLetter(known, { ...person, secondFactor }, variant, kind)
      const folder = office.config.lettersDir
      const { pdf } = await makeSpecimen(letter, language, { folder }).catch((error: unknown) => {
        throw error instanceof LetterError ? problem(error.code, placeOf(error)) : error
      })
      return reply.type('application/pdf').header('content-security-policy', POLICY).send(pdf)
    },
  )
}
