// The promises of `form check`: every mistake of an author is found at its very line and column, with what to do.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type CheckedForm, checkFormFiles } from './check-files.ts'
import { checkFormFolder, formFolders } from './load-form.ts'
import { smallForm } from './small-form.fixture.ts'

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../form.schema.json'), 'utf8'))
const check = (files: ReadonlyMap<string, string>): CheckedForm => checkFormFiles(files, SCHEMA)

/** The small form with one text replaced in one file. */
function changed(file: string, from: string, to: string): Map<string, string> {
  const files = smallForm()
  const text = files.get(file) ?? ''
  assert.equal(text.split(from).length, 2, `"${from}" stands once in ${file}`)
  return files.set(file, text.replace(from, to))
}

const lines = ({ findings }: CheckedForm): readonly string[] =>
  findings.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)

const GARDEN = '"key": "garten", "type": "choice"'
const AGE = '{ "age": "geboren", "at": ["today"], "lt": 1 }'
const HOME = '"when": { "eq": ["hund", "ja"] },\n      "blocks"'
const ORT = '{ "key": "ort", "type": "text" }'
const STEP = '"type": "text"'

/**
 * What is replaced in definition.json and by what; `¦` marks where the mistakes must be found (and is taken
 * out again), then their codes in that order.
 */
const BROKEN: readonly (readonly [string, string, string, ...(readonly string[])])[] = [
  ['a missing comma', '"hund",\n  "version"', '"hund"\n  ¦"version"', 'form.json'],
  ['a comma too many', '["gross", "klein"]', '["gross", "klein",¦]', 'form.json'],
  ['a line break in a text', '"ort", "type"', '¦"o\nrt", "type"', 'form.json'],
  ['a name twice', '"level": "hint"', '"level": "hint", ¦"level": "error"', 'form.json'],
  ['no type', ORT, '¦{ "key": "ort" }', 'form.schema'],
  ['an unknown name', '"min": 0', '"min": 0, ¦"mim": 1', 'form.schema'],
  ['an unknown type', '"type": "int"', '"type": ¦"zahl"', 'form.schema'],
  ['an unknown kind', '"kind": "info"', '"kind": ¦"note"', 'form.schema'],
  ['options without a choice', ORT, `¦{ "key": "ort", ${STEP}, "options": ["a"] }`, 'form.schema'],
  ['an unknown condition', '{ "term": "mit_hund" }', '¦{ "is": "hund" }', 'form.schema'],
  [
    'two conditions in one',
    AGE,
    '{ ¦"filled": "hund", ¦"eq": ["hund", "ja"] }',
    'form.schema',
    'form.schema',
  ],
  [
    'an operand where a condition belongs',
    '"mit_hund": {',
    '"mit_hund": ¦{ "sum": ["beine"] }, "frei": {',
    'form.structure',
  ],
  ['nonsense in a term', '"mit_hund": {', '"frei": ¦{ "kein": 1 }, "mit_hund": {', 'form.schema'],
  ['an unknown operand', AGE, '{ "gt": ["beine", ¦{ "zahl": 1 }] }', 'form.schema'],
  ['a written form by law', '"schriftform": false', '"schriftform": ¦true', 'form.schema'],
  ['an unknown term', '{ "term": "mit_hund" }', '{ "term": ¦"mit_katze" }', 'form.structure'],
  ['an unknown set', ORT, '{ "kind": "use", "set": ¦"adresse" }', 'form.structure'],
  ['a key twice', ORT, `${ORT}, { "key": ¦"ort", "type": "plz" }`, 'form.key.duplicate'],
  ['a page twice', '"id": "zuhause"', '"id": ¦"tier"', 'form.key.duplicate'],
  ['a dangling path', '"at": "geboren"', '"at": ¦"gestorben"', 'form.reference.unknown'],
  [
    'a dangling path in a term',
    '"mit_hund": { "eq": ["hund", "ja"] }',
    '"mit_hund": { "eq": [¦"katze", "ja"] }',
    'form.reference.unknown',
  ],
  [
    'a dangling path in a value of a note',
    '"tone": "note"',
    '"tone": "note", "values": { "n": { "of": ¦"./ort", "as": "text" } }',
    'form.reference.unknown',
  ],
  [
    'an option that does not exist',
    HOME,
    '"when": ¦{ "eq": ["hund", ¦"Ja"] },\n      "blocks"',
    'form.page.unreachable',
    'form.option.unknown',
  ],
  [
    'a cycle',
    '"type": "yesno", "required": true',
    '"type": "yesno", "when": { "filled": ¦"garten" }',
    'form.reference.cycle',
  ],
  [
    'a look ahead',
    STEP,
    `${STEP}, "when": { "filled": ¦"./plz" } }, { "key": "plz", "type": "plz"`,
    'form.reference.forward',
  ],
  [
    'a parameter that does not exist',
    AGE,
    '{ "gt": [{ "value": 1 }, { "parameter": ¦"steuer", "at": ["today"] }] }',
    'form.parameter.unknown',
  ],
  [
    'a page that nobody reaches',
    HOME,
    '"when": ¦{ "all": [{ "eq": ["hund", "ja"] }, { "eq": ["hund", "nein"] }] },\n      "blocks"',
    'form.page.unreachable',
  ],
  [
    'a field that nobody reaches',
    GARDEN,
    `${GARDEN}, "when": ¦{ "eq": ["hund", "nein"] }`,
    'form.field.unreachable',
  ],
  [
    'a note that nobody sees',
    '{ "term": "mit_hund" }',
    '¦{ "all": [{ "eq": ["hund", "nein"] }, { "filled": "beine" }] }',
    'form.condition.never',
  ],
  [
    'a "required" that never comes',
    GARDEN,
    `${GARDEN}, "required": ¦{ "eq": ["hund", "nein"] }`,
    'form.condition.never',
  ],
  [
    'an age between nothing',
    AGE,
    '¦{ "age": "geboren", "at": ["today"], "gte": 18, "lt": 18 }',
    'form.condition.never',
  ],
  [
    'more than the field allows',
    AGE,
    '¦{ "gt": ["beine", { "value": 4 }] }',
    'form.condition.never',
  ],
  ['less than nothing', AGE, '¦{ "lt": ["beine", { "value": 0 }] }', 'form.condition.never'],
  [
    'bounds that exclude each other',
    AGE,
    '¦{ "all": [{ "gt": ["beine", { "value": 2 }] }, { "gt": [{ "value": 3 }, "beine"] }] }',
    'form.condition.never',
  ],
  [
    'a number against a day',
    AGE,
    '¦{ "gt": ["beine", { "today": true }] }',
    'form.condition.never',
  ],
  ['a day against a word', AGE, '¦{ "eq": ["geboren", "heute"] }', 'form.condition.never'],
  [
    'an amount against a word',
    AGE,
    '¦{ "in": ["beine", ["vier", "drei"]] }',
    'form.condition.never',
  ],
  [
    'a branch that nobody takes',
    AGE,
    `{ "any": [${AGE}, { "all": [{ "filled": "hund" }, ¦{ "has": ["garten", "gross"] }] }] }`,
    'form.condition.never',
  ],
  [
    'items of which none can be',
    AGE,
    '{ "some": "orte", "where": ¦{ "eq": ["./ort", 7] } }',
    'form.condition.never',
  ],
  [
    'items of a sum of which none can be',
    AGE,
    '{ "gt": ["beine", { "sumOf": "orte", "where": ¦{ "eq": ["./ort", 7] }, "each": "beine" }] }',
    'form.condition.never',
  ],
  [
    'a sum of the wrong kind',
    AGE,
    '¦{ "gt": ["geboren", { "product": ["beine", { "minus": ["beine", "beine"] }] }] }',
    'form.condition.never',
  ],
  [
    'a copy of what is not there',
    '"nameFrom": ["ort"],',
    '"nameFrom": ["ort"], "copyFrom": [¦"strasse"],',
    'form.repeat.copy',
  ],
  [
    'a page per item inside an item',
    ORT,
    `¦{ "kind": "repeat", "key": "ort", "nameFrom": [], "min": 0, "max": 1, "paging": "own", "blocks": [${ORT}] }`,
    'form.repeat.paging',
  ],
]

