// Sets the page's language in <html lang> while the pages are prerendered.
import type { Handle } from '@sveltejs/kit/hooks'
import { useLocale } from './locale/locale.svelte.ts'
import { localeOfSegment } from './locale/segments.ts'

export const handle: Handle = ({ event, resolve }) => {
  const locale = localeOfSegment(event.url.pathname.split('/')[1])
  useLocale(locale)
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('<html lang="de">', `<html lang="${locale}">`),
  })
}
