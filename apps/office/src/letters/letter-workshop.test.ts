// Promises of the letter children: what leaves them, and that one bad letter never stops the others.
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CardSuffix, parseCardSuffix } from '@einmal-pin/domain/card-number'
import { type Kvnr, parseKvnr } from '@einmal-pin/domain/kvnr'
import { type Pin, parsePin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { newSealingPair, type SealingPair } from '@einmal-pin/vault/age'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { deriveCaseKeys, newCaseSecret } from '@einmal-pin/vault/case-secret'
import { cardDigest, identityDigest } from '@einmal-pin/vault/digests'
import { newSigningKey, type SigningKey } from '@einmal-pin/vault/ed25519'
import { openLetter } from '@einmal-pin/vault/letter-opening'
import { finishLogin, startLogin } from '@einmal-pin/vault/opaque-client'
import { newOpaqueSetup } from '@einmal-pin/vault/opaque-issue'
import { startLogin as answerLogin } from '@einmal-pin/vault/opaque-server'
import { pepperIdentity, pepperSecondFactor } from '@einmal-pin/vault/pepper'
import { newCaseId, randomBytes } from '@einmal-pin/vault/random'
import { openJsonFrame } from '@einmal-pin/vault/seal-json'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { unwrapWithPin } from '@einmal-pin/vault/wrap'
import type { LetterJob, LetterResult, LetterSecrets, MadeLetter } from './letter-job.ts'
import { SAMPLE_PERSON, sampleLetter } from './letter-samples.ts'
import { makeLetters, type WorkshopOptions } from './letter-workshop.ts'
import { LETTERS_FOLDER } from './letters-folder.ts'
import { probePdf } from './pdf-probe.ts'

let centre: SealingPair
let secrets: LetterSecrets
let check: SigningKey
let slowFolder: string

before(async () => {
  centre = await newSealingPair()
  const pepper = toBase64url(randomBytes(32))
  const opaqueSetup = await newOpaqueSetup()
  check = await newSigningKey()
  const { recipient: printCentreRecipient } = centre
  secrets = { opaqueSetup, pepper, printCentreRecipient, checkKey: check.privateKey }
  slowFolder = await mkdtemp(join(tmpdir(), 'letters-'))
  await cp(LETTERS_FOLDER, slowFolder, { recursive: true })
  // Typst stops endless loops by itself, but not heavy ones.
  const heavy = '#for a in range(100000) { for b in range(10000) { let x = calc.sqrt(b) } }\n'
  await writeFile(join(slowFolder, 'templates', 'gross.typ'), heavy)
})

after(() => rm(slowFolder, { recursive: true }))

const kvnr = (): Kvnr => {
  const parsed = parseKvnr('T123456780')
  assert.ok(parsed.ok)
  return parsed.value
}

const cardSuffix = (): CardSuffix => {
  const parsed = parseCardSuffix('017222', 6)
  assert.ok(parsed.ok)
  return parsed.value
}

const job = (changes: Partial<LetterJob> = {}): LetterJob => ({
  caseId: newCaseId(),
  round: 1,
  revision: 1,
  kvnr: kvnr(),
  takenSelectors: [],
  secondFactors: [{ kind: 'card', digits: cardSuffix() }],
  letter: sampleLetter(),
  package: { form: 'muster' },
  caseSecret: newCaseSecret(),
  ...changes,
})

const makeAll = async (
  jobs: readonly LetterJob[],
  options: Partial<WorkshopOptions> = {},
): Promise<Map<string, LetterResult>> => {
  const results = new Map<string, LetterResult>()
  for await (const result of makeLetters(jobs, { secrets, children: 1, ...options })) {
    results.set(result.caseId, result)
  }
  return results
}

const madeOf = (result: LetterResult | undefined): MadeLetter => {
  assert.ok(result?.ok, JSON.stringify(result))
  assert.ok('opaqueRecord' in result.made)
  return result.made
}

const codeOf = (result: LetterResult | undefined): string =>
  result && !result.ok ? result.code : 'made'

/** What the print centre alone can do: read the PIN. */
const printedPin = async (made: MadeLetter): Promise<Pin> => {
  const pdf = await openLetter(centre.identity, made.sealedLetter, made.sha256)
  const [page] = await probePdf(pdf)
  const groups = /\b\d{4} \d{4} \d{4} \d{4}\b/.exec(page?.text ?? '')
  const parsed = parsePin(groups?.[0] ?? '')
  assert.ok(parsed.ok)
  return parsed.value
}

describe('a made letter', () => {
  const secret = newCaseSecret()
  const ordered = job({ caseSecret: Uint8Array.from(secret), takenSelectors: ['47'] })
  let made: MadeLetter
  let pin: Pin

  before(async () => {
    made = madeOf((await makeAll([ordered])).get(ordered.caseId))
    pin = await printedPin(made)
  })

  it('lets the printed PIN in, to the same case secret and package, and nothing else', async () => {
    assert.equal(selectorOf(pin), made.selector)
    assert.notEqual(made.selector, '47')
    assert.equal(made.pages, 2)

    const exportKey = await logIn(pin, made)
    const opened = await unwrapWithPin(exportKey, made.wrappedSecret, ordered.caseId, 1)
    assert.deepEqual(Buffer.from(opened), Buffer.from(secret))
    const expected = { kind: 'package', caseId: ordered.caseId, round: 1, revision: 1 } as const
    const frame = await openJsonFrame(made.sealedPackage, expected, await deriveCaseKeys(opened))
    assert.deepEqual(frame.value, { form: 'muster' })
  })

  it('knows person and card only under the pepper', async () => {
    const pepper = fromBase64url(secrets.pepper)
    const identity = await identityDigest(kvnr(), made.selector)
    assert.equal(made.identityHmac, toBase64url(await pepperIdentity(pepper, identity)))
    const card = await pepperSecondFactor(pepper, await cardDigest(kvnr(), '017222'))
    assert.deepEqual(made.secondFactorHmacs, [toBase64url(card)])
  })

  it('shows its PIN nowhere outside the sealed letter', () => {
    const rest = JSON.stringify({ ...made, sealedLetter: '', sealedPackage: '' })
    const digits = secretDigitsOf(pin)
    const bytes = Buffer.concat([made.sealedLetter, made.sealedPackage]).toString('latin1')
    assert.ok(!rest.includes(digits) && !bytes.includes(digits) && !bytes.includes('Beispiel'))
  })
})

describe('a run of letters', () => {
  it('names the letter that cannot be made by its code and makes the others', async () => {
    const bad = job({
      letter: sampleLetter({ person: { ...SAMPLE_PERSON, lastName: 'Bei😀spiel' } }),
    })
    const good = [job(), job()]
    const results = await makeAll([...good, bad], { children: 2 })
    assert.equal(codeOf(results.get(bad.caseId)), 'letter.glyph')
    for (const { caseId } of good) madeOf(results.get(caseId))
  })

  it('kills a child that is too slow and goes on with a new one', async () => {
    const slow = job({ letter: sampleLetter({ variant: 'gross' }) })
    const next = job()
    const options = { folder: slowFolder, timeoutMs: 3_000 }
    const results = await makeAll([slow, next], options)
    assert.equal(codeOf(results.get(slow.caseId)), 'letter.timeout')
    madeOf(results.get(next.caseId))
  })

  it('reports the letter of a killed child as failed and makes the others', async () => {
    const pids: number[] = []
    const onChild = (pid: number) => {
      pids.push(pid)
      // In the middle of the first letter: the slow template keeps the child busy.
      if (pids.length === 2) setTimeout(() => process.kill(pid, 'SIGKILL'), 1_500)
    }
    const slow = job({ letter: sampleLetter({ variant: 'gross' }) })
    const next = job()
    const results = await makeAll([slow, next], { folder: slowFolder, onChild })
    assert.equal(codeOf(results.get(slow.caseId)), 'letter.failed')
    madeOf(results.get(next.caseId))
    // Each with its check.
    assert.equal(pids.length, 4)
  })

  it('reports a letter whose check died as unchecked and makes the others', async () => {
    const pids: number[] = []
    const onChild = (pid: number) => {
      pids.push(pid)
      if (pids.length === 1) setTimeout(() => process.kill(pid, 'SIGKILL'), 1_500)
    }
    const jobs = Array.from({ length: 30 }, () => job())
    const results = await makeAll(jobs, { onChild })
    const codes = jobs.map(({ caseId }) => codeOf(results.get(caseId)))
    const lost = codes.filter((code) => code !== 'made')
    assert.equal(lost.length, 1, codes.join())
    assert.match(lost[0] ?? '', /^letter\.(unchecked|failed)$/)
    assert.equal(pids.length, 4)
  })

  it('stops a letter that makes its child grow beyond the limit', async () => {
    const slow = job({ letter: sampleLetter({ variant: 'gross' }) })
    const options = { folder: slowFolder, memoryLimit: 1024 * 1024 }
    const results = await makeAll([slow], options)
    assert.equal(codeOf(results.get(slow.caseId)), 'letter.failed')
  })

  it('starts a new child after each batch and leaves none behind', async () => {
    const pids: number[] = []
    const options = { lettersPerChild: 2, onChild: (pid: number) => pids.push(pid) }
    const results = await makeAll([job(), job(), job()], options)
    assert.equal(results.size, 3)
    assert.equal(pids.length, 4)
    await gone(pids)
  })

  it('ends its children when the caller stops early', async () => {
    const pids: number[] = []
    const options = { secrets, onChild: (pid: number) => pids.push(pid) }
    for await (const result of makeLetters([job(), job(), job(), job()], options)) {
      assert.ok(result.ok)
      break
    }
    await gone(pids)
  })
})

describe('a source of jobs that fails', () => {
  it('ends the making with its error, also while the maker is busy with another letter', async () => {
    async function* failing() {
      yield job()
      yield job()
      throw new Error('the database is gone')
    }
    const results = makeLetters(failing(), { secrets, children: 2 })
    await assert.rejects(async () => {
      for await (const result of results) {
        assert.equal(codeOf(result), 'made')
        // Long enough for the other bench to ask for more; an unhandled rejection here would end the office.
        await new Promise((resolve) => setTimeout(resolve, 700))
      }
    }, /the database is gone/)
  })
})

async function logIn(pin: Pin, made: MadeLetter): Promise<string> {
  const known = { kvnr: kvnr(), selector: selectorOf(pin), secretDigits: secretDigitsOf(pin) }
  const password = await stretchPin(argon2idNative, known)
  const { clientLoginState, startLoginRequest } = await startLogin(password)
  const identity = toBase64url(await identityDigest(kvnr(), selectorOf(pin)))
  const answer = await answerLogin({
    setup: secrets.opaqueSetup,
    identity,
    record: made.opaqueRecord,
    startLoginRequest,
  })
  assert.ok(answer)
  const { loginResponse } = answer
  const finished = await finishLogin({ clientLoginState, loginResponse, password })
  assert.ok(finished)
  return finished.exportKey
}

async function gone(pids: readonly number[]): Promise<void> {
  const giveUpAt = performance.now() + 5_000
  while (pids.some(isAlive)) {
    assert.ok(performance.now() < giveUpAt, 'a child is still running')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
