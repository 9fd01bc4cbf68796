// Counts what a request asks of PostgreSQL: the texts of its statements, without their values.
import type { Database } from '@einmal-pin/platform/database'
import type pg from 'pg'

export type StatementWatch = {
  /** Ends the watch and returns the texts in their order. */
  readonly stop: () => readonly string[]
}

/** Sees every statement of every connection that the pool hands out meanwhile. */
export function watchStatements<S>({ pool }: Pick<Database<S>, 'pool'>): StatementWatch {
  const texts: string[] = []
  const watched = new Map<pg.PoolClient, pg.PoolClient['query']>()
  const onAcquire = (client: pg.PoolClient) => {
    if (watched.has(client)) return
    const query = client.query
    watched.set(client, query)
    client.query = ((...parameters: Parameters<typeof query>) => {
      const [first] = parameters as readonly unknown[]
      texts.push(typeof first === 'string' ? first : String((first as { text?: string }).text))
      return Reflect.apply(query, client, parameters)
    }) as typeof query
  }
  pool.on('acquire', onAcquire)
  return {
    stop: () => {
      pool.off('acquire', onAcquire)
      for (const [client, query] of watched) client.query = query
      return texts
    },
  }
}
