// Keeps foreign web pages out: a state-changing or private route answers only to a page of this very origin.

import { problem } from '@einmal-pin/wire/problem'
import type { FastifyRequest } from 'fastify'

/**
 * Returns a check that throws `origin.foreign` unless the browser says `Sec-Fetch-Site: same-origin` or sends an Origin that is one of
 * `origins`. A request that carries either of the two must have it right; without both it is refused.
 */
export function makeSameOriginCheck(
  origins: readonly string[],
): (request: FastifyRequest) => Promise<void> {
  return async ({ headers }) => {
    const site = headers['sec-fetch-site']
    const { origin } = headers
    const siteFits = site === undefined || site === 'same-origin'
    const originFits = origin === undefined || origins.includes(origin)
    if ((site === undefined && origin === undefined) || !siteFits || !originFits) {
      throw problem('origin.foreign')
    }
  }
}
