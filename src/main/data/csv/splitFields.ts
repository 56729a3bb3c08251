/**
 * The fields of one line of CSV (RFC 4180, without line ends inside of quotes): a field in double quotes may hold the
 * delimiter, and a doubled quote for one. Null where a quote is not closed.
 */
export function splitFields(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter)
  const fields: string[] = []
  for (let at = 0; ; at++) {
    let field = ''
    if (line[at] === '"') {
      for (at++; ; at++) {
        const end = line.indexOf('"', at)
        if (end < 0) return null
        field += line.slice(at, end)
        at = end + 1
        if (line[at] !== '"') break
        field += '"'
      }
    }
    const end = line.indexOf(delimiter, at)
    fields.push(field + line.slice(at, end < 0 ? undefined : end))
    if (end < 0) return fields
    at = end
  }
}
