// "Waren diese Informationen hilfreich?": what a form says, and the counters that are kept of it. Counters only: nobody is in them.
import { type Static, Type } from 'typebox'
import { Day, strict } from './primitives.ts'

/** The pages that ask. */
const FeedbackPage = Type.Union([Type.Literal('information'), Type.Literal('gebaerdensprache')])
const FeedbackLanguage = Type.Union([
  Type.Literal('de'),
  Type.Literal('de-simple'),
  Type.Literal('en'),
])

/** The fields of the form, which works without JavaScript. */
export const Feedback = Type.Object(
  {
    page: FeedbackPage,
    language: FeedbackLanguage,
    helpful: Type.Union([Type.Literal('yes'), Type.Literal('no')]),
  },
  strict,
)
export type Feedback = Static<typeof Feedback>

/** Answers of all people together: the portal counts no more in a day, so that no single one can fill the table with nonsense for long. */
export const FEEDBACK_PER_MINUTE = 30
const MOST_A_DAY = FEEDBACK_PER_MINUTE * (24 * 60 + 60)

/** One counter of one day in Berlin. */
export const FeedbackCount = Type.Object(
  { ...Feedback.properties, day: Day, count: Type.Integer({ minimum: 1, maximum: MOST_A_DAY }) },
  strict,
)
export type FeedbackCount = Static<typeof FeedbackCount>

/** Days for which the portal keeps its counters: the office fetches within seconds, and may be away for a month. */
export const FEEDBACK_DAYS = 40

/** Twelve counters a day: two pages, three languages, two answers. */
export const FeedbackCounts = Type.Object(
  { counts: Type.Array(FeedbackCount, { maxItems: 12 * (FEEDBACK_DAYS + 2) }) },
  strict,
)
export type FeedbackCounts = Static<typeof FeedbackCounts>

/** What the office shows: one line for a month, page and language, the latest month first. */
export const FeedbackReport = Type.Object(
  {
    months: Type.Array(
      Type.Object(
        {
          month: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$' }),
          page: FeedbackPage,
          language: FeedbackLanguage,
          yes: Type.Integer({ minimum: 0 }),
          no: Type.Integer({ minimum: 0 }),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type FeedbackReport = Static<typeof FeedbackReport>
