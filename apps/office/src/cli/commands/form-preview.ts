// einmal-pin form preview: the citizen's own pages show a form of a folder, on this machine only, until Ctrl-C.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { formFolderOf } from '@einmal-pin/forms/load-form'
import type { FormPreview } from '@einmal-pin/wire/cli-documents'
import { CommandError, type Outcome, success, UsageError } from '../outcome.ts'
import { servePreview } from '../serve-preview.ts'

/** A day, in minutes. */
const LONGEST = 24 * 60

interface Wishes {
  readonly prefill?: string | undefined
  readonly minutes?: string | undefined
}

/** Ends by itself after `minutes`, else with Ctrl-C. Throws UsageError, and CommandError when the pages are not built. */
export async function previewForm(
  path: string,
  { prefill, minutes }: Wishes,
  progress: (line: string) => void,
): Promise<Outcome> {
  const folder = formFolderOf(path)
  const limit = minutes === undefined ? undefined : minutesOf(minutes) * 60_000
  const preview = await servePreview(folder, prefillOf(prefill)).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : 'the preview could not be started'
    throw new CommandError(detail, { code: 'cli.failed', detail })
  })
  progress(`${folder}: ${preview.url} (Ctrl-C ends, a reload shows what was changed)`)
  const interrupted = new AbortController()
  await Promise.race([
    once(process, 'SIGINT', { signal: interrupted.signal }).catch(() => undefined),
    once(process, 'SIGTERM', { signal: interrupted.signal }).catch(() => undefined),
    ...(limit === undefined ? [] : [sleep(limit)]),
  ])
  interrupted.abort()
  await preview.close()
  const document: FormPreview = { url: preview.url, form: folder }
  return success(document, `The preview of ${folder} has ended.`)
}

function prefillOf(text = '{}'): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>
    }
  } catch {
    // Said below.
  }
  throw new UsageError('--prefill takes a JSON object')
}

function minutesOf(text: string): number {
  const minutes = Number(text)
  if (!(minutes >= 0 && minutes <= LONGEST)) {
    throw new UsageError(`--minutes takes a number up to ${LONGEST}`)
  }
  return minutes
}
