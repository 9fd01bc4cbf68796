// An office from a backup has forgotten numbers that the portal knows: what a clerk orders then takes effect all the same.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { expectOk, type Letter } from '../harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../harness/installation.ts'
import { loginDataOf, Person } from '../harness/person.ts'
import { rows } from '../harness/rows.ts'

let installation: Installation

before(async () => {
  installation = await startInstallation()
})

after(() => installation.remove())

const hears = (letter: Letter): Promise<string> =>
  new Person(installation.publicUrl, loginDataOf(letter)).hears()

/** Copies one database over another, with the office stopped. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: installation.database.adminUrl() })
  await client.connect()
  try {
    await client.query(`drop database if exists ${to} with (force)`)
    await client.query(`create database ${to} template ${from} owner office`)
  } finally {
    await client.end()
  }
}

async function whileStopped(work: () => Promise<void>): Promise<void> {
  await installation.stopZone('office')
  await work()
  await installation.start('office')
}

async function numberAtPortal({ caseId }: Letter): Promise<number> {
  const query = 'select command_number from cases where case_id = $1'
  const [row] = await rows(installation, 'portal', query, [caseId])
  return Number(row?.['command_number'])
}

async function newestLivePin({ caseId }: Letter): Promise<number> {
  const query = `select max(round) as round from pins where case_id = $1 and state = 'live'`
  const [row] = await rows(installation, 'portal', query, [caseId])
  return Number(row?.['round'] ?? 0)
}

test('a revocation and a new PIN ordered after the restore reach the portal', async () => {
  const [revoked, lost] = await Promise.all([installation.letter(), installation.letter()])
  await whileStopped(() => copyDatabase('office', 'office_backup'))
  // After the backup the portal hears of two more cards for each of them.
  for (const cardNumber of ['80276883110000099999', '80276883110000088888']) {
    for (const { caseId } of [revoked, lost]) {
      expectOk(await installation.office.changeCard(caseId, { cardNumber }))
    }
  }
  await eventually('the portal has both numbers', async () => {
    const numbers = await Promise.all([numberAtPortal(revoked), numberAtPortal(lost)])
    return numbers.every((number) => number === 3)
  })
  await whileStopped(() => copyDatabase('office_backup', 'office'))
  expectOk(await installation.office.revoke(revoked.caseId, { reason: 'openedInError' }))
  expectOk(await installation.office.reissue(lost.caseId, { reason: 'lost' }))
  await eventually('the revocation has a number above', async () => {
    return (await numberAtPortal(revoked)) > 3
  })
  const query = 'select state from cases where case_id = $1'
  const [row] = await rows(installation, 'portal', query, [revoked.caseId])
  assert.equal(row?.['state'], 'revoked')
  // The third letter if the second was on its way with a number that the portal knows already.
  let round = 0
  await eventually('the portal has the new PIN', async () => {
    round = await newestLivePin(lost)
    return round > 1
  })
  const fresh = await installation.arrived(lost.caseId, lost.person, round)
  assert.equal(await hears(fresh), 'open')
})
