// Starts the installation that all browser tests share and tells them where it is.

import type { DeskAddress } from '../../harness/desk.ts'
import { startInstallation } from '../../harness/installation.ts'
import { ADDRESS_VARIABLE } from './browser.ts'

// biome-ignore lint/style/noDefaultExport: Playwright takes the set-up by its default export
export default async function globalSetup(): Promise<() => Promise<void>> {
  const installation = await startInstallation()
  const { dataDir, publicUrl, officeUrl } = installation
  const address: DeskAddress = { dataDir, publicUrl, officeUrl }
  process.env[ADDRESS_VARIABLE] = JSON.stringify(address)
  return () => installation.remove()
}
