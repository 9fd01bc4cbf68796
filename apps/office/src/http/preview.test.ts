// The promise about letters to look at: an invented person, a PIN that is none, and nothing registered.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parsePin } from '@einmal-pin/domain/pin'
import { probePdf } from '../letters/pdf-probe.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const ask = (url: string) => at.app.inject({ url, headers: at.asCore })
const textOf = async (pdf: Buffer) =>
  (await probePdf(pdf)).map(({ text }) => text.replace(/[\u00a0\s]+/gu, ' ')).join(' ')

test('every kind can be seen for an invented person, and no PIN of it opens anything', async () => {
  const { people } = (await ask('/api/v1/letters/preview/people')).json()
  assert.ok(people.length > 0)
  const person = encodeURIComponent(people[0].person)
  const seen: Record<string, string> = {}
  for (const kind of ['pin', 'reminder', 'followUp']) {
    const answer = await ask(
      `/api/v1/letters/preview?person=${person}&kind=${kind}&variant=standard`,
    )
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['content-type'], 'application/pdf')
    assert.equal(answer.headers['cache-control'], 'no-store')
    seen[kind] = await textOf(answer.rawPayload)
    assert.match(seen[kind] ?? '', /MUSTER/)
  }
  const [printed] = /\d{4} \d{4} \d{4} \d{4}/.exec(seen['pin'] ?? '') ?? []
  assert.equal(parsePin(printed ?? '').ok, false)
  assert.match(seen['reminder'] ?? '', /Ihre Einmal-PIN haben Sie schon/)
  assert.doesNotMatch(seen['reminder'] ?? '', /\d{4} \d{4} \d{4} \d{4}/)
  assert.match(seen['followUp'] ?? '', /Es fehlt noch etwas/)
})

test('the language and the second factor can be chosen against variant and case', async () => {
  const { people } = (await ask('/api/v1/letters/preview/people')).json()
  const person = encodeURIComponent(people[0].person)
  const of = async (choice: string) => {
    const query = `person=${person}&kind=pin&variant=standard&${choice}`
    return textOf((await ask(`/api/v1/letters/preview?${query}`)).rawPayload)
  }
  const [card, birth, simple] = [
    await of('secondFactor=egk'),
    await of('secondFactor=birthdate'),
    await of('language=de-simple'),
  ]
  const asksForBirth = /Ihr Geburtsdatum \(TT\.MM\.JJJJ\)/
  assert.doesNotMatch(card, asksForBirth)
  assert.match(birth, asksForBirth)
  assert.notEqual(simple, card)
})

test('another person, kind or login than there are is refused', async () => {
  const of = (query: string) => ask(`/api/v1/letters/preview?${query}`)
  assert.equal((await of('person=nobody&kind=pin&variant=standard')).statusCode, 404)
  assert.equal((await of('person=nobody&kind=invoice&variant=standard')).statusCode, 400)
  const person = 'DEMO-2026-0001'
  const chosen = `person=${person}&kind=pin&variant=standard`
  assert.equal((await of(`${chosen}&language=fr`)).statusCode, 400)
  assert.equal((await of(`${chosen}&secondFactor=none`)).statusCode, 400)
  const stranger = { url: '/api/v1/letters/preview/people', headers: { host: 'localhost:0' } }
  assert.equal((await at.app.inject(stranger)).statusCode, 401)
})
