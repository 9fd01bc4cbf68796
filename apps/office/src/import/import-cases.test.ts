// The promises about importing cases: every mistake named by line and field, nothing half imported, no letter twice.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { csvOf, type RowChanges } from '../testing/case-csv.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
let refs = 0
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const ref = () => {
  refs += 1
  return `T-${String(refs).padStart(6, '0')}`
}

async function send(csv: string | Uint8Array, skipBad = false) {
  const answer = await at.app.inject({
    method: 'POST',
    url: `/api/v1/cases/import?skipBad=${skipBad}`,
    headers: { ...at.asCore, 'content-type': 'text/csv' },
    payload: Buffer.from(csv),
  })
  return { status: answer.statusCode, body: answer.json() }
}

const countCases = async () =>
  Number(
    (
      await at.office.database.kysely
        .selectFrom('cases')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

describe('good files', () => {
  test('every row becomes a case that waits for its letter, with an audit row', async () => {
    const caseRef = ref()
    const { status, body } = await send(csvOf([{ caseRef }]))
    assert.equal(status, 200)
    assert.deepEqual(body.problems, [])
    const [{ caseId, line }] = body.imported
    assert.equal(line, 2)
    const db = at.office.database.kysely
    const order = await db
      .selectFrom('letter_orders')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    assert.equal(order.state, 'waiting')
    const audit = await db.selectFrom('audit').selectAll().where('subject', '=', caseId).execute()
    assert.deepEqual(
      audit.map(({ action, actor }) => [action, actor]),
      [['case.opened', 'core-system']],
    )
  })

  test('byte order mark, CRLF, quotes and line breaks in cells are read as they are meant', async () => {
    const [first, second] = [ref(), ref()]
    const csv = csvOf(
      [
        { caseRef: first, lastName: 'von "Quote", Mia', prefill: '{\r\n}' },
        { caseRef: second, kvnr: 'broken' },
      ],
      '\r\n',
    )
    const { status, body } = await send(`\ufeff${csv}`, true)
    assert.equal(status, 200)
    assert.equal(body.imported[0].caseRef, first)
    // The first row spans two lines, so the second begins on line 4.
    assert.deepEqual([body.problems[0].line, body.problems[0].field], [4, 'kvnr'])
  })

  test('all variants, roles and second factors are taken', async () => {
    const rows: RowChanges[] = [
      { letterVariant: 'gross' },
      {
        letterVariant: 'leicht',
        secondFactor: 'birthdate',
        cardNumber: '',
        birthDate: '1950-00-00',
      },
      { recipientRole: 'eltern' },
      { recipientRole: 'betreuung', recipientName: 'Verein Beispiel e. V.' },
      { country: 'IE', postcode: '' },
      { careOf: 'Familie Probe', previousCardNumber: '80276 88311 00000 17111' },
    ]
    const { status, body } = await send(csvOf(rows.map((row) => ({ caseRef: ref(), ...row }))))
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.imported.length, rows.length)
  })

  test('5,000 rows are imported in a few seconds', async () => {
    const rows = Array.from({ length: 5_000 }, () => ({ caseRef: ref() }))
    const begun = performance.now()
    const { status, body } = await send(csvOf(rows))
    assert.equal(status, 200)
    assert.equal(body.imported.length, 5_000)
    assert.ok(performance.now() - begun < 20_000)
  })
})

describe('bad rows', () => {
  const cases: readonly [RowChanges, string, string][] = [
    [{ caseRef: '' }, 'caseRef', 'import.required'],
    [{ formId: 'gibt-es-nicht' }, 'formId', 'import.form'],
    [{ kvnr: 'A123456781' }, 'kvnr', 'import.kvnr'],
    [{ kvnr: '' }, 'kvnr', 'import.required'],
    [{ cardNumber: '123' }, 'cardNumber', 'import.cardNumber'],
    [{ cardNumber: '' }, 'cardNumber', 'import.secondFactor'],
    [{ previousCardNumber: '8027688311000001722X' }, 'previousCardNumber', 'import.cardNumber'],
    [{ birthDate: '01.02.1980' }, 'birthDate', 'import.date'],
    [{ birthDate: '1980-02-31' }, 'birthDate', 'import.date'],
    [{ postcode: '1067' }, 'postcode', 'import.postcode'],
    [{ postcode: '' }, 'postcode', 'import.required'],
    [{ country: 'Deutschland' }, 'country', 'import.tooLong'],
    [{ country: 'XX' }, 'country', 'import.country'],
    [{ letterVariant: 'groß' }, 'letterVariant', 'import.choice'],
    [{ letterVariant: '' }, 'letterVariant', 'import.required'],
    [{ secondFactor: 'passwort' }, 'secondFactor', 'import.choice'],
    [{ recipientRole: 'oma' }, 'recipientRole', 'import.choice'],
    [{ recipientRole: 'vollmacht' }, 'recipientName', 'import.required'],
    [{ recipientName: 'Verein' }, 'recipientRole', 'import.required'],
    [{ lastName: 'x'.repeat(81) }, 'lastName', 'import.tooLong'],
    [{ lastName: 'Mus\u0007ter' }, 'lastName', 'import.characters'],
    [{ lastName: 'Mus\u202eter' }, 'lastName', 'import.characters'],
    [{ prefill: '{"iban":"DE1"}' }, 'prefill', 'import.prefill'],
    [{ prefill: '[]' }, 'prefill', 'import.prefill'],
    [{ prefill: '{' }, 'prefill', 'import.prefill'],
  ]
  for (const [changes, field, code] of cases) {
    test(`${JSON.stringify(changes).slice(0, 60)} is named as ${field} ${code}`, async () => {
      const before = await countCases()
      const rows = [{ caseRef: ref() }, { caseRef: ref(), ...changes }]
      const { status, body } = await send(csvOf(rows))
      assert.equal(status, 422)
      assert.equal(body.code, 'import.rejected')
      const found = body.problems.map((p: { line: number; field: string; code: string }) => [
        p.line,
        p.field,
        p.code,
      ])
      assert.deepEqual(found, [[3, field, code]])
      assert.equal(await countCases(), before)
    })
  }

  test('a row that says something personal is named without repeating it', async () => {
    const { body } = await send(csvOf([{ caseRef: ref(), kvnr: 'A123456781', cardNumber: '4711' }]))
    assert.ok(!JSON.stringify(body).includes('A123456781'))
    assert.ok(!JSON.stringify(body).includes('4711'))
  })

  test('several mistakes are all reported, with --skip-bad the good rows come in', async () => {
    const good = ref()
    const rows = [{ caseRef: ref(), kvnr: 'x', country: 'YY' }, { caseRef: good }]
    const { status, body } = await send(csvOf(rows), true)
    assert.equal(status, 200)
    assert.deepEqual(
      body.imported.map((row: { caseRef: string }) => row.caseRef),
      [good],
    )
    assert.deepEqual(
      body.problems.map((p: { field: string }) => p.field),
      ['kvnr', 'country'],
    )
  })

  test('a file imported twice makes no second letter', async () => {
    const csv = csvOf([{ caseRef: ref() }, { caseRef: ref() }])
    assert.equal((await send(csv)).status, 200)
    const before = await countCases()
    const { status, body } = await send(csv)
    assert.equal(status, 422)
    assert.deepEqual(
      body.problems.map((p: { line: number; code: string }) => [p.line, p.code]),
      [
        [2, 'import.duplicate'],
        [3, 'import.duplicate'],
      ],
    )
    assert.equal(await countCases(), before)
  })

  test('of two rows with one Aktenzeichen neither is imported, even when bad rows are skipped', async () => {
    const twice = ref()
    const { body } = await send(
      csvOf([{ caseRef: twice }, { caseRef: ref() }, { caseRef: twice }]),
      true,
    )
    assert.equal(body.imported.length, 1)
    assert.deepEqual(
      body.problems.map((p: { line: number }) => p.line),
      [2, 4],
    )
  })

  test('two imports of one file at the same time make one case a row', async () => {
    const caseRef = ref()
    const csv = csvOf([{ caseRef }])
    const answers = await Promise.all([send(csv), send(csv), send(csv)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422, 422])
  })
})

describe('unreadable files', () => {
  const good = () => csvOf([{ caseRef: ref() }])
  const cases: readonly [string, () => string | Uint8Array, string][] = [
    ['semicolons', () => good().replaceAll(',', ';'), 'import.csv'],
    ['another encoding', () => Buffer.from(good().replace('Mia', 'Zoë'), 'latin1'), 'import.csv'],
    ['nothing', () => '', 'import.csv'],
    ['an open quote', () => `${good().trimEnd()},"x\n`, 'import.csv'],
    ['a missing column', () => good().replace('kvnr,', ''), 'import.header'],
    ['an unknown column', () => good().replace('kvnr,', 'kvnr,haustier,'), 'import.header'],
    ['a column twice', () => good().replace('kvnr,', 'kvnr,kvnr,'), 'import.header'],
    ['no header', () => good().split('\n').slice(1).join('\n'), 'import.header'],
    ['too many cells', () => `${good().trimEnd()},more\n`, 'import.csv'],
  ]
  for (const [what, csv, code] of cases) {
    test(`${what}: refused with ${code}, nothing imported`, async () => {
      const before = await countCases()
      const { status, body } = await send(csv())
      assert.equal(status, 422)
      assert.equal(body.problems[0].code, code)
      assert.ok(body.problems[0].line >= 1)
      assert.equal(await countCases(), before)
    })
  }

  test('another media type is refused', async () => {
    const answer = await at.app.inject({
      method: 'POST',
      url: '/api/v1/cases/import',
      headers: { ...at.asCore, 'content-type': 'application/json' },
      payload: '{}',
    })
    assert.equal(answer.json().code, 'request.mediaType')
  })
})
