// The portal as seen from this page; one client per case.
import { caseClient, portalClient } from '@einmal-pin/wire/portal-client'
import { caseState } from './state.svelte.ts'

export const portal = () => portalClient(location.origin)

export type CaseApi = ReturnType<typeof caseClient>

export const apiOf = (caseId: string): CaseApi => caseClient(location.origin, caseId)

/** The client of the open case. Calling it without one is a bug. */
export function api(): CaseApi {
  if (!caseState.place) throw new Error('no case is open')
  return apiOf(caseState.place.caseId)
}
