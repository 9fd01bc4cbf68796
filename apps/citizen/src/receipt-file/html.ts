// Writes a saved receipt as one HTML file that needs nothing else: readable offline, printable, checkable.
import { BERLIN, calendarDateIn, formatGerman } from '@einmal-pin/domain/calendar-date'
import type { Disclosure } from '@einmal-pin/vault/disclosure'
import type { Manifest, ManifestBlob } from '@einmal-pin/vault/manifest'
import type { CopySection, ReadableCopy } from './readable-copy.ts'
import { dataBlock } from './saved-receipt.ts'

/*
 * The check writes the file anew from its data and compares the two, so this must give the same bytes in every browser
 * and in years to come: numbers and dates are written by hand, and a change here needs a new RECEIPT_FORMAT.
 */

const STYLE = `
body{margin:0;background:#fff;color:#12201f;font:1rem/1.5 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem;overflow-wrap:anywhere;hyphens:auto}
h1{font-size:min(1.75rem,7vw);line-height:1.25;margin:0 0 1rem}
h2{font-size:1.25rem;margin:2rem 0 .5rem}
h3{font-size:1.05rem;margin:1.5rem 0 .25rem}
dl{margin:0}
dl div{padding:.4rem 0;border-bottom:1px solid #c8d3d2;break-inside:avoid}
dt{color:#42504f}
dd{margin:0;white-space:pre-wrap}
.facts dd{font-weight:600}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{text-align:start;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #c8d3d2}
code{font:.85rem/1.4 ui-monospace,monospace}
@media print{main{padding:0}}
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const safe = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

/** "27.11.2026, 14:05:09", Berlin's time. */
function momentOf(instant: string): string {
  const at = new Date(instant)
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{
      timeZone: BERLIN,
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    },
  }).formatToParts(at)
  const two = (type: string) => parts.find((part) => part.type === type)?.value.padStart(2, '0')
  const day = formatGerman(calendarDateIn(BERLIN, at))
  return `${day}, ${two('hour')}:${two('minute')}:${two('second')}`
}

/** "1.234.567 Byte": exact, since it is compared with a file. */
const bytesOf = (size: number): string => `${String(size).replace(/\B(?=(?:\d{3})+$)/g, '.')} Byte`

const pair = (label: string, text: string): string =>
  `<div><dt>${safe(label)}</dt><dd>${safe(text)}</dd></div>`

const section = ({ title, rows }: CopySection): string =>
  `<h3>${safe(title)}</h3>\n<dl>${rows.map(({ label, text }) => pair(label, text)).join('\n')}</dl>`

const documentRow = ({ name, size, sha256 }: ManifestBlob): string =>
  `<tr><td>${safe(name)}</td><td>${bytesOf(size)}</td><td><code>${safe(sha256)}</code></td></tr>`

function documents({ labels }: ReadableCopy, blobs: readonly ManifestBlob[]): string {
  if (blobs.length === 0) return `<p>${safe(labels.noDocuments)}</p>`
  const head = [labels.name, labels.size, labels.fingerprint]
    .map((text) => `<th scope="col">${safe(text)}</th>`)
    .join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${blobs.map(documentRow).join('\n')}</tbody></table>`
}

/** The whole file. The same arguments give the same text, always. */
export function receiptHtml(
  disclosure: Disclosure,
  copy: ReadableCopy,
  manifest: Manifest,
): string {
  const { receipt } = disclosure
  const { labels } = copy
  const heading = `${labels.heading} ${receipt.receiptNumber}`
  const sent = manifest.blobs.filter(({ kind }) => kind === 'document')
  return `<!doctype html>
<html lang="${safe(copy.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${safe(labels.heading)}</h1>
<dl class="facts">
${pair(labels.number, receipt.receiptNumber)}
${pair(labels.received, `${momentOf(receipt.receivedAt)} ${labels.clock}`.trim())}
${pair(labels.insurer, copy.insurer)}
${pair(labels.case, `${copy.title}, ${copy.caseRef}`)}
</dl>
<h2>${safe(labels.answers)}</h2>
${copy.sections.map(section).join('\n')}
<h2>${safe(labels.documents)}</h2>
${documents(copy, sent)}
<h2>${safe(labels.check)}</h2>
<p>${safe(labels.checkText)}</p>
<dl>
${pair(labels.submission, receipt.manifestSha256)}
${pair(labels.key, receipt.keyId)}
${pair(labels.signature, receipt.signature)}
</dl>
</main>
${dataBlock(disclosure)}
</body>
</html>
`
}
