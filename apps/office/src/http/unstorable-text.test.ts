// The promise about text that no database can hold: refused with a code, never a failure of the server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { goodInput } from '../testing/case-csv.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

async function codeOf(method: 'GET' | 'POST', url: string, payload?: object): Promise<string> {
  const request = { method, url, headers: at.asCore, ...(payload && { payload }) } as const
  const answer = await at.app.inject(request)
  assert.ok(answer.statusCode < 500, `${method} ${url}: ${answer.statusCode}`)
  return answer.json().code
}

test('U+0000 in a search or in a name is a bad request', async () => {
  assert.equal(await codeOf('GET', '/api/v1/cases?q=a%00b'), 'request.invalid')
  const assign = '/api/v1/inbox/c11111111111/assign'
  assert.equal(await codeOf('POST', assign, { to: 'a\u0000b' }), 'request.invalid')
})

test('half a surrogate pair in what the office knows is a bad field', async () => {
  for (const bezeichnung of ['Bescheid \ud800', '\udc00', 'a\u0000b']) {
    const prefill = { anforderungen: [{ art: 'sonst', bezeichnung }] }
    const input = goodInput({ caseRef: 'HALF-1', prefill } as never)
    assert.equal(await codeOf('POST', '/api/v1/cases', input), 'import.rejected')
  }
})

test('half a surrogate pair is refused by line and field, in every text of a case', async () => {
  const texts = {
    ...{ caseRef: 'x', salutation: 'x', firstName: 'x', lastName: 'x', careOf: 'x', street: 'x' },
    ...{ houseNumber: 'x', city: 'x', recipientName: 'x' },
  }
  for (const field of Object.keys(texts)) {
    for (const half of ['\ud83d', '\udc00x', 'Müller \ud800\ud800']) {
      const roles = { recipientRole: 'eltern' }
      const payload = goodInput({ caseRef: 'HALF-2', ...roles, [field]: half })
      const url = '/api/v1/cases'
      const answer = await at.app.inject({ method: 'POST', url, headers: at.asCore, payload })
      const { code, problems } = answer.json()
      assert.equal(code, 'import.rejected', field)
      const [problem] = problems
      assert.deepEqual([problem.line, problem.field, problem.code], [1, field, 'import.characters'])
    }
  }
})

test('a whole surrogate pair is a character like any other', async () => {
  const payload = goodInput({ caseRef: 'WHOLE-1', careOf: 'bei 𝒜' })
  const request = { method: 'POST', url: '/api/v1/cases', headers: at.asCore, payload } as const
  assert.equal((await at.app.inject(request)).statusCode, 201)
})
