// The clock of the database, moved by a duration; and what counts as a duration.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClock, parseDuration } from './clock.ts'
import { withTestDatabase } from './testing.ts'

const DAY = 86_400

const DURATIONS: readonly (readonly [string, number | undefined])[] = [
  ['P32D', 32 * DAY],
  ['+P1D', DAY],
  ['-P1W', -7 * DAY],
  ['PT5M', 300],
  ['P1DT12H30M15S', DAY + 43_200 + 1_815],
  ['PT0S', 0],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['P1M', undefined],
  ['P1Y', undefined],
  ['32', undefined],
  ['P1.5D', undefined],
  ['p1d', undefined],
  ["P1D'; drop table x", undefined],
  ['', undefined],
]

for (const [text, seconds] of DURATIONS) {
  test(`${JSON.stringify(text)} is ${seconds ?? 'no duration'}`, () => {
    assert.equal(parseDuration(text), seconds)
  })
}

test('the moved clock is the database clock plus the offset', async () => {
  await withTestDatabase({}, async ({ kysely }) => {
    const plain = await makeClock().now(kysely)
    const moved = await makeClock(32 * DAY).now(kysely)
    const back = await makeClock(-DAY).now(kysely)
    assert.ok(Math.abs(moved.getTime() - plain.getTime() - 32 * DAY * 1000) < 5_000)
    assert.ok(Math.abs(plain.getTime() - back.getTime() - DAY * 1000) < 5_000)
  })
})

test('a comparison with sqlOnce can use an index, one with sql looks at the clock for each row', async () => {
  await withTestDatabase<{ t: { at: Date } }, void>({}, async ({ kysely }) => {
    const clock = makeClock(DAY)
    await kysely.schema.createTable('t').addColumn('at', 'timestamptz').execute()
    await kysely.schema.createIndex('t_at').on('t').column('at').execute()
    const plan = await kysely
      .selectFrom('t')
      .selectAll()
      .where('at', '<', clock.sqlOnce)
      .explain('text')
    assert.match(JSON.stringify(plan), /InitPlan/)
    assert.match(JSON.stringify(plan), /Index/)
  })
})
