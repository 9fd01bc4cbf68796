// Which first path segments are languages; everything else is a page of the German version.
import { defineParams } from '@sveltejs/kit/params'
import { isLocaleSegment } from './locale/segments.ts'

export const params = defineParams({
  locale: (segment) => (isLocaleSegment(segment) ? segment : undefined),
})
