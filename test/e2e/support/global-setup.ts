// Starts the installation that all browser tests share and tells them where it is.
import { startInstallation } from '../../harness/installation.ts'
import { ADDRESS_VARIABLE, addressOf } from './address.ts'

// biome-ignore lint/style/noDefaultExport: Playwright takes the set-up by its default export
export default async function globalSetup(): Promise<() => Promise<void>> {
  // Whoever writes tests may keep one running and name it.
  if (process.env[ADDRESS_VARIABLE] !== undefined) return async () => {}
  const installation = await startInstallation()
  process.env[ADDRESS_VARIABLE] = JSON.stringify(addressOf(installation))
  return () => installation.remove()
}
