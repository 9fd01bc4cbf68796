// Starts the portal from the environment and stops it in order.
import { stopOnSignal } from '@einmal-pin/platform/shutdown'
import { readPortalConfig } from './config.ts'
import { startPortal } from './start-portal.ts'

try {
  const { stopSteps } = await startPortal(readPortalConfig(process.env))
  stopOnSignal({ steps: stopSteps })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
