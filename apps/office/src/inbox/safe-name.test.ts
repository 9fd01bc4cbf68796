// The promise about exported names: whatever somebody calls a file, it stays a plain name in the export's folder.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { documentFileName } from './safe-name.ts'

test('names stay readable, umlauts are written out', () => {
  const named = (name: string, type = 'application/pdf') => documentFileName(0, name, type)
  assert.equal(named('Rentenbescheid Müller.PDF'), 'dokument-01-rentenbescheid-mueller.pdf')
  assert.equal(named('../../etc/passwd'), 'dokument-01-etc-passwd.pdf')
  assert.equal(named('virus.exe', 'application/x-evil'), 'dokument-01-virus.bin')
  assert.equal(named('', 'image/jpeg'), 'dokument-01.jpg')
  assert.equal(named('😀.png', 'image/png'), 'dokument-01.png')
})

test('any name gives a short, harmless one, and two documents never share it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.nat({ max: 39 }),
      (name, index) => {
        const safe = documentFileName(index, name, 'image/png')
        assert.match(safe, /^dokument-\d{2}(-[a-z0-9]+)*\.png$/)
        assert.ok(safe.length <= 90)
        assert.notEqual(safe, documentFileName(index + 1, name, 'image/png'))
      },
    ),
  )
})
