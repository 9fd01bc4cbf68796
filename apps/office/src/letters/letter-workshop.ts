// The office's side of letter making: hands jobs to letter children and gives back what came of each.

import { type BenchOptions, type ChildBench, openBench } from './child-bench.ts'
import { expectedOf } from './expect-letter.ts'
import { LetterError } from './letter-error.ts'
import type { LetterInput } from './letter-input.ts'
import type {
  AnyLetterJob,
  ChildRequest,
  LetterResult,
  LetterSecrets,
  MadeOrRefused,
  Refusal,
} from './letter-job.ts'
import type { LetterLocale } from './letter-locale.ts'
import type { LetterRecord } from './letter-record.ts'
import type { RenderedLetter } from './render-letter.ts'

export interface WorkshopOptions extends BenchOptions {
  readonly secrets: LetterSecrets
  /** Letter children at once; two use two cores (findings.md 6.2). */
  readonly children?: 1 | 2
}

/**
 * Makes all letters, in no particular order. Never rejects because of a job: a job that cannot be made, a child that
 * dies or is too slow is a result with a code, and the others go on. Jobs are taken only as fast as letters are made.
 * Stopping early (`break`) ends the children.
 */
export async function* makeLetters(
  jobs: Iterable<AnyLetterJob> | AsyncIterable<AnyLetterJob>,
  options: WorkshopOptions,
): AsyncGenerator<LetterResult, void, undefined> {
  const source = queued(jobs)
  const benches = Array.from({ length: options.children ?? 2 }, () => openBench(options))
  try {
    yield* merged(benches.map((bench) => worked(bench, source)))
  } finally {
    for (const bench of benches) bench.close()
    void source.return()
  }
}

/** The copy for the file: PDF/A-2a with dots for the PIN. Rejects with a LetterError. */
export const makeArchiveCopy = (
  record: LetterRecord,
  options: BenchOptions = {},
): Promise<RenderedLetter> => renderOnce({ kind: 'archive', record }, options)

/** A letter to look at: no PIN, no keys, nothing registered. Rejects with a LetterError. */
export const makeSpecimen = (
  input: LetterInput,
  locale: LetterLocale,
  options: BenchOptions = {},
): Promise<RenderedLetter> => renderOnce({ kind: 'specimen', input, locale }, options)

/** Sets one specimen after the other, with one child; a refusal is a result. */
export async function* trySpecimens<T extends SpecimenOrder>(
  orders: Iterable<T>,
  options: BenchOptions = {},
): AsyncGenerator<{ readonly order: T; readonly refusal?: Refusal }, void, undefined> {
  const bench = openBench(options)
  try {
    for (const order of orders) {
      const { input, locale } = order
      const answer = await bench.ask({ kind: 'specimen', input, locale })
      yield answer.kind === 'refused' ? { order, refusal: answer } : { order }
    }
  } finally {
    bench.close()
  }
}

export interface SpecimenOrder {
  readonly input: LetterInput
  readonly locale: LetterLocale
}

let last: Promise<unknown> = Promise.resolve()

/** One after the other, whoever asks: each takes a process of some 200 MB beside those of a run. */
function renderOnce(request: ChildRequest, options: BenchOptions): Promise<RenderedLetter> {
  const mine = last.then(() => renderNow(request, options))
  last = mine.catch(() => undefined)
  return mine
}

async function renderNow(request: ChildRequest, options: BenchOptions): Promise<RenderedLetter> {
  const bench = openBench(options)
  try {
    const answer = await bench.ask(request)
    if ('pdf' in answer) return { pdf: Buffer.from(answer.pdf), pages: answer.pages }
    if (answer.kind !== 'refused') throw new LetterError('letter.failed')
    throw new LetterError(answer.code, answer.place, answer.detail)
  } finally {
    bench.close()
  }
}

// A generator answers concurrent calls of next() one after the other, which other iterators need not do.
async function* queued(jobs: Iterable<AnyLetterJob> | AsyncIterable<AnyLetterJob>) {
  yield* jobs
}

async function* worked(
  bench: ChildBench,
  source: AsyncGenerator<AnyLetterJob>,
): AsyncGenerator<LetterResult, void, undefined> {
  for (;;) {
    const { done, value: job } = await source.next()
    if (done) return
    const { caseId, round } = job
    yield { caseId, round, ...(await makeChecked(bench, job)) }
  }
}

/** Set by the one process, read, sealed and signed by the other. */
async function makeChecked(bench: ChildBench, job: AnyLetterJob): Promise<MadeOrRefused> {
  const answer = await bench.ask({ kind: 'letter', job })
  if (answer.kind === 'refused') {
    const { code, place } = answer
    return { ok: false, code, ...(place !== undefined && { place }) }
  }
  if (answer.kind !== 'letter') return { ok: false, code: 'letter.failed' }
  const { registered, record } = answer
  const isSampled = bench.nth() % SAMPLED_EVERY === 1
  const said = await bench.check({
    kind: 'check',
    expected: expectedOf(job, registered, isSampled),
  })
  if (said.kind === 'checked') {
    const { kind: _, ...checked } = said
    return { ok: true, made: { ...checked, record, ...registered } }
  }
  if (said.kind === 'wrong') return { ok: false, code: 'letter.mismatch', findings: said.findings }
  return { ok: false, code: 'letter.unchecked' }
}

/** The first letter of every pair of processes is looked at more closely, and then one of every so many. */
const SAMPLED_EVERY = 50

async function* merged<T>(generators: readonly AsyncGenerator<T, void, undefined>[]) {
  const step = (generator: AsyncGenerator<T, void, undefined>) => {
    const stepped = generator.next().then((next) => ({ generator, next }))
    // It may fail while the consumer is busy with the result before; told when it asks for the next, not by ending the process.
    stepped.catch(() => undefined)
    return stepped
  }
  const waiting = new Map(generators.map((generator) => [generator, step(generator)]))
  while (waiting.size > 0) {
    const { generator, next } = await Promise.race(waiting.values())
    if (next.done) {
      waiting.delete(generator)
      continue
    }
    waiting.set(generator, step(generator))
    yield next.value
  }
}
