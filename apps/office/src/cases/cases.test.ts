// The promises about cases: opened by REST, found as a clerk on the telephone asks, and only what the state allows.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { goodInput } from '../testing/case-csv.ts'
import { openedCase, publishedCase } from '../testing/published-case.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const send = async (method: 'GET' | 'POST', path: string, payload?: object) => {
  const answer = await at.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: at.asCore,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const find = async (q: string): Promise<string[]> => {
  const { body } = await send('GET', `cases?q=${encodeURIComponent(q)}`)
  return body.cases.map(({ caseRef }: { caseRef: string }) => caseRef).sort()
}

describe('opening a case by REST', () => {
  test('gives 201 with the case; the same Aktenzeichen again is refused', async () => {
    const { status, body } = await send('POST', 'cases', goodInput({ caseRef: 'REST-1' }))
    assert.equal(status, 201)
    assert.deepEqual([body.caseRef, body.state, body.pinState], ['REST-1', 'opened', null])
    const again = await send('POST', 'cases', goodInput({ caseRef: 'REST-1' }))
    assert.deepEqual([again.status, again.body.code], [422, 'import.duplicate'])
  })

  test('names every bad field; fields that nobody knows are refused as a whole', async () => {
    const bad = await send(
      'POST',
      'cases',
      goodInput({ caseRef: 'REST-2', kvnr: 'x', country: '?' }),
    )
    assert.deepEqual(
      bad.body.problems.map(({ field, code }: { field: string; code: string }) => [field, code]),
      [
        ['kvnr', 'import.kvnr'],
        ['country', 'import.country'],
      ],
    )
    const foreign = await send('POST', 'cases', goodInput({ caseRef: 'REST-3', haustier: 'Hund' }))
    assert.deepEqual([foreign.status, foreign.body.code], [400, 'request.invalid'])
  })

  test('broken JSON, a wrong type and a too large body are refused with a code, never a 500', async () => {
    const headers = { ...at.asCore, 'content-type': 'application/json' }
    const post = async (payload: string) => {
      const answer = await at.app.inject({ method: 'POST', url: '/api/v1/cases', headers, payload })
      return [answer.statusCode, answer.json().code]
    }
    assert.deepEqual(await post('{'), [400, 'request.invalid'])
    assert.deepEqual(await post('[]'), [400, 'request.invalid'])
    assert.deepEqual(await post(`{"__proto__":{}}`), [400, 'request.invalid'])
    assert.deepEqual(await post(`{"a":"${'x'.repeat(70_000)}"}`), [413, 'request.tooLarge'])
  })
})

describe('finding a case', () => {
  test('by reference, by any part of the name from its beginning, and by number as it is spoken', async () => {
    const kvnr = 'T000000014'
    const person = { firstName: 'Käthe', lastName: 'von Ahlen' }
    await openedCase(at.office, { caseRef: 'SUCH-1', kvnr, ...person })
    await openedCase(at.office, { caseRef: 'SUCH-2', firstName: 'Ahmed', lastName: 'Käthner' })
    assert.deepEqual(await find('SUCH'), ['SUCH-1', 'SUCH-2'])
    assert.deepEqual(await find('such-2'), ['SUCH-2'])
    assert.deepEqual(await find('Ahlen'), ['SUCH-1'])
    assert.deepEqual(await find('von Ahlen, Käthe'), ['SUCH-1'])
    assert.deepEqual(await find('käth'), ['SUCH-1', 'SUCH-2'])
    assert.deepEqual(await find('t 000 000 014'), ['SUCH-1'])
    assert.deepEqual(await find('hlen'), [])
  })

  test('signs of the search language are ordinary characters', async () => {
    await openedCase(at.office, { caseRef: '100%_sicher' })
    assert.deepEqual(await find('100%_'), ['100%_sicher'])
    assert.deepEqual(await find('%'), [])
    assert.deepEqual(await find('_'), [])
    assert.deepEqual(await find("' or true --"), [])
  })

  test('page by page gives every case once', async () => {
    const seen: string[] = []
    let after = ''
    do {
      const { body } = await send('GET', `cases?limit=2${after}`)
      assert.ok(body.cases.length <= 2)
      seen.push(...body.cases.map(({ caseId }: { caseId: string }) => caseId))
      after = body.next === null ? '' : `&after=${body.next}`
    } while (after !== '')
    const { body } = await send('GET', 'cases?limit=500')
    assert.deepEqual(
      seen,
      body.cases.map(({ caseId }: { caseId: string }) => caseId),
    )
  })

  test('a query that no client sends is refused', async () => {
    for (const query of ['limit=-1', 'limit=x', 'after=%27', 'state=a%20b', 'order=name']) {
      assert.equal((await send('GET', `cases?${query}`)).body.code, 'request.invalid', query)
    }
  })
})

