// Makes a real PDF of one page with one line of text, as somebody would upload it.

const OBJECTS = (stream: string): readonly string[] => [
  '<</Type/Catalog/Pages 2 0 R>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
  `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
  '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
]

/** `text` in ASCII without parentheses. */
export function smallPdf(text: string): Buffer {
  let pdf = '%PDF-1.4\n'
  const offsets: number[] = []
  for (const [index, object] of OBJECTS(`BT /F 18 Tf 60 760 Td (${text}) Tj ET`).entries()) {
    offsets.push(pdf.length)
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = offsets.length + 1
  return Buffer.from(
    `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\n` +
      `startxref\n${pdf.length}\n%%EOF\n`,
    'latin1',
  )
}
