// The check as a process of its own: what comes through its pipe instead of the letter that was asked about is never sealed.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { after, before, test } from 'node:test'
import { newSealingPair } from '@einmal-pin/vault/age'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { newOpaqueSetup } from '@einmal-pin/vault/opaque-issue'
import { expectedOf } from '../letters/expect-letter.ts'
import type { AnyLetterJob } from '../letters/letter-job.ts'
import { sampleLook } from '../letters/letter-samples.ts'
import { postedLetter } from '../letters/sample-pdf.ts'
import type { CheckAnswer, CheckRequest } from './check-messages.ts'

const letter = sampleLook('reminder', 'standard')
const { pdf } = postedLetter(letter)
const expected = expectedOf({ letter } as AnyLetterJob, undefined, false)

let check: ChildProcess
let pipe: Writable

async function ask(request: CheckRequest): Promise<CheckAnswer> {
  const answered = once(check, 'message') as Promise<[CheckAnswer]>
  check.send(request)
  const [answer] = await answered
  return answer
}

const answerTo = async (...bytes: Buffer[]): Promise<CheckAnswer> => {
  pipe.write(Buffer.concat(bytes))
  return ask({ kind: 'check', expected })
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const frame = (letterId: string, bytes: Buffer): Buffer =>
  Buffer.concat([number(letterId.length), Buffer.from(letterId), number(bytes.length), bytes])

before(async () => {
  check = spawn(process.execPath, [join(import.meta.dirname, 'check-child.ts')], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    serialization: 'advanced',
  })
  pipe = check.stdio[4] as Writable
  const setup = {
    opaqueSetup: await newOpaqueSetup(),
    printCentreRecipient: (await newSealingPair()).recipient,
    checkKey: (await newSigningKey()).privateKey,
  }
  assert.deepEqual(await ask({ kind: 'setup', ...setup }), { kind: 'ready' })
})

after(async () => {
  pipe.destroy()
  check.disconnect()
  await once(check, 'exit')
})

// In this order, for the last one ends the pipe.
test('the letter itself is checked', async () => {
  assert.equal((await answerTo(frame(letter.letterId, pdf))).kind, 'checked')
})

test('a frame with the id of another letter is a mix-up', async () => {
  const answer = await answerTo(frame('c4k7m2q9x0ac-1', pdf))
  assert.deepEqual(answer, { kind: 'wrong', findings: ['page.mark'] })
})

test('another letter under this id is a mix-up', async () => {
  const other = postedLetter({ ...letter, letterId: 'c4k7m2q9x0ac-1' })
  const answer = await answerTo(frame(letter.letterId, other.pdf))
  assert.deepEqual(answer, { kind: 'wrong', findings: ['page.mark'] })
})

test('bytes that are no PDF are unreadable', async () => {
  const answer = await answerTo(frame(letter.letterId, Buffer.from('no letter')))
  assert.deepEqual(answer, { kind: 'wrong', findings: ['pdf.unreadable'] })
})

test('after a wrong frame nothing is checked any more, not even the right letter', async () => {
  const refused = { kind: 'refused', code: 'letter.unchecked' }
  assert.deepEqual(await answerTo(number(65)), refused)
  assert.deepEqual(await answerTo(frame(letter.letterId, pdf)), refused)
})
