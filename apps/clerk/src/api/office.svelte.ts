// The office's API as the clerk's pages use it: one client, who is logged in, and the last failure.

import type { Answer } from '@einmal-pin/wire/http-client'
import type { Staff } from '@einmal-pin/wire/office-api'
import { type OfficeClient, officeClient } from '@einmal-pin/wire/office-client'
import { goto } from '$app/navigation'
import { errorText } from '../texts/labels.ts'

interface Attempt<T> {
  /** Undefined when it was refused. */
  readonly value: T | undefined
  /** Empty when it was done. */
  readonly code: string
  readonly reason: string
  readonly extra: Readonly<Record<string, unknown>>
}

class Office {
  staff = $state<Staff | null>(null)
  failure = $state('')
  /** Id of the case that was opened last: coming back to a list, its row has the focus. */
  lastRow: string | null = null
  #client: OfficeClient | null = null

  /** The API of the office that served this page. */
  get client(): OfficeClient {
    this.#client ??= officeClient(location.origin)
    return this.#client
  }

  /** Runs one call; a refusal becomes the page's notice, a missing login leads to the login page. */
  async call<T>(run: (client: OfficeClient) => Promise<Answer<T>>): Promise<T | undefined> {
    const { value, code, reason } = await this.attempt(run)
    if (code !== 'staff.missing') this.failure = reason
    return value
  }

  /** The same for whoever shows the reason where it was asked for. */
  async attempt<T>(run: (client: OfficeClient) => Promise<Answer<T>>): Promise<Attempt<T>> {
    const answer = await run(this.client)
    if (answer.ok) return { value: answer.value, code: '', reason: '', extra: {} }
    const { code, extra } = answer
    if (code === 'staff.missing') {
      this.staff = null
      await goto('/anmelden')
    }
    return { value: undefined, code, reason: errorText(code), extra }
  }
}

export const office = new Office()