describe('what a clerk may do', () => {
  test('an opened case waits for its letter; it cannot be reissued', async () => {
    const { caseId } = await openedCase(at.office)
    const { body } = await send('GET', `cases/${caseId}`)
    assert.deepEqual(body.allowedActions, [
      'printLetter',
      'revoke',
      'answeredOnPaper',
      'updateCard',
    ])
    assert.deepEqual(body.addressLines, ['Frau Mia Muster', 'Beispielweg 1', '01067 Dresden'])
    const refused = await send('POST', `cases/${caseId}/reissue`, { reason: 'lost' })
    assert.deepEqual([refused.status, refused.body.code], [409, 'action.notAllowed'])
  })

  test('a case with a letter shows its days and its card; never a PIN or content', async () => {
    const { caseId } = await publishedCase(at.office)
    const { body } = await send('GET', `cases/${caseId}`)
    assert.equal(body.daysLeft, 31)
    assert.equal(body.cardSuffix, '017222')
    assert.equal(body.locked, false)
    assert.ok(!('answers' in body))
  })

  test('only what has a route is announced, in every state', async () => {
    const opened = await openedCase(at.office)
    const out = await publishedCase(at.office)
    const routes: Readonly<Record<string, readonly [path: string, payload?: object]>> = {
      printLetter: ['letter'],
      reissue: ['reissue', { reason: 'lost' }],
      updateCard: ['second-factors', { cardNumber: '80276883110000099999' }],
      answeredOnPaper: ['answered-on-paper'],
      revoke: ['revoke', { reason: 'death' }],
    }
    for (const { caseId } of [opened, out]) {
      const { body } = await send('GET', `cases/${caseId}`)
      for (const action of body.allowedActions) {
        const [path, payload] = routes[action] ?? [action]
        const { status } = await send('POST', `cases/${caseId}/${path}`, payload)
        assert.ok(status === 200 || status === 409, `${action}: ${status}`)
      }
    }
  })

  test('after the end of a case nothing is allowed', async () => {
    const { caseId } = await publishedCase(at.office)
    const ended = await send('POST', `cases/${caseId}/answered-on-paper`)
    assert.deepEqual([ended.body.state, ended.body.allowedActions], ['revoked', []])
    for (const [path, payload] of [
      ['letter', undefined],
      ['reissue', { reason: 'lost' }],
      ['revoke', { reason: 'death' }],
      ['answered-on-paper', undefined],
      ['second-factors', { cardNumber: '80276883110000017222' }],
    ] as const) {
      const { body } = await send('POST', `cases/${caseId}/${path}`, payload)
      assert.equal(body.code, 'action.notAllowed', path)
    }
  })

  test('an unknown case is 404, an impossible id is refused before any search', async () => {
    assert.equal((await send('GET', 'cases/c00000000000')).body.code, 'case.none')
    assert.equal((await send('GET', 'cases/..%2f..%2fetc')).body.code, 'request.invalid')
  })

  test('a card number that is none changes nothing', async () => {
    const { caseId } = await publishedCase(at.office)
    const { body } = await send('POST', `cases/${caseId}/second-factors`, { cardNumber: '123' })
    assert.equal(body.code, 'import.cardNumber')
    assert.equal((await send('GET', `cases/${caseId}`)).body.cardSuffix, '017222')
  })
})
