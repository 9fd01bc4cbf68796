// Looks into a complete document: fetched, opened in the worker; our own are taken apart into sheets again.
import { api } from '../case/api.ts'
import { caseState } from '../case/state.svelte.ts'
import { m } from '../paraglide/messages.js'
import { vault, WorkerError } from '../vault-worker/vault.ts'
import { type Upload, uploads } from './uploads.svelte.ts'

/** Shows the sheets, or hands a PDF that was not made here over as a file. False: it cannot be had now. */
export async function lookInto({ id }: Upload): Promise<boolean> {
  const meta = caseState.documents.find((document) => document.id === id)
  const answer = await api().documentContent(id)
  if (!meta || !answer.ok) return false
  try {
    const file = await vault('openDocument', answer.value, meta.sha256, meta.type)
    const sheets = await vault('sheetsIn', file)
    if (!sheets) handOver(file, meta.name)
    else {
      uploads.change(id, { sheets, bound: sheets, pages: sheets.length })
      uploads.speak(m.sheet_spoken_count({ count: sheets.length }))
    }
    return true
  } catch (error) {
    if (!(error instanceof WorkerError)) throw error
    return false
  }
}

function handOver(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
