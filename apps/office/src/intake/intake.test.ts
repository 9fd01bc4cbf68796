// The promises about the intake: only what verifies to the last byte is acknowledged, everything else is quarantined.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { verifyAcknowledgement } from '@einmal-pin/vault/acknowledgement'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { sealDocument } from '@einmal-pin/vault/seal-document'
import type { Fact } from '@einmal-pin/wire/office-link'
import { applyFact } from '../courier/apply-facts.ts'
import { type PublishedCase, publishedCase } from '../testing/published-case.ts'
import { type SentSubmission, sendSubmission } from '../testing/sent-submission.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { fetchSubmissions } from './fetch-submissions.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal
before(async () => {
  at = await openTestOffice()
  portal = standInPortal(at.office.secrets.receiptKey)
})
after(() => at[Symbol.asyncDispose]())

let facts = 0
const submittedFact = ({ receipt }: SentSubmission): Fact => {
  facts += 1
  const { caseId, round } = receipt
  return { id: `fact-${facts}`, caseId, round, type: 'submitted', receipt }
}

/** The portal offers `sent`; the fact about it is `honest`, as the outbox tells it. */
async function arrive(sent: SentSubmission, honest: SentSubmission = sent): Promise<void> {
  portal.submissions.set(honest.receipt.caseId, sent)
  await applyFact(at.office, submittedFact(honest))
  await fetchSubmissions(at.office, portal, never)
}

const stateOf = async (caseId: string) => {
  const db = at.office.database.kysely
  const row = await db
    .selectFrom('cases')
    .leftJoin('submissions', 'submissions.case_id', 'cases.case_id')
    .select(['cases.state as caseState', 'submissions.state as state'])
    .where('cases.case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return [row.caseState, row.state]
}

const pdf = (text: string) => Buffer.from(`%PDF-1.4 ${text}`)

describe('an honest submission', () => {
  test('is stored, acknowledged with a MAC that the page verifies, and shown in the form order', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published, { documents: [pdf('eins'), pdf('zwei')] })
    await arrive(sent)
    const { caseId } = published
    assert.deepEqual(await stateOf(caseId), ['received', 'received'])
    const acknowledged = portal.acknowledged.at(-1)
    assert.ok(
      await verifyAcknowledgement(
        sent.receipt,
        acknowledged?.acknowledgement ?? '',
        published.keys,
      ),
    )
    const answer = await at.app.inject({ url: `/api/v1/inbox/${caseId}`, headers: at.asCore })
    const item = answer.json()
    assert.equal(item.documents, 2)
    assert.deepEqual(item.deviations, [])
    assert.equal(item.documentList[0].name, 'Bescheid <1>.pdf')
    const document = await at.app.inject({
      url: `/api/v1/inbox/${caseId}/documents/${item.documentList[0].documentId}`,
      headers: at.asCore,
    })
    assert.equal(document.body, '%PDF-1.4 eins')
  })

  test('lies at rest sealed: no answer and no document stands in the database or blob store in clear', async () => {
    const published = await publishedCase(at.office)
    const answers = {
      anforderungen: [
        {
          id: 'k1',
          art: 'sonst',
          bezeichnung: 'Unterlagen laut Brief',
          vorhanden: 'nicht_moeglich',
          grund: 'KANARIENVOGEL',
        },
      ],
      erklaerung_richtig: true,
      ausgefuellt_von: 'selbst',
    }
    await arrive(
      await sendSubmission(at, published, { answers, documents: [pdf('KANARIENVOGEL')] }),
    )
    const { caseId } = published
    assert.deepEqual(await stateOf(caseId), ['received', 'received'])
    const row = await at.office.database.kysely
      .selectFrom('submissions')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    assert.ok(!JSON.stringify(row).includes('KANARIENVOGEL'))
    assert.ok(!(row.sealed_content ?? Buffer.alloc(0)).includes('KANARIENVOGEL'))
    for await (const { key } of at.office.blobs.list(caseId)) {
      const chunks = []
      for await (const chunk of (await at.office.blobs.get(key)) ?? []) chunks.push(chunk)
      assert.ok(!Buffer.concat(chunks).includes('KANARIENVOGEL'), key)
    }
  })

  test('that arrives twice is one submission', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published)
    await arrive(sent)
    const before = portal.acknowledged.length
    await arrive(sent)
    assert.equal(portal.acknowledged.length, before)
    assert.deepEqual(await stateOf(published.caseId), ['received', 'received'])
  })

  test('with answers that the form would not accept is received with flags', async () => {
    const published = await publishedCase(at.office)
    const answers = { anforderungen: [{ id: 'k1', art: 'geburt' }], haustier: 'Hund' }
    const sent = await sendSubmission(at, published, {
      answers,
      receivedAt: '2030-01-01T10:00:00.000Z',
    })
    await arrive(sent)
    const url = `/api/v1/inbox/${published.caseId}`
    const { deviations } = (await at.app.inject({ url, headers: at.asCore })).json()
    const codes = deviations.map(({ code }: { code: string }) => code)
    for (const code of ['choice.required', 'checkbox.required', 'answers.hidden', 'receipt.late']) {
      assert.ok(codes.includes(code), code)
    }
  })
})

