// The state of "Absenden" on screen: once pressed it stays pressed until an answer came.
import type { Failure } from '@einmal-pin/wire/http-client'
import { submit } from './submit.ts'

export class Sending {
  busy = $state(false)
  done = $state(false)
  /** Tries after the first one; 0 while the line holds. */
  tries = $state(0)
  refusal = $state<Failure['code'] | undefined>()

  async start(): Promise<void> {
    if (this.busy || this.done) return
    this.busy = true
    this.tries = 0
    this.refusal = undefined
    try {
      const result = await submit((tries) => {
        this.tries = tries
      })
      this.done = result.kind === 'sent'
      if (result.kind === 'refused') this.refusal = result.code
    } catch {
      this.refusal = 'service.failed'
    } finally {
      this.busy = false
    }
  }
}
