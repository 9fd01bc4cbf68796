// Valid HTML: every page as it was built, in every language, for citizens and clerks.
import { expect, test } from './support/browser.ts'
import { builtFiles } from './support/built-pages.ts'
import { findingsInFile } from './support/markup.ts'

for (const app of ['citizen', 'clerk'] as const) {
  test(`every built page of the ${app}'s app is valid`, async () => {
    const files = builtFiles(app)
    expect(files.length).toBeGreaterThan(5)
    for (const [name, text] of files) expect(await findingsInFile(text), name).toEqual([])
  })
}

test('a page without a title, with an id twice and a misplaced list item is found', async () => {
  const text =
    '<!doctype html><html lang="de"><head></head><body><p id="a"></p><p id="a"></p><div><li></li></div></body></html>'
  const found = (await findingsInFile(text)).join('\n')
  for (const rule of ['element-required-content', 'element-permitted-parent', 'no-dup-id']) {
    expect(found).toContain(rule)
  }
})
