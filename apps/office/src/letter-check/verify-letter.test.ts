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
import type { LetterInput } from '../letters/letter-input.ts'
import {
  LETTER_LOOKS,
  SAMPLE_PERSON,
  sampleDay,
  sampleLetter,
  sampleLook,
} from '../letters/letter-samples.ts'
import { findingsOf } from './findings-of.ts'
import { opensRecord } from './try-printed-pin.ts'
import type { Finding } from './verify-letter.ts'

for (const { kind, variant } of LETTER_LOOKS) {
  test(`a ${kind} letter in the variant ${variant} is found right`, async () => {
    assert.deepEqual(await findingsOf(sampleLook(kind, variant)), [])
  })
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
  const wrong: readonly (readonly [Partial<LetterInput>, Finding])[] = [
    [{ person: { ...SAMPLE_PERSON, lastName: 'Anders' } }, 'window.address'],
    [{ person: { ...SAMPLE_PERSON, lastName: 'Anders' } }, 'greeting.name'],
    [{ person: { ...SAMPLE_PERSON, lastName: 'Beispíel' } }, 'window.address'],
    [{ tenant: { ...ordered.tenant, returnLine: 'Andere Kasse' } }, 'window.foreign'],
    [{ caseRef: 'FV-2026-999999' }, 'page.caseRef'],
    [{ letterId: 'c4k7m2q9x0ac-1' }, 'page.mark'],
    [{ lastDay: sampleDay('2027-01-24') }, 'page.lastDay'],
    [{ portalUrl: 'https://pin.example.org' }, 'qr.content'],
  ]
  for (const [change, finding] of wrong) {
    const findings = await findingsOf(sampleLetter(change), { ordered })
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
