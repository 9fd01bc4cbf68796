// A small form that uses every kind of block; for tests of the engine.
import type { Field, FormDefinition, LText } from './definition.ts'

const text = (de: string): LText => ({ de, 'de-simple': `${de}.`, en: `${de} (en)` })

function field(key: string, type: 'text' | 'yesno' | 'date' | 'proof', more: object = {}): Field {
  return { kind: 'field', key, type, label: text(key), ...more } as Field
}

export const TINY: FormDefinition = {
  schema: 'einmal-pin/form/1',
  id: 'klein',
  version: '1.0.0',
  schriftform: false,
  title: text('Klein'),
  purpose: text('Zum Prüfen'),
  legalBasis: text('§ 0'),
  pages: [
    {
      id: 'eins',
      title: text('Eins'),
      purpose: text('Zweck'),
      legalBasis: text('§ 1'),
      blocks: [
        field('aktenzeichen', 'text', { readonly: true }),
        field('name', 'text', { required: true, prefillable: true }),
        field('hund', 'yesno', { required: true }),
        {
          kind: 'group',
          id: 'tier',
          title: text('Tier'),
          when: { eq: ['hund', 'ja'] },
          blocks: [
            field('rasse', 'text', { required: true }),
            field('pass', 'proof', { required: true, when: { filled: 'rasse' } }),
            { kind: 'info', id: 'leine', tone: 'note', text: text('Leine') },
          ],
        },
      ],
    },
    {
      id: 'zwei',
      title: text('Zwei'),
      purpose: text('Zweck'),
      legalBasis: text('§ 2'),
      when: { filled: 'rasse' },
      blocks: [
        {
          kind: 'repeat',
          key: 'welpen',
          title: text('Welpen'),
          item: text('Welpe {n}'),
          add: text('Noch einer'),
          nameFrom: ['rufname'],
          min: 1,
          max: 3,
          prefillable: true,
          paging: 'own',
          blocks: [
            field('rufname', 'text', { required: true, prefillable: true }),
            field('geboren', 'date', { required: true, notAfter: { today: true } }),
            field('bleibt', 'yesno', { required: true, when: { known: true } }),
            field('wohin', 'text', {
              when: { any: [{ eq: ['./bleibt', 'nein'] }, { known: false }] },
            }),
          ],
        },
      ],
    },
    {
      id: 'drei',
      title: text('Drei'),
      purpose: text('Zweck'),
      legalBasis: text('§ 3'),
      blocks: [field('bemerkung', 'text', { minLength: 3 })],
    },
  ],
  checks: [
    {
      id: 'gleich',
      level: 'warning',
      at: './rufname',
      each: ['welpen'],
      when: { twice: ['welpen'], by: ['rufname'] },
      message: text('Zweimal'),
    },
    {
      id: 'jung',
      level: 'error',
      at: './geboren',
      each: ['welpen'],
      when: { gte: ['./geboren', { parameter: 'stichtag', at: ['today'] }] },
      message: text('Zu jung, erst ab {tag}'),
      values: { tag: { of: { parameter: 'stichtag', at: ['today'] }, as: 'date' } },
    },
  ],
  parameters: [
    {
      id: 'stichtag',
      values: [
        { from: '2025-01-01', value: '2025-06-01' },
        { from: '2026-01-01', value: '2026-06-01' },
      ],
    },
  ],
}