/** Each spoils one part of what the portal hands out; the fact in the outbox stays honest. */
const ATTACKS: Readonly<
  Record<string, (sent: SentSubmission, at: PublishedCase) => Promise<SentSubmission>>
> = {
  'a changed byte in a document': async (sent) =>
    withBlob(sent, 1, (bytes) => bytes.with(200, (bytes[200] ?? 0) ^ 1)),
  'a changed byte in the answers': async (sent) =>
    withBlob(sent, 0, (bytes) => bytes.with(bytes.length - 3, 0)),
  'a document that somebody else sealed for the same case': async (sent, { keys }) => {
    const planted = await sealDocument(pdf('andere IBAN'), keys)
    return withBlob(sent, 1, () => planted)
  },
  'two documents swapped': async (sent) => {
    const [answers, first, second] = [...sent.blobs]
    if (!answers || !first || !second) return sent
    return relisted(sent, new Map([answers, [first[0], second[1]], [second[0], first[1]]]))
  },
  'a document left out': async (sent) => relisted(sent, new Map([...sent.blobs].slice(0, -1))),
  'a document more': async (sent, { keys }) =>
    relisted(
      sent,
      new Map([...sent.blobs, [`d${'0'.repeat(19)}`, await sealDocument(pdf('x'), keys)]]),
    ),
  'a document listed twice': async (sent) => ({
    ...sent,
    offer: { ...sent.offer, blobs: [...sent.offer.blobs, ...sent.offer.blobs.slice(-1)] },
  }),
  'a blob whose id is a path': async (sent) => {
    const evil = { id: '../../cli-token', sha256: '0'.repeat(64), size: 1 }
    return { ...sent, offer: { ...sent.offer, blobs: [...sent.offer.blobs, evil] } }
  },
  'another manifest': async (sent) => {
    const manifest = fromBase64url(sent.offer.manifest)
    const spoilt = manifest.with(300, (manifest[300] ?? 0) ^ 1)
    return { ...sent, offer: { ...sent.offer, manifest: toBase64url(spoilt) } }
  },
  'the submission of another case': async () => {
    const other = await publishedCase(at.office)
    return sendSubmission(at, other, { documents: [pdf('a'), pdf('b')] })
  },
  'an older manifest of the same person': async (_sent, published) =>
    sendSubmission(at, published, { documents: [pdf('alt')] }),
}

