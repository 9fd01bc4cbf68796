// Where the installation is that all browser tests share; handed from the set-up to the workers by environment.
import type { DeskAddress } from '../../harness/desk.ts'
import type { Installation } from '../../harness/installation.ts'

export const ADDRESS_VARIABLE = 'EP_TEST_INSTALLATION'

export interface SharedAddress extends DeskAddress {
  readonly databases: Readonly<Record<'portal' | 'office', string>>
}

export const addressOf = (installation: Installation): SharedAddress => {
  const { dataDir, publicUrl, officeUrl, database } = installation
  const databases = { portal: database.url('portal'), office: database.url('office') }
  return { dataDir, publicUrl, officeUrl, databases }
}

export const sharedAddress = (): SharedAddress => JSON.parse(process.env[ADDRESS_VARIABLE] ?? '')
