// The embedded PostgreSQL, and a server if TEST_DATABASE_URL names one, keep the promises of the database port.
import { suite } from 'node:test'
import { databaseContract } from './database.contract.ts'
import { createTestDatabase, openTestDatabase } from './testing.ts'

suite('embedded', () => {
  databaseContract({
    create: () => createTestDatabase('embedded'),
    open: (migrations) => openTestDatabase(migrations, 'embedded'),
  })
})

suite('server', { skip: process.env['TEST_DATABASE_URL'] ? false : 'no TEST_DATABASE_URL' }, () => {
  databaseContract({
    create: () => createTestDatabase('server'),
    open: (migrations) => openTestDatabase(migrations, 'server'),
  })
})
