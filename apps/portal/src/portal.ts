// What every part of the portal works with, made once by the composition root.
import type { BlobStore } from '@einmal-pin/platform/blob-store'
import type { Clock } from '@einmal-pin/platform/clock'
import type { Database } from '@einmal-pin/platform/database'
import type { PortalConfig } from './config.ts'
import type { PortalSecrets } from './secrets.ts'
import type { PortalTables } from './store/schema.ts'
import type { WriteCounter } from './write-counter.ts'

export type Portal = {
  readonly config: Pick<PortalConfig, 'publicUrl' | 'trustedProxies' | 'limits'>
  readonly secrets: PortalSecrets
  readonly database: Database<PortalTables>
  readonly clock: Clock
  readonly blobs: BlobStore
  readonly writes: WriteCounter
}
