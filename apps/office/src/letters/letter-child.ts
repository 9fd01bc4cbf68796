// The process in which PINs exist: takes one request at a time over IPC, answers, and ends with its batch.
import { LetterError } from './letter-error.ts'
import {
  type ChildAnswer,
  type ChildRequest,
  type ChildSecrets,
  hasPin,
  type Refusal,
} from './letter-job.ts'
import { recordOf } from './letter-record.ts'
import { type FinishedLetter, makeLetter, makePlainLetter } from './make-letter.ts'
import { passOn } from './pass-on.ts'
import { renderArchiveCopy, renderLetter } from './render-letter.ts'

let secrets: ChildSecrets | undefined
let folder: string | undefined

process.on('message', (message) => {
  // Only the parent can write into this channel, and it is the same program.
  void answer(message as ChildRequest)
})
process.on('disconnect', () => process.exit(0))

async function answer(request: ChildRequest): Promise<void> {
  const result = await work(request).catch((error: unknown) => refused(error, request.kind))
  process.send?.(result)
}

async function work(request: ChildRequest): Promise<ChildAnswer> {
  if (request.kind === 'setup') {
    secrets = request.secrets
    folder = request.folder
    return { kind: 'ready' }
  }
  const place = folder === undefined ? {} : { folder }
  if (request.kind === 'archive') {
    return { kind: 'archive', ...renderArchiveCopy(request.record, folder) }
  }
  if (request.kind === 'specimen') {
    const { input, locale } = request
    return { kind: 'specimen', ...renderLetter(input, { copy: 'specimen', locale, ...place }) }
  }
  if (secrets === undefined) return { kind: 'refused', code: 'letter.failed' }
  const { job } = request
  const finished: FinishedLetter = hasPin(job)
    ? await makeLetter(job, secrets, folder)
    : makePlainLetter(job, folder)
  const { registered } = finished
  // Before the PDF is on the pipe: a refusal after it would leave it there, and the next letter would be taken for a mix-up.
  const record = recordOf(job.letter, folder)
  await passOn(job.letter.letterId, finished.pdf)
  return { kind: 'letter', record, ...(registered === undefined ? {} : { registered }) }
}

// The error's text may quote the customer: of a real letter only code and place leave the process.
function refused(error: unknown, asked: ChildRequest['kind']): Refusal {
  if (!(error instanceof LetterError)) return { kind: 'refused', code: 'letter.failed' }
  const { code, place, detail } = error
  return {
    ...{ kind: 'refused', code },
    ...(place !== undefined && { place }),
    ...(asked === 'specimen' && detail !== undefined && { detail }),
  }
}
