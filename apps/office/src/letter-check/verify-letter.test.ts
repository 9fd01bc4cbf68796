// The promises of the letter check about good letters: none is refused, whatever the variant, kind, name or country; a wrong record is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseId } from '@einmal-pin/domain/ids'
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import { pinFromParts } from '@einmal-pin/domain/pin'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { newCaseSecret } from '@einmal-pin/vault/case-secret'
import { identityDigest } from '@einmal-pin/vault/digests'
import { newOpaqueSetup, register } from '@einmal-pin/vault/opaque-issue'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { wrapForPin } from '@einmal-pin/vault/wrap'
import { expectedOf } from '../letters/expect-letter.ts'
import { LETTER_KINDS, LETTER_VARIANTS, type LetterInput } from '../letters/letter-input.ts'
import type { LetterJob } from '../letters/letter-job.ts'
import { SAMPLE_PERSON, sampleDay, sampleLetter, samplePin } from '../letters/letter-samples.ts'
import { renderLetter } from '../letters/render-letter.ts'
import { openPdf } from './open-pdf.ts'
import { opensRecord } from './try-printed-pin.ts'
import { verifyLetter } from './verify-letter.ts'

async function findingsOf(letter: LetterInput, expected = letter): Promise<readonly string[]> {
  const isReminder = letter.kind === 'reminder'
  const { pdf } = renderLetter(
    letter,
    isReminder ? { copy: 'plain' } : { copy: 'post', pin: samplePin() },
  )
  const job = { caseId: 'c4k7m2q9x0ab', round: 1, letter: expected, caseSecret: new Uint8Array() }
  const registered = { selector: '47', opaqueRecord: '', wrappedSecret: '' }
  const wanted = expectedOf(
    job as unknown as LetterJob,
    isReminder ? undefined : (registered as never),
    false,
  )
  const read = await openPdf(pdf)
  try {
    return (await verifyLetter(read, wanted)).findings
  } finally {
    read.close()
  }
}

for (const variant of LETTER_VARIANTS) {
  for (const kind of LETTER_KINDS) {
    test(`a ${kind} letter in the variant ${variant} is found right`, async () => {
      const letterId = kind === 'reminder' ? 'c4k7m2q9x0ab-1-r' : 'c4k7m2q9x0ab-1'
      const pinLetterDate = sampleDay('2026-11-05')
      assert.deepEqual(
        await findingsOf(sampleLetter({ variant, kind, letterId, pinLetterDate })),
        [],
      )
    })
  }
}

const PEOPLE: readonly Partial<LetterInput['person']>[] = [
  { firstName: 'Łucja', lastName: 'Świątek-Żółć' },
  { firstName: 'Đặng', lastName: 'Nguyễn' },
  { firstName: 'Œuvre', lastName: 'D’Angélo ẞtraße' },
  { firstName: 'Іван', lastName: 'Шевченко', careOf: 'Müller' },
  { country: 'GB', postcode: 'SW1A 1AA', city: 'London', street: 'High Street', houseNumber: '1' },
  { country: 'FR', postcode: '75001', city: 'Paris', street: 'Rue de Rivoli', houseNumber: '12' },
  { country: 'PL', postcode: '00-001', city: 'Łódź' },
  { recipientRole: 'eltern' },
  { recipientRole: 'betreuung', recipientName: 'Betreuungsverein Ölßnitz e. V.' },
  { salutation: '', firstName: 'A', lastName: 'B', houseNumber: '' },
  { lastName: 'Freifrau von Hohenwartburg-Schlüsselfelde' },
]

for (const change of PEOPLE) {
  test(`the address of ${JSON.stringify(change)} is found in the window`, async () => {
    const person = { ...SAMPLE_PERSON, ...change }
    assert.deepEqual(await findingsOf(sampleLetter({ person })), [])
  })
}

test('another person, case, letter or portal than ordered is found', async () => {
  const ordered = sampleLetter()
  const wrong: readonly (readonly [Partial<LetterInput>, string])[] = [
    [{ person: { ...SAMPLE_PERSON, lastName: 'Anders' } }, 'window.address'],
    [{ caseRef: 'FV-2026-999999' }, 'page.caseRef'],
    [{ letterId: 'c4k7m2q9x0ac-1' }, 'page.mark'],
    [{ lastDay: sampleDay('2027-01-24') }, 'page.lastDay'],
    [{ portalUrl: 'https://pin.example.org' }, 'qr.content'],
  ]
  for (const [change, finding] of wrong) {
    const findings = await findingsOf(sampleLetter(change), ordered)
    assert.ok(findings.includes(finding), `${finding}: ${findings.join()}`)
  }
})

test('a PIN opens its own record and no other', async () => {
  const setup = await newOpaqueSetup()
  const kvnr = 'T123456780' as Kvnr
  const caseId = 'c4k7m2q9x0ab' as CaseId
  const trialOf = async (secretDigits: string) => {
    const identity = toBase64url(await identityDigest(kvnr, '47'))
    const password = await stretchPin(argon2idNative, { kvnr, selector: '47', secretDigits })
    const { record, exportKey } = await register({ setup, identity, password })
    const wrappedSecret = await wrapForPin(exportKey, newCaseSecret(), caseId, 1)
    return { caseId, round: 1, kvnr, opaqueRecord: record, wrappedSecret }
  }
  const own = await trialOf('1234567890123')
  const other = await trialOf('1234567890124')
  const pin = pinFromParts('47', '1234567890123')
  assert.equal(await opensRecord(pin, own, setup), true)
  assert.equal(await opensRecord(pin, other, setup), false)
  assert.equal(await opensRecord(pin, { ...own, wrappedSecret: other.wrappedSecret }, setup), false)
  assert.equal(await opensRecord(pin, { ...own, round: 2 }, setup), false)
})