async function relisted(
  sent: SentSubmission,
  blobs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<SentSubmission> {
  const listed = [...blobs].map(async ([id, bytes]) => ({
    id,
    sha256: await sha256Hex(bytes),
    size: bytes.length,
  }))
  return { ...sent, blobs, offer: { ...sent.offer, blobs: await Promise.all(listed) } }
}

const withBlob = (
  sent: SentSubmission,
  index: number,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<SentSubmission> =>
  relisted(
    sent,
    new Map([...sent.blobs].map(([id, bytes], at) => [id, at === index ? change(bytes) : bytes])),
  )

describe('a portal that lies', () => {
  for (const [what, spoil] of Object.entries(ATTACKS)) {
    test(`${what}: quarantined, not acknowledged, a task, nothing to read`, async () => {
      const published = await publishedCase(at.office)
      const honest = await sendSubmission(at, published, { documents: [pdf('eins'), pdf('zwei')] })
      const before = portal.acknowledged.length
      await arrive(await spoil(honest, published), honest)
      const { caseId } = published
      assert.deepEqual(await stateOf(caseId), ['quarantined', 'quarantined'])
      assert.equal(portal.acknowledged.length, before)
      assert.ok(portal.quarantined.includes(caseId))
      const tasks = (await at.app.inject({ url: '/api/v1/tasks', headers: at.asCore })).json().tasks
      const task = tasks.find((one: { caseId: string }) => one.caseId === caseId)
      assert.equal(task.kind, 'quarantine')
      assert.match(task.code, /^submission\./)
      const item = await at.app.inject({ url: `/api/v1/inbox/${caseId}`, headers: at.asCore })
      assert.equal(item.json().code, 'inbox.none')
    })
  }

  test('a receipt that its key did not sign changes nothing but a task', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published)
    const receipt = { ...sent.receipt, receivedAt: '2026-01-01T00:00:00.000Z' }
    await applyFact(at.office, submittedFact({ ...sent, receipt }))
    assert.deepEqual(await stateOf(published.caseId), ['published', null])
  })

  test('a manifest for another form version is quarantined', async () => {
    const published = await publishedCase(at.office)
    const { definition } = published.opening.form
    const form = { id: definition.id, version: definition.version, sha256: 'f'.repeat(64) }
    await arrive(await sendSubmission(at, published, { form }))
    assert.deepEqual(await stateOf(published.caseId), ['quarantined', 'quarantined'])
  })

  test('a round whose secret is gone is quarantined', async () => {
    const published = await publishedCase(at.office)
    await at.office.database.kysely
      .updateTable('rounds')
      .set({ kek_wrap: null })
      .where('case_id', '=', published.caseId)
      .execute()
    await arrive(await sendSubmission(at, published))
    assert.deepEqual(await stateOf(published.caseId), ['quarantined', 'quarantined'])
  })
})

describe('a line that breaks', () => {
  test('is no finding: the submission waits and comes in with the next round', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published, { documents: [pdf('eins')] })
    portal.submissions.set(published.caseId, sent)
    await applyFact(at.office, submittedFact(sent))
    const down = { ok: false, code: 'network', status: 0, extra: {} } as const
    const broken = { ...portal, blob: async () => down, status: async () => down }
    assert.equal(await fetchSubmissions(at.office, broken, never), 'unreachable')
    assert.deepEqual(await stateOf(published.caseId), ['submitted', 'offered'])
    await fetchSubmissions(at.office, portal, never)
    assert.deepEqual(await stateOf(published.caseId), ['received', 'received'])
  })

  test('at one blob only, every time, is a finding and holds up nobody else', async () => {
    const [lost, other] = [await publishedCase(at.office), await publishedCase(at.office)]
    for (const published of [lost, other]) {
      const sent = await sendSubmission(at, published, { documents: [pdf('eins')] })
      portal.submissions.set(published.caseId, sent)
      await applyFact(at.office, submittedFact(sent))
    }
    const down = { ok: false, code: 'network', status: 0, extra: {} } as const
    const blob: typeof portal.blob = async (caseId, ...rest) =>
      caseId === lost.caseId ? down : portal.blob(caseId, ...rest)
    assert.equal(await fetchSubmissions(at.office, { ...portal, blob }, never), 'done')
    assert.deepEqual(await stateOf(lost.caseId), ['quarantined', 'quarantined'])
    assert.deepEqual(await stateOf(other.caseId), ['received', 'received'])
  })

  test('after the commit, the acknowledgement is sent until it gets through', async () => {
    const published = await publishedCase(at.office)
    const sent = await sendSubmission(at, published)
    portal.submissions.set(published.caseId, sent)
    await applyFact(at.office, submittedFact(sent))
    const down = { ok: false, code: 'network', status: 0, extra: {} } as const
    await fetchSubmissions(at.office, { ...portal, acknowledge: async () => down }, never)
    const before = portal.acknowledged.length
    await fetchSubmissions(at.office, portal, never)
    assert.equal(portal.acknowledged.length, before + 1)
  })
})

