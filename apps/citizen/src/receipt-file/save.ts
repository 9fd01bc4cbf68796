// "Beleg speichern": hands the saved receipt over as a file.
import type { Receipt } from '@einmal-pin/wire/submission'
import { portal } from '../case/api.ts'
import type { SentCopy } from '../case/submit.ts'
import { vault } from '../vault-worker/vault.ts'
import { receiptHtml } from './html.ts'

/** False when the proof could not be put together, for example without a line. */
export async function saveReceipt(receipt: Receipt, sent: SentCopy): Promise<boolean> {
  const keys = await portal().keys()
  if (!keys.ok) return false
  const disclosure = { receipt, ...sent.proof }
  try {
    // What is handed over is checked first, as a stranger would.
    const manifest = await vault('checkDisclosure', disclosure, keys.value.receiptKeys)
    offer(receiptHtml(disclosure, sent.readable, manifest), receipt.receiptNumber)
    return true
  } catch {
    return false
  }
}

function offer(html: string, receiptNumber: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
  link.download = `Beleg-${receiptNumber}.html`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
