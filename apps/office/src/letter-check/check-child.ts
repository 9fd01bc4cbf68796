// The second process that reads every finished letter; it alone seals, and it signs what it has read. Keeps nothing.
import { Socket } from 'node:net'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { sealLetter } from '@einmal-pin/vault/letter-seal'
import { signVerdict } from '@einmal-pin/vault/letter-verdict'
import type { CheckAnswer, CheckRequest } from './check-messages.ts'
import type { ExpectedLetter } from './expected-letter.ts'
import { openPdf } from './open-pdf.ts'
import { readPdfs } from './pdf-pipe.ts'
import { prepareCodes } from './read-codes.ts'
import { opensRecord } from './try-printed-pin.ts'
import { type Finding, verifyLetter } from './verify-letter.ts'

const PIPE = 4
const letters = readPdfs(new Socket({ fd: PIPE, readable: true, writable: false }))
let setup: Extract<CheckRequest, { kind: 'setup' }> | undefined

process.on('message', (message) => {
  // Only the office can write into this channel, and it is the same program.
  void answer(message as CheckRequest)
})
process.on('disconnect', () => process.exit(0))

async function answer(request: CheckRequest): Promise<void> {
  const result = await work(request).catch((): CheckAnswer => UNCHECKED)
  process.send?.(result)
}

const UNCHECKED: CheckAnswer = { kind: 'refused', code: 'letter.unchecked' }

async function work(request: CheckRequest): Promise<CheckAnswer> {
  if (request.kind === 'setup') {
    setup = request
    await prepareCodes()
    return { kind: 'ready' }
  }
  const { letterId, pdf } = await letters.next()
  try {
    // Another letter on the pipe than the office asked about is a mix-up already.
    if (letterId !== request.expected.letterId) return { kind: 'wrong', findings: ['page.mark'] }
    return await checkAndSeal(pdf, request.expected)
  } finally {
    pdf.fill(0)
  }
}

async function checkAndSeal(pdf: Buffer, expected: ExpectedLetter): Promise<CheckAnswer> {
  if (setup === undefined) return UNCHECKED
  const { findings, pages } = await read(pdf, expected, setup.opaqueSetup)
  if (findings.length > 0) return { kind: 'wrong', findings }
  const sealedLetter = await sealLetter(setup.printCentreRecipient, pdf)
  const sha256 = await sha256Hex(sealedLetter)
  const { letterId, trial } = expected
  const said = { letterId, sha256, pages, sampled: trial !== undefined }
  const verdict = await signVerdict({ privateKey: setup.checkKey }, said)
  return { kind: 'checked', sealedLetter, ...said, verdict }
}

async function read(
  pdf: Buffer,
  expected: ExpectedLetter,
  opaqueSetup: string,
): Promise<{ readonly findings: readonly Finding[]; readonly pages: number }> {
  const opened = await openPdf(pdf).catch(() => undefined)
  if (opened === undefined) return { findings: ['pdf.unreadable'], pages: 0 }
  try {
    const { findings, pin } = await verifyLetter(opened, expected)
    const pages = opened.pages.length
    if (findings.length > 0 || expected.trial === undefined) return { findings, pages }
    const opens = pin !== undefined && (await opensRecord(pin, expected.trial, opaqueSetup))
    return { findings: opens ? [] : ['pin.trial'], pages }
  } finally {
    opened.close()
  }
}
