// Makes fifty letters for letter-trace.test.ts and lays the sealed ones into a folder, named by their digest.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CardSuffix } from '@einmal-pin/domain/card-number'
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { newCaseSecret } from '@einmal-pin/vault/case-secret'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { newOpaqueSetup } from '@einmal-pin/vault/opaque-issue'
import { newCaseId, randomBytes } from '@einmal-pin/vault/random'
import type { LetterJob } from '../letters/letter-job.ts'
import { sampleLetter } from '../letters/letter-samples.ts'
import { makeLetters } from '../letters/letter-workshop.ts'

const [printCentreRecipient = '', folder = ''] = process.argv.slice(2)
const secrets = {
  opaqueSetup: await newOpaqueSetup(),
  pepper: toBase64url(randomBytes(32)),
  printCentreRecipient,
  checkKey: (await newSigningKey()).privateKey,
}
const jobs = Array.from({ length: 50 }, (): LetterJob => {
  const caseId = newCaseId()
  return {
    ...{ caseId, round: 1, revision: 1, kvnr: 'T123456780' as Kvnr, takenSelectors: [] },
    secondFactors: [{ kind: 'card', digits: '017222' as CardSuffix }],
    letter: sampleLetter({ letterId: `${caseId}-1` }),
    package: { form: 'muster' },
    caseSecret: newCaseSecret(),
  }
})
for await (const result of makeLetters(jobs, { secrets })) {
  if (!result.ok) throw new TypeError(result.code)
  await writeFile(join(folder, `${result.made.sha256}.age`), result.made.sealedLetter)
}
