// The receipt on screen: fetched, its signature checked, and asked again until the insurer has confirmed.
import type { ReceiptStatus } from '@einmal-pin/wire/submission'
import { vault } from '../vault-worker/vault.ts'
import { api, portal } from './api.ts'
import { handledRefusal } from './leave.ts'
import { caseState } from './state.svelte.ts'
import type { SentCopy } from './submit.ts'
import { keptCopy } from './tab-storage.ts'

const ASK_AGAIN = 3000

export class ReceiptView {
  status = $state.raw<ReceiptStatus | undefined>()
  copy = $state.raw<SentCopy | undefined>()
  /** Undefined while it is being checked. */
  genuine = $state<boolean | undefined>()
  confirmed = $state(false)
  failed = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  async load(): Promise<void> {
    await this.#openCopy()
    await this.#ask()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #openCopy(): Promise<void> {
    const kept = keptCopy.read()
    const resumeKey = caseState.session?.resumeKey
    if (!kept || !resumeKey) return
    try {
      this.copy = (await vault('openCopy', kept, resumeKey)) as SentCopy
    } catch {
      // The copy belongs to an ended session; the receipt itself still stands.
    }
  }

  async #ask(): Promise<void> {
    if (caseState.phase !== 'submitted') return
    const answer = await api().receipt()
    this.failed = !answer.ok
    if (answer.ok) await this.#use(answer.value)
    else if (await handledRefusal(answer.code)) return
    if (!this.confirmed) this.#timer = setTimeout(() => void this.#ask(), ASK_AGAIN)
  }

  async #use(status: ReceiptStatus): Promise<void> {
    this.status = status
    this.genuine ??= await this.#check(status)
    this.confirmed = await vault('isConfirmed', status)
  }

  async #check({ receipt }: ReceiptStatus): Promise<boolean | undefined> {
    if (this.copy && this.copy.manifestSha256 !== receipt.manifestSha256) return false
    const keys = await portal().keys()
    if (!keys.ok) return undefined
    // "Cannot be told" is not "false": it is asked again with the next look.
    return vault('isReceiptTrue', receipt, keys.value.receiptKeys).catch(() => undefined)
  }
}
