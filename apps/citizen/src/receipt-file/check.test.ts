// A saved receipt is genuine as it was written, and with one character changed anywhere it is not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { deriveCaseKeys, newCaseSecret } from '@einmal-pin/vault/case-secret'
import {
  checkDisclosure,
  copyDigest,
  type Disclosure,
  manifestKeyOf,
} from '@einmal-pin/vault/disclosure'
import { sealSubmission } from '@einmal-pin/vault/manifest'
import { newReceiptKey, signReceipt } from '@einmal-pin/vault/receipt'
import fc from 'fast-check'
import { checkReceiptFile, type Doubt, MAX_RECEIPT_BYTES } from './check.ts'
import { receiptHtml } from './html.ts'
import { type CopyLabels, type ReadableCopy, readCopy } from './readable-copy.ts'

const LABELS: CopyLabels = {
  ...{ heading: 'Eingangsbestätigung', insurer: 'Empfänger', number: 'Eingangsnummer' },
  ...{
    received: 'Eingegangen am',
    clock: 'Uhr',
    case: 'Vorgang',
    answers: 'Das haben Sie gesendet',
  },
  ...{ documents: 'Dokumente', noDocuments: 'Keine', name: 'Name', size: 'Größe' },
  ...{ fingerprint: 'Fingerabdruck', check: 'Prüfen', checkText: 'Öffnen Sie /beleg-pruefen.' },
  ...{ submission: 'Einreichung', key: 'Schlüssel', signature: 'Unterschrift' },
}
const COPY: ReadableCopy = {
  ...{ lang: 'de', labels: LABELS, insurer: 'Musterkasse', title: 'Unterlagen', caseRef: 'A-1' },
  sections: [
    { title: 'Konto', rows: [{ label: 'IBAN', text: 'DE02 1203 0000 0000 2020 51' }] },
    {
      title: 'Hergang',
      rows: [{ label: 'Was?', text: '</script><b>"Glatt" & nass</b>\nzweite Zeile' }],
    },
  ],
}

const key = await newReceiptKey()
const keys = await deriveCaseKeys(newCaseSecret())
const place = { caseId: 'c0123456789a', round: 1 }
const copy = JSON.stringify(COPY)
const document = {
  ...{ id: 'd1', slot: 's', name: 'Foto <1>.pdf', type: 'application/pdf', size: 1_234_567 },
  ...{ sha256: 'ab'.repeat(32), pages: 1 },
}
const sealed = await sealSubmission({
  ...{ ...place, draftRevision: 3, answers: {}, documents: [document], keys },
  ...{ form: { id: 'f', version: '1.0.0', sha256: '0'.repeat(64) } },
  ...{ declaredAt: '2026-11-27T10:00:00.000Z', copySha256: await copyDigest(copy) },
})
const facts = {
  ...{ ...place, receiptNumber: '2026-ABCD-EFGH', receivedAt: '2026-03-29T00:59:07.000Z' },
  manifestSha256: sealed.manifestSha256,
}
const disclosure: Disclosure = {
  receipt: await signReceipt(facts, key),
  manifest: toBase64url(sealed.manifest),
  manifestKey: await manifestKeyOf(sealed.manifest, keys),
  copy,
}
const open = (shown: Disclosure) => checkDisclosure(shown, [key])
const file = receiptHtml(disclosure, COPY, await open(disclosure))

const check = (text: string) => checkReceiptFile(new TextEncoder().encode(text), open)
const expectDoubt = async (text: string, doubt: Doubt) =>
  assert.deepEqual(await check(text), { genuine: false, doubt })

test('the file as it was written is genuine', async () => {
  assert.deepEqual(await check(file), { genuine: true, receipt: disclosure.receipt })
})

test('answers are shown as text, whatever was typed', () => {
  assert.equal(file.match(/<script/g)?.length, 1)
  assert.ok(file.includes('&lt;/script&gt;&lt;b&gt;&quot;Glatt&quot; &amp; nass'))
})

test("time is Berlin's, sizes are exact", () => {
  assert.ok(file.includes('29.03.2026, 01:59:07 Uhr'))
  assert.ok(file.includes('1.234.567 Byte'))
})

test('one changed, missing or added character fails, wherever it is', async () => {
  const at = fc.integer({ min: 0, max: file.length - 1 })
  const other = fc.constantFrom('', ' ', 'x', '7', '<')
  await fc.assert(
    fc.asyncProperty(at, other, async (index, replacement) => {
      const changed = file.slice(0, index) + replacement + file.slice(index + 1)
      fc.pre(changed !== file)
      const verdict = await check(changed)
      assert.equal(verdict.genuine, false, changed.slice(index - 20, index + 20))
    }),
    { numRuns: 500 },
  )
})

/** What somebody did to the file, and what is said about it. */
const TRICKS: readonly (readonly [string, string, Doubt])[] = [
  ['another IBAN on screen', file.replace('<dd>DE02', '<dd>DE99'), 'receipt.shown'],
  ['another IBAN everywhere', file.replaceAll('DE02', 'DE99'), 'disclosure.copy'],
  ['another number everywhere', file.replaceAll('ABCD', 'ABCE'), 'disclosure.signature'],
  ['another document name', file.replace('Foto &lt;1', 'Foto &lt;2'), 'receipt.shown'],
  ['a script added', file.replace('</main>', '</main><script>1</script>'), 'receipt.shown'],
  [
    'a second block of data',
    file.replace('</body>', `${file.slice(file.indexOf('<script'))}</body>`),
    'receipt.shown',
  ],
  ['a byte order mark', `\ufeff${file}`, 'receipt.shown'],
  ['some other page', '<!doctype html><title>x</title>', 'receipt.format'],
  ['broken data', file.replace('"format":1', '"format":'), 'receipt.format'],
  ['a later format', file.replace('"format":1', '"format":2'), 'receipt.format'],
  ['nothing', '', 'receipt.format'],
]

for (const [what, text, doubt] of TRICKS) {
  test(`${what}: ${doubt}`, () => expectDoubt(text, doubt))
}

test('bytes that are no text, and too many of them', async () => {
  const noText = await checkReceiptFile(Uint8Array.of(0xff, 0xfe, 0x00), open)
  assert.deepEqual(noText, { genuine: false, doubt: 'receipt.format' })
  const tooLarge = await checkReceiptFile(new Uint8Array(MAX_RECEIPT_BYTES + 1), open)
  assert.deepEqual(tooLarge, { genuine: false, doubt: 'receipt.tooLarge' })
})

test('a copy with more or fewer fields than ours is none', () => {
  assert.deepEqual(readCopy(copy), COPY)
  for (const odd of [
    '',
    'null',
    '[]',
    '{}',
    copy.replace('"lang":"de",', ''),
    copy.replace('{', '{"x":1,'),
  ]) {
    assert.equal(readCopy(odd), undefined)
  }
})