/** Where the marks stand, in lines and columns of the text without them. */
function marksIn(text: string): readonly string[] {
  const parts = text.split('¦')
  return parts.slice(0, -1).map((_, at) => {
    const rows = parts
      .slice(0, at + 1)
      .join('')
      .split('\n')
    return `${rows.length}:${(rows.at(-1)?.length ?? 0) + 1}`
  })
}

describe('a mistake in definition.json', () => {
  for (const [name, from, to, ...expected] of BROKEN) {
    test(`${name} is found at its place`, () => {
      const files = changed('definition.json', from, to)
      const marked = files.get('definition.json') ?? ''
      files.set('definition.json', marked.replaceAll('¦', ''))
      const wanted = marksIn(marked).map((mark, at) => `definition.json:${mark} ${expected[at]}`)
      // Other keys ask for other texts; those are found in the text files.
      const found = lines(check(files)).filter((line) => line.startsWith('definition.json'))
      assert.deepEqual(found, wanted)
    })
  }
})

describe('a mistake in the texts', () => {
  test('a missing text is found behind the one that stands before it in German', () => {
    const checked = check(changed('texts.en.json', '  "beine": "Wort",\n', ''))
    assert.deepEqual(lines(checked), ['texts.en.json:8:3 form.text.missing'])
    assert.match(
      checked.findings[0]?.message ?? '',
      /"beine" is missing: add it to texts\.en\.json/,
    )
  })

  test('an empty text is found where it stands', () => {
    const files = changed('texts.de.json', '"hund": "Wort"', '"hund": " "')
    assert.deepEqual(lines(check(files)), ['texts.de.json:8:3 form.text.missing'])
  })

  test('a missing file is one finding', () => {
    const files = smallForm()
    files.delete('texts.en.json')
    assert.deepEqual(lines(check(files)), ['texts.en.json:1:1 form.text.missing'])
  })

  test('a text that nothing uses, and one that is no text', () => {
    const unused = changed('texts.de.json', '"garten": "Wort"', '"garten": "Wort", "zaun": "Wort"')
    assert.deepEqual(lines(check(unused)), ['texts.de.json:19:21 form.text.unused'])
    const number = changed('texts.de.json', '"garten": "Wort"', '"garten": 7')
    assert.deepEqual(lines(check(number)), ['texts.de.json:19:13 form.schema'])
  })

  test('a page without purpose and legal basis is named at each of its fields', () => {
    const files = changed('texts.de.json', '  "page.zuhause.purpose": "Wort",\n', '')
    const found = lines(check(files))
    assert.deepEqual(found, [
      'definition.json:23:18 form.purpose.missing',
      'texts.de.json:16:3 form.text.missing',
    ])
    const law = changed('texts.de.json', '  "page.zuhause.legalBasis": "Wort",\n', '')
    assert.ok(lines(check(law)).includes('definition.json:23:18 form.legalBasis.missing'))
  })
})

