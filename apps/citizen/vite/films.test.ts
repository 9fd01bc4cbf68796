// Films as an insurer lays them down: complete, or the build says what is missing.
import assert from 'node:assert/strict'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readCaptions, writeCaptions } from './captions.ts'
import { findFilm } from './films.ts'
import { TextProblem } from './page-texts.ts'

const folder = await mkdtemp(join(tmpdir(), 'ep-films-'))
after(() => rm(folder, { recursive: true }))
const put = (name: string, text: string) => writeFile(join(folder, name), text)
const slip = (expected: RegExp) => (error: unknown) =>
  error instanceof TextProblem && expected.test(error.message)

const CUES = [
  { start: 0, end: 4.5, text: 'Öffnen Sie die Seite.' },
  { start: 61.25, end: 3725.1, text: 'Drücken Sie auf „Absenden“.' },
]

test('captions that are written are read again', () => {
  assert.deepEqual(readCaptions(writeCaptions(CUES)), CUES)
})

test('captions of other tools are read, and slips are named', () => {
  const foreign =
    '\uFEFFWEBVTT - Titel\r\n\r\nNOTE Hinweis\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000 line:80%\r\n<v Anna>Guten\r\nTag\r\n'
  assert.deepEqual(readCaptions(foreign), [{ start: 1, end: 2, text: 'Guten Tag' }])
  for (const [text, expected] of [
    ['', /WEBVTT/],
    ['WEBVTT', /no captions/],
    ['WEBVTT\n\n00:01 --> 00:02\nx', /not a caption: "00:01/],
    ['WEBVTT\n\n00:02.000 --> 00:01.000\nx', /out of order/],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\n', /not a caption/],
  ] as const) {
    const read = readCaptions(text)
    assert.ok(typeof read === 'string' && expected.test(read), text)
  }
})

test('a film appears with its file, never without captions, and in every language in words', async () => {
  assert.equal(findFilm(folder, 'gebaerdensprache'), undefined)
  await put('gebaerdensprache.mp4', 'film')
  assert.throws(
    () => findFilm(folder, 'gebaerdensprache'),
    slip(/gebaerdensprache\.de\.vtt: missing/),
  )
  await put('gebaerdensprache.de.vtt', 'Untertitel')
  assert.throws(() => findFilm(folder, 'gebaerdensprache'), slip(/WEBVTT/))
  await put('gebaerdensprache.de.vtt', writeCaptions(CUES.slice(0, 1)))
  await put('gebaerdensprache.en.txt', 'One.\n\nTwo,\nstill two.\n')
  const film = findFilm(folder, 'gebaerdensprache')
  assert.deepEqual(film, {
    sources: [{ path: join(folder, 'gebaerdensprache.mp4'), type: 'video/mp4', bytes: 4 }],
    captions: [{ path: join(folder, 'gebaerdensprache.de.vtt'), locale: 'de' }],
    transcript: {
      de: { language: 'de', lines: ['Öffnen Sie die Seite.'] },
      'de-simple': { language: 'de', lines: ['Öffnen Sie die Seite.'] },
      en: { language: 'en', lines: ['One.', 'Two,\nstill two.'] },
    },
    seconds: 5,
  })
  await truncate(join(folder, 'gebaerdensprache.mp4'), 65 * 1024 * 1024)
  assert.throws(() => findFilm(folder, 'gebaerdensprache'), slip(/at most 64 MB/))
})

test('the film of the product has captions and words of its own in every language', () => {
  const film = findFilm(join(import.meta.dirname, '../media'), 'rundgang')
  assert.equal(film?.captions.length, 3)
  assert.ok(film.seconds >= 50 && film.seconds <= 120, String(film.seconds))
  assert.notDeepEqual(film.transcript['de'], film.transcript['de-simple'])
})
