// Changes the sheets of a document: shown at once, then bound, sealed and sent anew; the old one goes when the new one is safe.
import { sealAndSend } from './seal-and-send.ts'
import type { Sheet } from './sheet.ts'
import { isChanged, type Upload, uploads } from './uploads.svelte.ts'

/** So long after the last change, milliseconds: turning twice is one upload. */
const SETTLE_AFTER = 1200

/** By the document's key: what is rebuilt is what is shown under it when the time has come. */
const waiting = new Map<string, ReturnType<typeof setTimeout>>()

/** `title` names the document in the PDF that is bound. */
export function changeSheets({ id, key }: Upload, title: string, sheets: readonly Sheet[]): void {
  uploads.change(id, { sheets, pages: sheets.length, code: undefined })
  clearTimeout(waiting.get(key))
  waiting.set(
    key,
    setTimeout(() => void rebuild(key, title), SETTLE_AFTER),
  )
}

async function rebuild(key: string, title: string): Promise<void> {
  waiting.delete(key)
  const upload = uploads.shown.find((one) => one.key === key)
  if (!upload?.sheets || !isChanged(upload)) return
  const { id, slot, name, sheets } = upload
  const code = await sealAndSend(id, { slot, name, title, sheets, instead: upload })
  const bound = uploads.find(id)?.bound
  // Nothing was lost: the document as it was is what the office gets, so that is what is shown.
  if (code !== undefined && bound) {
    uploads.change(id, { sheets: bound, pages: bound.length, code })
  }
}
