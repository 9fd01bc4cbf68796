// einmal-pin inbox: list, show, and export one submission into a folder.
import { writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { sha256Hex } from '@einmal-pin/vault/digest'
import type { ExportedFolder } from '@einmal-pin/wire/cli-documents'
import type { InboxDetail } from '@einmal-pin/wire/office-api'
import { caseIdOf } from '../case-id.ts'
import type { Connection } from '../connection.ts'
import { makeNewFolder } from '../new-folder.ts'
import { CommandError, expectValue, type Outcome, success } from '../outcome.ts'
import { table } from '../table.ts'

export async function listInbox({ client }: Connection, state?: string): Promise<Outcome> {
  const inbox = expectValue(await client.inbox(state))
  const rows = inbox.items.map((item) => [
    item.caseId,
    item.caseRef,
    item.receiptNumber,
    item.submittedAt,
    item.state,
    item.assignedTo ?? '',
    String(item.documents),
    String(item.changes),
    String(item.flags),
  ])
  const header = [
    'ID',
    'CASE REF',
    'RECEIPT',
    'RECEIVED',
    'STATE',
    'WHO',
    'DOCS',
    'CHANGES',
    'FLAGS',
  ]
  return success(inbox, table(header, rows))
}

export async function showItem(connection: Connection, given: string): Promise<Outcome> {
  const caseId = await caseIdOf(connection, given)
  const detail = expectValue(await connection.client.inboxItem(caseId))
  return success(detail, itemText(detail))
}

function itemText(detail: InboxDetail): string {
  const sections = detail.sections.flatMap(({ title, answers }) => [
    '',
    title,
    ...answers.map(({ label, value, known, changed }) =>
      changed ? `  ${label}: ${value} (known: ${known})` : `  ${label}: ${value}`,
    ),
  ])
  const documents = detail.documentList.map(
    ({ name, size, slotLabel }) => `  ${name} (${size} bytes, nicht geprüft), ${slotLabel}`,
  )
  const flags = detail.deviations.map(({ path, message }) => `  ${path}: ${message}`)
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines]
  return [
    `${detail.formTitle}, ${detail.caseRef}, ${detail.name}`,
    `Eingangsnummer ${detail.receiptNumber}, ${detail.submittedAt}, ${detail.state}`,
    ...sections,
    ...part('Dokumente', documents),
    ...part('Hinweise', flags),
  ].join('\n')
}

/** The folder appears whole or not at all; nothing that exists is written into or removed. */
export async function exportItem(
  connection: Connection,
  given: string,
  out: string,
): Promise<Outcome> {
  const { client } = connection
  const target = resolve(out)
  const caseId = await caseIdOf(connection, given)
  const manifest = expectValue(await client.exportManifest(caseId))
  await makeNewFolder(target, async (folder) => {
    const write = (name: string, content: Uint8Array | string) =>
      writeFile(join(folder, name), content, { mode: 0o600, flag: 'wx' })
    for (const { path, sha256 } of manifest.files) {
      const bytes = expectValue(await client.exportFile(caseId, path))
      if (path !== basename(path) || (await sha256Hex(bytes)) !== sha256) throw damaged(path)
      await write(path, bytes)
    }
    const sums = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
    await write('manifest-sha256.txt', sums)
  })
  const exported: ExportedFolder = { ...manifest, out: target }
  const text = [...manifest.files.map(({ path }) => path), `written to ${target}`].join('\n')
  return success(exported, text)
}

function damaged(path: string): CommandError {
  const text = `${path} did not arrive unaltered. Nothing was written.`
  return new CommandError(text, { code: 'request.digest', detail: text })
}