describe('the inbox', () => {
  const call = async (method: 'GET' | 'POST', path: string, payload?: object) => {
    const url = `/api/v1/inbox/${path}`
    const answer = await at.app.inject({
      method,
      url,
      headers: at.asCore,
      ...(payload && { payload }),
    })
    return { status: answer.statusCode, answer }
  }

  test('assigns, accepts once, and keeps what was accepted readable', async () => {
    const published = await publishedCase(at.office)
    await arrive(await sendSubmission(at, published))
    const { caseId } = published
    const assigned = await call('POST', `${caseId}/assign`, { to: 'Frau Beispiel' })
    assert.equal(assigned.answer.json().assignedTo, 'Frau Beispiel')
    const accepted = await call('POST', `${caseId}/state`, { state: 'accepted' })
    assert.equal(accepted.answer.json().state, 'accepted')
    const again = await call('POST', `${caseId}/state`, { state: 'accepted' })
    assert.equal(again.answer.json().code, 'action.notAllowed')
    const list = await at.app.inject({ url: '/api/v1/inbox?state=accepted', headers: at.asCore })
    assert.ok(list.json().items.some((item: { caseId: string }) => item.caseId === caseId))
  })

  test('exports files whose digests fit, and no other file', async () => {
    const published = await publishedCase(at.office)
    await arrive(await sendSubmission(at, published, { documents: [pdf('eins')] }))
    const { caseId } = published
    const { files } = (await call('GET', `${caseId}/export`)).answer.json()
    const paths = files.map(({ path }: { path: string }) => path)
    assert.deepEqual(paths, [
      'data.json',
      'summary.txt',
      'receipt.json',
      'dokument-01-bescheid-1.pdf',
    ])
    for (const { path, sha256, size } of files) {
      const { answer } = await call('GET', `${caseId}/export/files/${path}`)
      assert.equal(await sha256Hex(answer.rawPayload), sha256, path)
      assert.equal(answer.rawPayload.length, size)
      assert.match(String(answer.headers['content-disposition']), /^attachment/)
      assert.match(String(answer.headers['content-security-policy']), /sandbox/)
    }
    for (const path of ['nix.json', '..%2f..%2fcli-token', '%2e%2e', 'data.json%00']) {
      const { status } = await call('GET', `${caseId}/export/files/${path}`)
      assert.ok(status === 404 || status === 400, path)
    }
  })

  test('shows what differs from the prefill', async () => {
    const published = await publishedCase(at.office, {
      formId: 'familienversicherung',
      prefill: { mitglied_vorname: 'Mia', mitglied_name: 'Muster' },
    })
    const answers = { mitglied_vorname: 'Mia', mitglied_name: 'Meier', familienstand: 'ledig' }
    await arrive(await sendSubmission(at, published, { answers }))
    const item = (await call('GET', published.caseId)).answer.json()
    assert.equal(item.changes, 1)
    const changed = item.sections
      .flatMap(({ answers }: { answers: { changed: boolean }[] }) => answers)
      .filter(({ changed }: { changed: boolean }) => changed)
    assert.deepEqual(
      changed.map(({ label, known, value }: Record<string, string>) => [label, known, value]),
      [['Ihr Nachname', 'Muster', 'Meier']],
    )
  })
})

describe('documents that were not scanned', () => {
  test('cannot be opened or exported outside the demonstration', async () => {
    await using real = await openTestOffice({ demo: false })
    const strict = standInPortal(real.office.secrets.receiptKey)
    const published = await publishedCase(real.office)
    const sent = await sendSubmission(real, published, { documents: [pdf('eins')] })
    strict.submissions.set(published.caseId, sent)
    await applyFact(real.office, submittedFact(sent))
    await fetchSubmissions(real.office, strict, never)
    const base = `/api/v1/inbox/${published.caseId}`
    const id = [...sent.blobs.keys()][1]
    for (const url of [
      `${base}/documents/${id}`,
      `${base}/export`,
      `${base}/export/files/data.json`,
    ]) {
      const answer = await real.app.inject({ url, headers: real.asCore })
      assert.deepEqual([answer.statusCode, answer.json().code], [403, 'document.unscanned'], url)
    }
    const item = await real.app.inject({ url: base, headers: real.asCore })
    assert.equal(item.json().documentsOpen, false)
  })
})
