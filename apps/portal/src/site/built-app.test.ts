// The built citizen app fits the policies that it is served with; skipped where nothing is built yet.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { hashSource } from './content-security.ts'
import { loadSite } from './load-site.ts'

const BUILD = join(import.meta.dirname, '../../../citizen/build')
const skip = existsSync(join(BUILD, 'index.html')) ? false : 'the citizen app is not built'

describe('the built app', { skip }, () => {
  test('announces new pages with exactly the style that the policy allows', async () => {
    const { files } = await loadSite(BUILD)
    const scripts = [...files].filter(([path]) => path.endsWith('.js'))
    const styles = scripts.flatMap(([, { body }]) =>
      Array.from(
        body.toString('utf8').matchAll(/svelte-announcer"[^>]*style="([^"]*)"/g),
        ([, style = '']) => style,
      ),
    )
    assert.ok(styles.length > 0)
    const policy = files.get('/')?.policy ?? ''
    for (const style of styles) assert.ok(policy.includes(await hashSource(style)))
  })

  test('has no inline style and no inline handler on any page', async () => {
    const { files } = await loadSite(BUILD)
    for (const [path, { type, body }] of files) {
      if (!type.startsWith('text/html')) continue
      const markup = body.toString('utf8').replaceAll(/<script[\s\S]*?<\/script>/gi, '')
      assert.doesNotMatch(markup, /<style|\sstyle=|\son[a-z]+=|javascript:/i, path)
    }
  })

  test('names no other host in its pages', async () => {
    const { files } = await loadSite(BUILD)
    for (const [path, { type, body }] of files) {
      if (!type.startsWith('text/html')) continue
      assert.doesNotMatch(
        body.toString('utf8'),
        /\b(?:src|href)="(?:https?:)?\/\/[^"]*\.(?:js|css|woff2)/i,
        path,
      )
    }
  })
})
