// Where templates, texts and drawings of the letters lie.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The application's own. */
export const LETTERS_FOLDER = fileURLToPath(new URL('../../letters', import.meta.url))

/** An insurer's own folder takes the place of the application's (docs/operations/environment.md). */
export const lettersFolder = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment['EP_LETTERS_DIR'] || LETTERS_FOLDER)
