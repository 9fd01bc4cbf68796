// The office's repeating jobs, each on one node at a time.
import type { Job } from '@einmal-pin/platform/jobs'
import type { OfficeConfig } from './config.ts'
import type { Office } from './office.ts'

export function officeJobs(office: Office, config: OfficeConfig): readonly Job[] {
  void office
  void config
  return []
}
