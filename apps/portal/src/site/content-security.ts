// The Content-Security-Policy of each page: nothing inline but the page's own start script, known by its hash.
import { utf8 } from '@einmal-pin/vault/bytes'
import { contentDigestOf, sha256 } from '@einmal-pin/vault/digest'

// The style attribute of the framework's route announcer (findings.md 4.2.6); a test compares it with the built app.
const ANNOUNCER_STYLE = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"

/** The framework's two policies, and the one that lets only the vault's worker be started. */
const TRUSTED_TYPES = 'svelte-trusted-html sveltekit-trusted-url einmal-pin-worker'

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi

/** CSP source expressions of the inline scripts of a page, in their order. */
export async function inlineScriptHashes(html: string): Promise<readonly string[]> {
  const scripts = Array.from(html.matchAll(INLINE_SCRIPT), ([, script = '']) => script)
  return await Promise.all(scripts.map(hashSource))
}

/** The CSP source expression of a script or style with exactly this text. */
export async function hashSource(text: string): Promise<string> {
  // The same base64 that a Content-Digest carries between its colons.
  const [, base64] = contentDigestOf(await sha256(utf8(text))).split(':')
  return `'sha256-${base64}'`
}

export type PageKind = {
  readonly scriptHashes: readonly string[]
  /** It has a form that is sent without JavaScript. */
  readonly sendsForm: boolean
  readonly playsFilm: boolean
}

/** What the page itself contains decides what it may do. */
export async function pageKindOf(html: string): Promise<PageKind> {
  return {
    scriptHashes: await inlineScriptHashes(html),
    sendsForm: /<form[^>]*\saction="\//i.test(html),
    playsFilm: /<video[\s>]/i.test(html),
  }
}

export function pagePolicy({ scriptHashes, sendsForm, playsFilm }: PageKind): string {
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scriptHashes].join(' '),
    "style-src 'self'",
    `style-src-attr 'unsafe-hashes' ${ANNOUNCER_STYLE}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    sendsForm ? "form-action 'self'" : "form-action 'none'",
    ...(playsFilm ? ["media-src 'self'"] : []),
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES}`,
  ].join('; ')
}

/** Scripts bring the policy of the worker that they may become: its own code and WASM, its own origin, nothing else. */
export const SCRIPT_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For everything that is no page and no script, answers of the API included. */
export const EMPTY_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
