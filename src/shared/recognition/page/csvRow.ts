/**
 * A row of CSV as RFC 4180 has it, without its end. A text that a spreadsheet would take for a formula gets an apostrophe; what
 * is a number stays one.
 */
export function csvRow(values: readonly (string | number)[]): string {
  return values.map(fieldOf).join(',')
}

function fieldOf(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const isNumber = /^[-+]?[0-9.,]+$/.test(value)
  const text = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
