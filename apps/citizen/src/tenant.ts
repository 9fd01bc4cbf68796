// The insurer's settings, baked in at build time (config/tenant.json).
import { tenant } from 'virtual:tenant'

export { tenant }

/** The telephone number as a link. */
export const phoneLink = `tel:${tenant.phone.replace(/[^0-9+]/g, '')}`
