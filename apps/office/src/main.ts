// The office's process: reads the environment, starts everything, and stops it in order.
import { ConfigError } from '@einmal-pin/platform/config'
import { describeError } from '@einmal-pin/platform/describe-error'
import { stopOnSignal } from '@einmal-pin/platform/shutdown'
import { readOfficeConfig } from './config.ts'
import { startOffice } from './start-office.ts'

try {
  const running = await startOffice(readOfficeConfig(process.env))
  stopOnSignal({ steps: [running.stop] })
} catch (error) {
  const text = error instanceof ConfigError ? error.message : JSON.stringify(describeError(error))
  process.stderr.write(`office: ${text}\n`)
  process.exit(1)
}
