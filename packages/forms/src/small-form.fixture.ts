// The files of a small good form, written so that lines and columns can be counted by eye.

const DEFINITION = `{
  "schema": "einmal-pin/form/1",
  "id": "hund",
  "version": "1.0.0",
  "schriftform": false,
  "pages": [
    {
      "id": "tier",
      "blocks": [
        { "key": "hund", "type": "yesno", "required": true },
        { "key": "beine", "type": "int", "max": 4, "when": { "eq": ["hund", "ja"] } },
        { "key": "geboren", "type": "date", "when": { "eq": ["hund", "ja"] } },
        {
          "kind": "repeat", "key": "orte", "nameFrom": ["ort"], "min": 0, "max": 3, "paging": "inline",
          "blocks": [{ "key": "ort", "type": "text" }]
        },
        { "kind": "info", "id": "leine", "tone": "note", "when": { "term": "mit_hund" } }
      ]
    },
    {
      "id": "zuhause",
      "when": { "eq": ["hund", "ja"] },
      "blocks": [{ "key": "garten", "type": "choice", "options": ["gross", "klein"] }]
    }
  ],
  "terms": {
    "mit_hund": { "eq": ["hund", "ja"] }
  },
  "checks": [
    { "id": "jung", "level": "hint", "at": "geboren", "when": { "age": "geboren", "at": ["today"], "lt": 1 } }
  ]
}
`

const KEYS = [
  ...['form.title', 'form.purpose', 'form.legalBasis', 'page.tier.title', 'page.tier.purpose'],
  ...[
    'page.tier.legalBasis',
    'hund',
    'beine',
    'geboren',
    'orte',
    'orte.item',
    'orte.add',
    'orte.ort',
  ],
  ...['info.leine', 'page.zuhause.title', 'page.zuhause.purpose', 'page.zuhause.legalBasis'],
  ...['garten', 'garten.option.gross', 'garten.option.klein', 'check.jung'],
]

/** One text a line: the key with index n stands in line n + 2, column 3. */
const TEXTS = `{\n${KEYS.map((key) => `  "${key}": "Wort"`).join(',\n')}\n}\n`

export const smallForm = (): Map<string, string> =>
  new Map([
    ['definition.json', DEFINITION],
    ['texts.de.json', TEXTS],
    ['texts.de-simple.json', TEXTS],
    ['texts.en.json', TEXTS],
  ])
