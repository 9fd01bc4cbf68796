// Where things lie in the repository, for every script.
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')
/** Stamps of builds; removed together with node_modules. */
export const CACHE = join(ROOT, 'node_modules', '.cache', 'einmal-pin')
