// Promise 6: a restored portal backup knows dead PINs as living ones; nobody gets in before the office has compared every case.
import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { expectOk, type Letter } from '../harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../harness/installation.ts'
import type { OpenedCase } from '../harness/opened-case.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { rows } from '../harness/rows.ts'
import { fillIn, sendAndWait } from './support/fill-in.ts'

let installation: Installation

before(async () => {
  installation = await startInstallation()
})

after(() => installation.remove())

const person = (letter: Letter) => new Person(installation.publicUrl, loginDataOf(letter))
const hears = (letter: Letter): Promise<string> => person(letter).hears()

/** Copies one database over another, with the portal stopped. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: installation.database.adminUrl() })
  await client.connect()
  try {
    await client.query(`drop database if exists ${to} with (force)`)
    await client.query(`create database ${to} template ${from} owner portal`)
  } finally {
    await client.end()
  }
}

const blobs = () => join(installation.dataDir, 'portal-blobs')
const copyOfBlobs = () => join(installation.dataDir, 'copy-of-portal-blobs')

async function backUp(): Promise<void> {
  await installation.stopZone('portal')
  await copyDatabase('portal', 'portal_backup')
  cpSync(blobs(), copyOfBlobs(), { recursive: true })
  await installation.start('portal')
}

async function restore(): Promise<void> {
  await installation.stopZone('portal')
  await copyDatabase('portal_backup', 'portal')
  rmSync(blobs(), { recursive: true, force: true })
  cpSync(copyOfBlobs(), blobs(), { recursive: true })
  await installation.start('portal')
}

async function begun(letter: Letter): Promise<OpenedCase> {
  const opened = await person(letter).open()
  expectOk(await opened.save({ answers: { bemerkung: 'gesichert' }, documents: [] }))
  return opened
}

test('logins stay closed until everything is compared, and a dead PIN does not come back to life', async (t) => {
  const [living, sent, revoked, lost, stolen] = await Promise.all(
    Array.from({ length: 5 }, () => installation.letter()),
  )
  assert.ok(living && sent && revoked && lost && stolen)
  const session = await begun(living)
  for (const letter of [sent, revoked, lost, stolen]) await begun(letter)

  await backUp()
  const sending = await person(sent).open()
  const receipt = await sendAndWait(await fillIn(sending))
  expectOk(await installation.office.revoke(revoked.caseId, { reason: 'openedInError' }))
  expectOk(await installation.office.reissue(lost.caseId, { reason: 'lost' }))
  expectOk(await installation.office.reissue(stolen.caseId, { reason: 'stolen' }))
  const afterLoss = await installation.arrived(lost.caseId, lost.person, 2)
  const afterTheft = await installation.arrived(stolen.caseId, stolen.person, 2)
  const later = await installation.letter()
  await eventually('the revocation is through', async () => (await hears(revoked)) === 'closed')

  await installation.stopZone('office')
  await restore()

  await t.test('before the comparison nobody gets in, and old sessions are gone', async () => {
    const everybody = [living, sent, revoked, lost, stolen, afterLoss, afterTheft, later]
    for (const letter of everybody) assert.equal(await hears(letter), 'login.closed')
    const answer = await session.api.draft()
    assert.equal(answer.ok ? 'accepted' : answer.code, 'session.missing')
    const [state] = await rows(installation, 'portal', 'select logins_open from portal_state')
    assert.deepEqual(state, { logins_open: false })
  })

  await t.test('a second start of the portal does not open it', async () => {
    await installation.restart('portal')
    assert.equal(await hears(lost), 'login.closed')
  })

  await installation.start('office')
  await eventually('logins are open again', async () => {
    const [state] = await rows(installation, 'portal', 'select logins_open from portal_state')
    return state?.['logins_open'] === true
  })

  await t.test('every PIN is what it was before the restore', async () => {
    assert.equal(await hears(revoked), 'closed')
    assert.equal(await hears(lost), 'superseded')
    assert.equal(await hears(stolen), 'superseded')
    const heard = expectOk(await person(sent).login())
    assert.equal(heard.opened, undefined, 'a PIN that was used up opens nothing')
    assert.deepEqual(heard.outcome, {
      outcome: 'submitted',
      receiptNumber: receipt.receiptNumber,
      submittedAt: receipt.receivedAt,
    })
  })

  await t.test('what was backed up and what came later goes on', async () => {
    assert.equal((await (await person(living).open()).pull())?.answers['bemerkung'], 'gesichert')
    assert.equal((await (await person(afterLoss).open()).pull())?.answers['bemerkung'], 'gesichert')
    assert.equal(await (await person(afterTheft).open()).pull(), undefined)
    await (await person(later).open()).casePackage()
    const { items } = expectOk(await installation.office.inbox())
    assert.equal(items.filter(({ caseId }) => caseId === sent.caseId).length, 1)
  })
})
