// A restored backup revives no dead PIN: logins stay closed until the office has compared everything.
import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { must } from './testing/browser.ts'
import { mustApply } from './testing/issue.ts'
import { startOn, startTestPortal, type TestPortal } from './testing/test-portal.ts'

const fileOf = ({ ground }: TestPortal) => join(dirname(ground.secretsFile), 'portal-commands.json')

/** What a restored backup looks like: the rows of before, the file of now. */
async function restoreBefore(portal: TestPortal, work: () => Promise<void>) {
  const tables = ['portal_state', 'cases', 'pins', 'sessions', 'outbox', 'activity'] as const
  const db = portal.database.kysely
  for (const table of tables) {
    await sql.raw(`create table backup_${table} as table ${table}`).execute(db)
  }
  await work()
  for (const table of [...tables].reverse()) await sql.raw(`delete from ${table}`).execute(db)
  for (const table of tables) {
    await sql.raw(`insert into ${table} select * from backup_${table}`).execute(db)
  }
}

describe('a restored backup', () => {
  test('closes logins and ends sessions until the office says that it has compared', async () => {
    const portal = await startTestPortal()
    const letter = await portal.issue()
    const other = await portal.issue()
    const open = await portal.browser().open(other.credentials)
    await restoreBefore(portal, () =>
      mustApply(portal.link, letter.caseId, 2, { type: 'revoke', eraseDraft: true }),
    )
    const restarted = await startOn(portal.ground)
    try {
      for (const { credentials } of [letter, other]) {
        const refused = await restarted.browser().login(credentials)
        assert.ok(!refused.ok && refused.code === 'login.closed' && refused.status === 503)
      }
      const session = await open.client.session()
      assert.ok(!session.ok && session.code === 'session.missing')
      assert.equal(must(await restarted.link.status()).loginsOpen, false)
      // The courier repeats what the portal forgot, then opens.
      await mustApply(restarted.link, letter.caseId, 2, { type: 'revoke', eraseDraft: true })
      assert.equal(must(await restarted.link.status()).loginsOpen, false)
      must(await restarted.link.reconciled())
      const revoked = await restarted.browser().login(letter.credentials)
      assert.ok(revoked.ok && revoked.value.outcome === 'closed')
      assert.ok((await restarted.browser().login(other.credentials)).ok)
    } finally {
      await restarted.stop()
      await portal.close()
    }
  })

  test('put under a running portal closes logins with the next write of the office', async () => {
    const portal = await startTestPortal()
    try {
      const letter = await portal.issue()
      const open = await portal.browser().open(letter.credentials)
      await restoreBefore(portal, async () => {
        await mustApply(portal.link, letter.caseId, 2, { type: 'revoke', eraseDraft: true })
        must(await portal.link.acknowledgeFacts(['none']))
      })
      must(await portal.link.acknowledgeFacts(['none']))
      assert.equal(must(await portal.link.status()).loginsOpen, false)
      const session = await open.client.session()
      assert.ok(!session.ok && session.code === 'session.missing')
      const refused = await portal.browser().login(letter.credentials)
      assert.ok(!refused.ok && refused.code === 'login.closed')
      must(await portal.link.reconciled())
      must(await portal.link.acknowledgeFacts(['none']))
      assert.equal(must(await portal.link.status()).loginsOpen, true)
    } finally {
      await portal.close()
    }
  })

  test('of a sent case hears from the office that the PIN is spent', async () => {
    const portal = await startTestPortal()
    try {
      const letter = await portal.issue()
      const open = await portal.browser().open(letter.credentials)
      const submission = await open.prepare({}, must(await open.save({})))
      const receipt = must(await open.submit(submission))
      const db = portal.database.kysely
      // The backup knows the case as open; the office has the receipt.
      await sql`delete from submissions`.execute(db)
      await sql`update pins set state = 'live', wrapped_secret = 'x', package = ''`.execute(db)
      await sql`update cases set state = 'open'`.execute(db)
      const command = { type: 'settle', round: 1, state: 'spent', receipt } as const
      await mustApply(portal.link, letter.caseId, 2, command)
      const result = await portal.browser().login(letter.credentials)
      assert.ok(result.ok && result.value.outcome === 'submitted')
      assert.equal(result.value.receiptNumber, receipt.receiptNumber)
      await mustApply(portal.link, letter.caseId, 3, { ...command, state: 'locked' })
    } finally {
      await portal.close()
    }
  })
})

describe('the number beside the secrets', () => {
  test('rises before the commit with every write of the office', async () => {
    const portal = await startTestPortal()
    try {
      const applied = async () =>
        JSON.parse(await readFile(fileOf(portal), 'utf8')) as { readonly applied: number }
      assert.deepEqual(await applied(), { applied: 0 })
      await portal.issue()
      assert.deepEqual(await applied(), { applied: 1 })
      must(await portal.link.acknowledgeFacts(['none']))
      must(await portal.link.acknowledgePinRequests(['none']))
      assert.deepEqual(await applied(), { applied: 3 })
      assert.equal(must(await portal.link.status()).appliedCommands, 3)
    } finally {
      await portal.close()
    }
  })

  test('stays the same over a restart, and logins stay open', async () => {
    const portal = await startTestPortal()
    const letter = await portal.issue()
    const restarted = await startOn(portal.ground)
    try {
      assert.ok((await restarted.browser().login(letter.credentials)).ok)
    } finally {
      await restarted.stop()
      await portal.close()
    }
  })

  test('missing or unreadable beside a used database fails closed', async () => {
    const portal = await startTestPortal()
    try {
      const letter = await portal.issue()
      await writeFile(fileOf(portal), '{"applied":"many"}', { mode: 0o600 })
      await assert.rejects(startOn(portal.ground))
      await rm(fileOf(portal))
      const restarted = await startOn(portal.ground)
      const refused = await restarted.browser().login(letter.credentials)
      assert.ok(!refused.ok && refused.code === 'login.closed')
      await restarted.stop()
    } finally {
      await portal.close()
    }
  })
})
