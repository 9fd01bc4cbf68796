// The static app as served: pages, languages, compression, caching, policies, and no way out of the folder.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { startTestPortal } from '../testing/test-portal.ts'
import { inlineScriptHashes } from './content-security.ts'
import { loadSite } from './load-site.ts'

const page = (text: string) =>
  `<!doctype html><script src="/a.js"></script><script>start("${text}")</script><p>${text}</p>`
const script = 'export const x = 1\n'.repeat(50)

const FILES: Readonly<Record<string, string | Buffer>> = {
  'index.html': `${page('Start')}<form method="post" action="/api/v1/feedback"></form>`,
  'film.html': `${page('Film')}<video controls></video>`,
  'film.webm': Buffer.from('0123456789'),
  'anmelden.html': page('Anmelden'),
  'vorgang/index.html': page('Vorgang'),
  'en/index.html': page('Home'),
  'en/anmelden.html': page('Log in'),
  '404.html': page('Nicht gefunden'),
  'en/404.html': page('Not found'),
  '_app/immutable/app.abc.js': script,
  '_app/immutable/app.abc.js.br': brotliCompressSync(script),
  '_app/immutable/app.abc.js.gz': gzipSync(script),
  'favicon.svg': '<svg/>',
  'notes.sql': 'select 1',
}

let directory = ''
let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ep-site-'))
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
  portal = await startTestPortal({ site: await loadSite(directory) })
})
after(async () => {
  await portal.close()
  await rm(directory, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${portal.origin}${path}`, { redirect: 'manual', headers, method })

describe('pages', () => {
  for (const [path, text] of [
    ['/', 'Start'],
    ['/anmelden', 'Anmelden'],
    ['/anmelden?x=1', 'Anmelden'],
    ['/vorgang', 'Vorgang'],
    ['/en', 'Home'],
    ['/en/anmelden', 'Log in'],
  ] as const) {
    test(`${path} is served as HTML that is asked for anew`, async () => {
      const response = await get(path)
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
      assert.equal(response.headers.get('cache-control'), 'no-cache')
      assert.match(await response.text(), new RegExp(`<p>${text}</p>`))
    })
  }

  test('with a trailing slash lead to the one without, and nowhere else', async () => {
    const response = await get('/anmelden/?a=b')
    assert.equal(response.status, 308)
    assert.equal(response.headers.get('location'), '/anmelden?a=b')
    assert.equal((await get('//evil.example/')).status, 404)
    assert.equal((await get('/nirgends/')).status, 404)
  })

  test('that do not exist are 404 in the language of the path', async () => {
    for (const [path, text] of [
      ['/gibt-es-nicht', 'Nicht gefunden'],
      ['/en/nothing', 'Not found'],
      ['/enormous', 'Nicht gefunden'],
      ['/404', 'Nicht gefunden'],
    ] as const) {
      const response = await get(path)
      assert.equal(response.status, 404)
      assert.match(await response.text(), new RegExp(text))
    }
  })

  test('are not confused with the API, whose unknown paths are problems', async () => {
    const response = await get('/api/v1/nothing')
    assert.equal(response.status, 404)
    assert.equal((await response.json()).code, 'route.unknown')
  })

  test('answer HEAD without a body', async () => {
    const response = await get('/', {}, 'HEAD')
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
  })
})

describe('policies', () => {
  test('each page allows its own inline script and no other', async () => {
    const [start, login] = [await get('/'), await get('/anmelden')]
    const policy = start.headers.get('content-security-policy') ?? ''
    const [hash] = await inlineScriptHashes(page('Start'))
    assert.ok(
      hash?.startsWith("'sha256-") &&
        policy.includes(`script-src 'self' 'wasm-unsafe-eval' ${hash};`),
    )
    assert.notEqual(policy, login.headers.get('content-security-policy'))
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      assert.ok(policy.includes(part), part)
    }
    assert.ok(!policy.includes('unsafe-inline') && !policy.includes("'unsafe-eval'"))
  })

  test('only a page with a form may send one, only a page with a film may play one', async () => {
    for (const [path, form, film, referrer] of [
      ['/', "form-action 'self'", false, 'same-origin'],
      ['/film', "form-action 'none'", true, 'no-referrer'],
      ['/anmelden', "form-action 'none'", false, 'no-referrer'],
    ] as const) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy') ?? ''
      assert.ok(policy.includes(form), path)
      assert.equal(policy.includes("media-src 'self'"), film, path)
      assert.equal(headers.get('referrer-policy'), referrer, path)
    }
  })

  test('security headers are on every answer, errors of the API included', async () => {
    for (const path of ['/', '/favicon.svg', '/nothing', '/api/v1/keys', '/api/v1/nothing']) {
      const { headers } = await get(path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.match(headers.get('referrer-policy') ?? '', /^(no-referrer|same-origin)$/)
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
      assert.match(headers.get('permissions-policy') ?? '', /camera=\(self\)/)
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=63072000/)
      assert.equal(headers.get('access-control-allow-origin'), null)
    }
  })
})

describe('files', () => {
  test('with a hash in their name are immutable and come as compressed by the build', async () => {
    for (const [accept, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const response = await get('/_app/immutable/app.abc.js', { 'accept-encoding': accept })
      assert.equal(response.headers.get('content-encoding'), encoding)
      assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
      assert.equal(response.headers.get('vary'), 'accept-encoding')
      assert.equal(await response.text(), script)
    }
  })

  test('of films come in pieces, as players ask for them', async () => {
    const whole = await get('/film.webm')
    const etag = whole.headers.get('etag') ?? ''
    assert.deepEqual(
      [whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')],
      [200, 'video/webm', 'bytes'],
    )
    for (const [range, condition, status, contentRange, text] of [
      ['bytes=2-4', '', 206, 'bytes 2-4/10', '234'],
      ['bytes=8-', etag, 206, 'bytes 8-9/10', '89'],
      ['bytes=8-', '"older"', 200, null, '0123456789'],
      ['bytes=10-', '', 416, 'bytes */10', ''],
      ['bytes=0-1,4-5', '', 200, null, '0123456789'],
    ] as const) {
      const part = await get('/film.webm', { range, ...(condition && { 'if-range': condition }) })
      assert.equal(part.status, status, range)
      assert.equal(part.headers.get('content-range'), contentRange, range)
      assert.equal(await part.text(), text, range)
    }
    const page = await get('/film', { range: 'bytes=0-1' })
    assert.equal(page.status, 200)
  })

  test('are not sent again to who has them', async () => {
    const etag = (await get('/anmelden')).headers.get('etag') ?? ''
    const response = await get('/anmelden', { 'if-none-match': etag })
    assert.equal(response.status, 304)
    assert.equal(await response.text(), '')
  })

  /** As it stands, without the tidying of a URL parser. */
  const rawStatus = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(portal.origin)
      httpRequest({ hostname, port, path }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })

  for (const path of [
    '/../site.test.ts',
    '/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/_app/..%5c..%5cx',
    '/anmelden.html',
    '/index.html',
    '/notes.sql',
    '/_app/immutable/app.abc.js.br',
    '/favicon.svg%00.html',
    '/_app/immutable',
  ]) {
    test(`${path} leads nowhere`, async () => {
      const status = await rawStatus(path)
      assert.ok(status === 404 || status === 400, String(status))
    })
  }
})

test('without a build the API still answers', async () => {
  const site = await loadSite(join(directory, 'missing'))
  assert.equal(site.files.size, 0)
})
