// Starts the portal from the environment and stops it in order.
import { ConfigError } from '@einmal-pin/platform/config'
import { stopOnSignal } from '@einmal-pin/platform/shutdown'
import { VaultError } from '@einmal-pin/vault/vault-error'
import { readPortalConfig } from './config.ts'
import { SecretsError } from './secrets.ts'
import { startPortal } from './start-portal.ts'

try {
  const { stopSteps } = await startPortal(readPortalConfig(process.env))
  stopOnSignal({ steps: stopSteps })
} catch (error) {
  const isPlain =
    error instanceof ConfigError || error instanceof SecretsError || error instanceof VaultError
  console.error(isPlain ? error.message : error)
  process.exit(1)
}
