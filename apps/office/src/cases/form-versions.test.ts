// A published version of a form never changes, and a case keeps its own, whatever stands in the folder of forms later.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { loadForm } from '@einmal-pin/forms/load-form'
import { openedCase } from '../testing/published-case.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { loadedForm, makeFormLibrary } from './form-library.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const FORM = loadForm('bescheinigung-nachreichen')
const WORDING = 'Bitte reichen Sie Unterlagen nach'
const reworded = (version: string): FormDefinition => ({
  ...FORM,
  version,
  title: { ...FORM.title, de: WORDING },
})

/** Opens a case as the office would with this form in its folder. */
async function openWith(form: FormDefinition): Promise<string> {
  const library = makeFormLibrary([await loadedForm(form)])
  const forms = { current: async () => library }
  const { caseId } = await openedCase({ ...at.office, forms }, { formId: form.id })
  return caseId
}

async function read(path: string): Promise<Record<string, unknown>> {
  const answer = await at.app.inject({ url: `/api/v1/${path}`, headers: at.asCore })
  return answer.json()
}

describe('versions of a form', () => {
  test('other contents under the same version are refused, and nothing is opened', async () => {
    await openWith(FORM)
    const before = await read('cases')
    await assert.rejects(openWith(reworded(FORM.version)), { code: 'form.changed' })
    assert.deepEqual(await read('cases'), before)
  })

  test('of two contents that are used at the same moment one is refused', async () => {
    const other = (title: string): FormDefinition => ({
      ...reworded('2.0.0'),
      title: { ...FORM.title, de: title },
    })
    const tries = Array.from({ length: 6 }, (_, number) => openWith(other(`Fassung ${number % 2}`)))
    const codes = (await Promise.allSettled(tries)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason.code] : [],
    )
    assert.deepEqual(codes, ['form.changed', 'form.changed', 'form.changed'])
  })

  test('a new version stands beside the old one, and each case keeps its own words', async () => {
    const old = await openWith(FORM)
    const fresh = await openWith(reworded('1.1.0'))
    assert.equal((await read(`cases/${old}`))['formTitle'], FORM.title.de)
    assert.equal((await read(`cases/${fresh}`))['formTitle'], WORDING)
    await openWith(FORM)
  })
})
