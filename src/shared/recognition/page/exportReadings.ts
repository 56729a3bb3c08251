import { csvRow } from './csvRow'
import { textOf, type ReadDocument } from './readDocument'

/** A row for each line of each picture; `probability` is that of its least sure character. */
export function readingsAsCsv(documents: readonly ReadDocument[]): string {
  const rows = documents.flatMap(({ file, lines }) =>
    lines.map(({ text, characters, fits }, at) => {
      const least = Math.min(1, ...characters.map(({ probability }) => probability))
      const doubtful = characters.filter(({ sure }) => !sure).length
      return csvRow([file, at + 1, text, least.toFixed(3), doubtful, fits ? 'yes' : 'no'])
    }),
  )
  return [csvRow(['file', 'line', 'text', 'probability', 'doubtful', 'fits']), ...rows]
    .map((row) => `${row}\r\n`)
    .join('')
}

/** Everything that is known of each picture. */
export function readingsAsJson(documents: readonly ReadDocument[]): string {
  return `${JSON.stringify(documents, null, 2)}\n`
}

/** The lines alone; where there are several pictures, each under its name. */
export function readingsAsText(documents: readonly ReadDocument[]): string {
  const [only] = documents
  if (only && documents.length === 1) return `${textOf(only)}\n`
  return documents.map((document) => `${document.file}\n\n${textOf(document)}\n`).join('\n')
}
