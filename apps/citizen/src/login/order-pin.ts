// Seals the order for a new PIN to the insurer and hands it to the portal, which cannot read it.
import type { PinRequest } from '@einmal-pin/vault/pin-request'
import { portal } from '../case/api.ts'
import { errorText } from '../ui/error-text.ts'
import { vault } from '../vault-worker/vault.ts'

/** Resolves to a message when it could not be handed over; never says whether there is a case. */
export async function orderPin(request: PinRequest): Promise<string | undefined> {
  try {
    const keys = await portal().keys()
    if (!keys.ok) return errorText(keys.code)
    const sealed = await vault('sealPinRequest', keys.value.requestRecipient, request)
    const answer = await portal().requestPin({ sealed })
    return answer.ok ? undefined : errorText(answer.code)
  } catch {
    return errorText('service.failed')
  }
}
