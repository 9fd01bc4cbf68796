// Letters to look at: for whom, and which.
import { type Static, Type } from 'typebox'
import { strict } from './primitives.ts'

/** The invented people for whom a letter can be looked at. */
export const PreviewPeople = Type.Object(
  {
    people: Type.Array(
      Type.Object({ person: Type.String(), name: Type.String(), variant: Type.String() }, strict),
    ),
  },
  strict,
)
export type PreviewPeople = Static<typeof PreviewPeople>

/** `person` is an Aktenzeichen of the list; without a language the variant decides, without a second factor the person's case. */
export const PreviewQuery = Type.Object(
  {
    person: Type.String({ maxLength: 60 }),
    kind: Type.Union([Type.Literal('pin'), Type.Literal('reminder'), Type.Literal('followUp')]),
    variant: Type.Union([Type.Literal('standard'), Type.Literal('gross'), Type.Literal('leicht')]),
    language: Type.Optional(Type.Union([Type.Literal('de'), Type.Literal('de-simple')])),
    secondFactor: Type.Optional(Type.Union([Type.Literal('egk'), Type.Literal('birthdate')])),
  },
  strict,
)
export type PreviewQuery = Static<typeof PreviewQuery>
