// placeholder
import type { App } from '@einmal-pin/platform/http/app'
import type { Office } from '../office.ts'
export function inboxRoutes(_app: App, _office: Office): void {}
