// What to do when a file cannot be taken, in the language on screen.
import { m } from '../paraglide/messages.js'
import { errorText } from '../ui/error-text.ts'

const TEXTS: Readonly<Record<string, () => string>> = {
  'paper.empty': m.paper_empty,
  'paper.heic': m.paper_heic,
  'paper.photo': m.paper_photo,
  'paper.notPdf': m.paper_not_pdf,
  'paper.locked': m.paper_locked,
  'paper.type': m.paper_type,
  'paper.failed': m.paper_failed,
}

export const paperText = (code: string): string => (TEXTS[code] ?? (() => errorText(code)))()