describe('Leichte Sprache', () => {
  const simple = (text: string) =>
    check(changed('texts.de-simple.json', '"hund": "Wort"', `"hund": ${JSON.stringify(text)}`))

  test('slips are warnings at the very word, and the form comes out all the same', () => {
    const checked = simple('Gut. Ihr Schwerbehindertenausweis wird von uns geprüft.')
    assert.deepEqual(lines(checked), [
      'texts.de-simple.json:8:21 form.simple.word',
      'texts.de-simple.json:8:46 form.simple.passive',
    ])
    assert.deepEqual([...new Set(checked.findings.map(({ severity }) => severity))], ['warning'])
    assert.notEqual(checked.form, undefined)
  })

  test('the place is right behind escapes', () => {
    assert.deepEqual(lines(simple('Eine „Zeile“\n"und"\tein Kinderbetreuungsgeldantrag')), [
      'texts.de-simple.json:8:39 form.simple.word',
    ])
  })

  test('only Leichte Sprache is asked to be simple', () => {
    const files = changed('texts.de.json', '"hund": "Wort"', '"hund": "Schwerbehindertenausweis"')
    assert.deepEqual(lines(check(files)), [])
  })
})

describe('every form of this installation', () => {
  for (const folder of formFolders()) {
    test(`${folder.split('/').at(-1)} has no errors and no slips`, () => {
      assert.deepEqual(lines(checkFormFolder(folder)), [])
    })
  }
})

describe('whatever an author does', () => {
  test('the check answers with places inside the files and never throws', () => {
    const files = [...smallForm()]
    const edits = fc.record({
      file: fc.nat({ max: files.length - 1 }),
      at: fc.nat({ max: 2_000 }),
      cut: fc.nat({ max: 40 }),
      put: fc.oneof(fc.constant(''), fc.string({ maxLength: 8 }), fc.json({ maxDepth: 2 })),
    })
    fc.assert(
      fc.property(edits, ({ file, at, cut, put }) => {
        const [name = '', text = ''] = files[file] ?? []
        const from = at % text.length
        const copy = smallForm().set(name, text.slice(0, from) + put + text.slice(from + cut))
        for (const { file: where, line, column, message } of check(copy).findings) {
          const row = (copy.get(where) ?? '').split('\n')[line - 1]
          assert.ok(row !== undefined && column >= 1 && column <= row.length + 1, message)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('an unknown name is found exactly where it was put, wherever that is', () => {
    const text = smallForm().get('definition.json') ?? ''
    const braces = [...text.matchAll(/\{(?= ?["\n])/g)].map(({ index }) => index + 1)
    for (const at of braces) {
      const before = text.slice(0, at)
      const isTerms = /"terms": \{$/.test(before)
      if (isTerms) continue
      const row = before.split('\n')
      const place = `definition.json:${row.length}:${(row.at(-1)?.length ?? 0) + 1} form.schema`
      const copy = smallForm().set('definition.json', `${before}"unbekannt": 1, ${text.slice(at)}`)
      assert.ok(
        lines(check(copy)).includes(place),
        `${place} not in\n${lines(check(copy)).join('\n')}`,
      )
    }
  })
})

test('terms that name each other again and again end with a finding instead of never', () => {
  const steps = Array.from({ length: 18 }, (_, step) => {
    const next = step === 17 ? '{ "filled": "hund" }' : `{ "term": "t${step + 1}" }`
    return `"t${step}": { "all": [${next}, ${next}, ${next}] }`
  })
  const files = changed('definition.json', '"mit_hund": {', `${steps.join(', ')}, "mit_hund": {`)
  const text = files.get('definition.json') ?? ''
  files.set('definition.json', text.replace('{ "term": "mit_hund" }', '{ "term": "t0" }'))
  assert.ok(lines(check(files)).some((line) => line.endsWith('form.structure')))
})
