// npm run build: the static web apps, where something changed.
import { buildWebApps } from './web/web-apps.ts'

try {
  await buildWebApps((line) => console.log(line))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
