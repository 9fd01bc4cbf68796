// The office's API as the clerk's pages use it: one client, who is logged in, and the last failure.

import type { Answer } from '@einmal-pin/wire/http-client'
import type { Staff } from '@einmal-pin/wire/office-api'
import { type OfficeClient, officeClient } from '@einmal-pin/wire/office-client'
import { goto } from '$app/navigation'
import { errorText } from '../texts/labels.ts'

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
    const answer = await run(this.client)
    if (answer.ok) {
      this.failure = ''
      return answer.value
    }
    if (answer.code === 'staff.missing') {
      this.staff = null
      await goto('/anmelden')
    } else {
      this.failure = errorText(answer.code)
    }
    return undefined
  }
}

export const office = new Office()
