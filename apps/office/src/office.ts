// What every part of the office is handed: its store, keys, forms and settings, put together once in main.ts.
import type { TenantSettings } from '@einmal-pin/domain/tenant'
import type { BlobStore } from '@einmal-pin/platform/blob-store'
import type { FastifyBaseLogger } from 'fastify'
import type { FormSource } from './cases/forms-folder.ts'
import type { OfficeConfig } from './config.ts'
import type { OfficeSecrets } from './secrets/office-secrets.ts'
import type { Store } from './store/office-database.ts'

export interface Office extends Store {
  readonly config: Pick<
    OfficeConfig,
    'demo' | 'dataDir' | 'publicUrl' | 'hosts' | 'clerkDir' | 'lettersDir' | 'portalLinkUrl'
  >
  readonly tenant: TenantSettings
  readonly secrets: OfficeSecrets
  readonly forms: FormSource
  /** Blob store B: ciphertext as it came from the portal. */
  readonly blobs: BlobStore
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  /** Wakes the courier and the print runs; an order should not wait for the next round. */
  readonly poke: () => void
}
