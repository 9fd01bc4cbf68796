// A place at which one letter child after another works, its letter check beside it; killed when too slow, replaced after a batch.
import type { ChildProcess } from 'node:child_process'
import type { CheckAnswer, CheckRequest } from '../letter-check/check-messages.ts'
import type { LetterCode } from './letter-error.ts'
import type { ChildAnswer, ChildRequest, LetterSecrets, Refusal } from './letter-job.ts'
import { endPair, killPair, type LetterPair, memoryOf, startPair } from './letter-pair.ts'

/** Typst and strings keep what they saw until the process ends: after so many letters it does (findings.md 6.2). */
export const LETTERS_PER_CHILD = 250
/** A letter takes some 0.1 s. */
export const LETTER_TIMEOUT_MS = 20_000
/** A child is ready after about half a second, on a busy machine after some. */
const START_TIMEOUT_MS = 60_000
/** A letter that makes a child grow beyond this is refused; it rests at some 200 MB. */
const MEMORY_LIMIT = 400 * 1024 * 1024
const LOOK_EVERY_MS = 500

export interface BenchOptions {
  /** Absent: the bench makes archive copies and specimens only, without a check. */
  readonly secrets?: LetterSecrets
  /** Folder with templates and texts; default: the application's. */
  readonly folder?: string
  readonly timeoutMs?: number
  readonly lettersPerChild?: number
  readonly memoryLimit?: number
  /** Told the process id of every child started. */
  readonly onChild?: (pid: number) => void
}

export interface ChildBench {
  /** Never rejects. Requests come one after the other. */
  readonly ask: (request: ChildRequest) => Promise<ChildAnswer>
  /** The check's word about the letter that was asked for last. Never rejects. */
  readonly check: (request: CheckRequest) => Promise<CheckAnswer>
  /** How many letters the pair of now was asked for; 1 is the first of a new one. */
  readonly nth: () => number
  /** For good: whoever still waits for a job to prepare must not start a child that nobody would end. */
  readonly close: () => void
}

export function openBench(options: BenchOptions): ChildBench {
  const { secrets, timeoutMs = LETTER_TIMEOUT_MS } = options
  let pair: LetterPair | undefined
  let done = 0
  let isClosed = false
  const dismiss = () => {
    if (pair !== undefined) endPair(pair)
    pair = undefined
  }
  // Works on its own reference: `close` may take the bench's away while an answer is awaited.
  const exchangeWith = async <T extends { readonly kind: string }>(
    running: LetterPair,
    child: ChildProcess,
    request: object,
    milliseconds: number,
  ): Promise<T | Refusal> => {
    const limit = options.memoryLimit ?? MEMORY_LIMIT
    const answer = await exchange<T>(running, child, request, { milliseconds, limit })
    if (isBroken(answer) && pair === running) dismiss()
    return answer
  }
  const start = async (): Promise<LetterPair | Refusal> => {
    const running = startPair(secrets !== undefined, options.onChild)
    pair = running
    done = 0
    const { child, check } = running
    const asked = [exchangeWith(running, child, setupOf(options), START_TIMEOUT_MS)]
    if (check !== undefined && secrets !== undefined) {
      const { opaqueSetup, printCentreRecipient, checkKey } = secrets
      const setup: CheckRequest = { kind: 'setup', opaqueSetup, printCentreRecipient, checkKey }
      asked.push(exchangeWith(running, check, setup, START_TIMEOUT_MS))
    }
    const answers = await Promise.all(asked)
    const refused = answers.find((answer): answer is Refusal => answer.kind === 'refused')
    return refused ?? running
  }
  const ask = async (request: ChildRequest): Promise<ChildAnswer> => {
    if (isClosed) return { kind: 'refused', code: 'letter.failed' }
    if (done >= (options.lettersPerChild ?? LETTERS_PER_CHILD)) dismiss()
    const running = pair?.child.connected === true ? pair : await start()
    if ('kind' in running) return running
    done += 1
    return exchangeWith<ChildAnswer>(running, running.child, request, timeoutMs)
  }
  const check = async (request: CheckRequest): Promise<CheckAnswer> => {
    const running = pair
    if (running?.check === undefined) return { kind: 'refused', code: 'letter.unchecked' }
    const answer = await exchangeWith<CheckAnswer>(running, running.check, request, timeoutMs)
    if (answer.kind !== 'refused') return answer
    // A check that is gone must not leave a child that writes into its pipe, and the other way round.
    killPair(running)
    if (pair === running) dismiss()
    return { kind: 'refused', code: 'letter.unchecked' }
  }
  const close = () => {
    isClosed = true
    dismiss()
  }
  return { ask, check, nth: () => done, close }
}

// A killed child may look connected for a moment: the next letter must not fall into it.
function isBroken(answer: { readonly kind: string; readonly code?: LetterCode }): boolean {
  return answer.code === 'letter.timeout' || answer.code === 'letter.failed'
}

function setupOf({ secrets, folder }: BenchOptions): ChildRequest {
  const { opaqueSetup = '', pepper = '' } = secrets ?? {}
  return {
    kind: 'setup',
    ...(secrets === undefined ? {} : { secrets: { opaqueSetup, pepper } }),
    ...(folder === undefined ? {} : { folder }),
  }
}

function exchange<T>(
  pair: LetterPair,
  child: ChildProcess,
  request: object,
  { milliseconds, limit }: { readonly milliseconds: number; readonly limit: number },
): Promise<T | Refusal> {
  return new Promise((resolve) => {
    const settle = (answer: T | Refusal) => {
      clearTimeout(timer)
      clearInterval(looking)
      child.off('message', onMessage).off('exit', onGone).off('error', onGone)
      resolve(answer)
    }
    const refuse = (code: LetterCode) => {
      killPair(pair)
      settle({ kind: 'refused', code })
    }
    const onMessage = (answer: unknown) => settle(answer as T)
    const onGone = () => settle({ kind: 'refused', code: 'letter.failed' })
    const timer = setTimeout(() => refuse('letter.timeout'), milliseconds)
    const looking = setInterval(() => {
      if (memoryOf(pair) > limit) refuse('letter.failed')
    }, LOOK_EVERY_MS)
    child.on('message', onMessage).on('exit', onGone).on('error', onGone)
    child.send(request, (error) => {
      if (error) onGone()
    })
  })
}
