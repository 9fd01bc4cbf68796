// The promises about files of the post room and the print centre: every bad line is named, no good one is lost, nothing breaks.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { letterOfMark, readReturnsFile, readStatusFile } from './letter-files.ts'
import { MAX_LETTERS_IN_A_FILE } from './limits.ts'

const codes = ({
  problems,
}: {
  problems: readonly { line: number; field: string; code: string }[]
}) => problems.map(({ line, field, code }) => [line, field, code])

describe('returned mail', () => {
  test('ids, scanned pages, quotes, empty lines and the line ends of every system', () => {
    const { rows, problems } = readReturnsFile(
      '\uFEFFletterId\r\nc1-1\r\n\r\n"c2-1;1/2"\r\nc3-1-r\r\n',
    )
    assert.deepEqual(problems, [])
    assert.deepEqual(
      rows.map(({ line, value }) => [line, value]),
      [
        [2, 'c1-1'],
        [4, 'c2-1;1/2'],
        [5, 'c3-1-r'],
      ],
    )
    assert.equal(letterOfMark('c2-1;1/2'), 'c2-1')
  })

  test('every bad line is named, the good ones are kept', () => {
    const file = readReturnsFile('letterId\nc1-1\nBrief 7\nc2-1;x\nc3-1\n')
    assert.deepEqual(codes(file), [
      [3, 'letterId', 'import.letterId'],
      [4, 'letterId', 'import.letterId'],
    ])
    assert.deepEqual(
      file.rows.map(({ value }) => value),
      ['c1-1', 'c3-1'],
    )
  })

  test('without a header, without a line, with too many', () => {
    assert.deepEqual(codes(readReturnsFile('')), [[1, '', 'import.empty']])
    assert.deepEqual(codes(readReturnsFile('letterId\n\n')), [[1, '', 'import.empty']])
    assert.deepEqual(codes(readReturnsFile('c1-1\nc2-1')), [[1, '', 'import.header']])
    const many = `letterId${'\nc1-1'.repeat(MAX_LETTERS_IN_A_FILE + 1)}`
    assert.deepEqual(codes(readReturnsFile(many)), [[1, '', 'request.tooLarge']])
  })
})

const HEAD = 'letterId,outcome,printedOn,postedOn'

describe('status of the print centre', () => {
  test('the same from CSV and from JSON', () => {
    const letters = [
      { letterId: 'c1-1', outcome: 'posted', printedOn: '2026-11-02', postedOn: '2026-11-03' },
      { letterId: 'c2-1', outcome: 'spoiled' },
    ] as const
    const csv = readStatusFile(`${HEAD}\nc1-1,posted,2026-11-02,2026-11-03\nc2-1, spoiled\n`)
    const json = readStatusFile(JSON.stringify({ bundleId: 'bundle-0001', letters }))
    for (const { rows, problems } of [csv, json]) {
      assert.deepEqual(problems, [])
      assert.deepEqual(
        rows.map(({ value }) => value),
        letters,
      )
    }
  })

  const bad: readonly (readonly [line: string, field: string, code: string])[] = [
    ['Brief 7,printed,,', 'letterId', 'import.letterId'],
    ['c1-1,lost,,', 'outcome', 'import.choice'],
    ['c1-1,posted,,', 'postedOn', 'import.required'],
    ['c1-1,posted,,2026-02-31', 'postedOn', 'import.date'],
    ['c1-1,printed,02.11.2026,', 'printedOn', 'import.date'],
    ['c1-1,printed,,2026-11-02', 'postedOn', 'import.choice'],
    ['c1-1,spoiled,2026-11-02,', 'printedOn', 'import.choice'],
    ['c1-1,printed,,,,', '', 'import.csv'],
  ]
  for (const [line, field, code] of bad) {
    test(`${line} is refused: ${code}`, () => {
      assert.deepEqual(codes(readStatusFile(`${HEAD}\nc9-1,printed,,\n${line}`)), [
        [3, field, code],
      ])
    })
  }

  test('what is no status file', () => {
    for (const text of ['{}', '[]', '{"letters":', 'null\n']) {
      const { rows, problems } = readStatusFile(text)
      assert.equal(rows.length, 0, text)
      assert.match(problems[0]?.code ?? '', /^import\.(status|header)$/, text)
    }
    const none = JSON.stringify({ bundleId: 'bundle-0001', letters: [] })
    assert.deepEqual(codes(readStatusFile(none)), [[1, '', 'import.empty']])
  })
})

test('any text is read without breaking, and says something about every line or about the file', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'letterId\n', `${HEAD}\n`),
      (tail, head) => {
        for (const read of [readReturnsFile, readStatusFile]) {
          const { rows, problems } = read(head + tail)
          assert.ok(rows.length + problems.length > 0)
        }
      },
    ),
  )
})
