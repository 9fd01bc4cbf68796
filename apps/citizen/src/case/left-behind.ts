// What a case that was left without "Abmelden" has laid down on this device does not stay for ever.
import { UNSENT_DRAFT_DAYS } from '@einmal-pin/domain/retention'
import { PIN_VALIDITY_DAYS } from '@einmal-pin/domain/validity'
import { wipeFilesBefore } from '../documents/sealed-files.ts'
import { wipeBefore } from './device-storage.ts'

/** As long as the portal keeps an unsent draft: then nothing of it can be used any more. */
const KEPT_DAYS = PIN_VALIDITY_DAYS + UNSENT_DRAFT_DAYS
const DAY = 86_400_000

/** Called at every start of the app. It is all sealed; this keeps it from piling up. */
export async function wipeLeftBehind(): Promise<void> {
  const instant = Date.now() - KEPT_DAYS * DAY
  await Promise.all([wipeBefore(instant), wipeFilesBefore(instant)])
}
