/** Rows that the layout of a file is told by. */
export const probedRows = 256

/** Where label and pixels stand in the rows of a file. */
export interface CsvLayout {
  readonly label: 'first' | 'last'
  /** Of a square picture. */
  readonly side: number
  /** What a pixel is multiplied by: 255 where they all lie in 0..1. */
  readonly scale: 1 | 255
}

const labelName = /^(label|labels|class|target|digit|letter|character|y)$/i
const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i

/** Whether a field can be a pixel; Number() alone would take '' and '0x10' too. */
export const isNumber = (field: string): boolean => number.test(field)

/** The delimiter of a line: the one of the three that stands in it most often. */
export function findDelimiter(line: string): string {
  const count = (delimiter: string): number => line.split(delimiter).length
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best))
}

/** A row of names begins the file: more than its label is no number. */
export function isHeader(fields: readonly string[]): boolean {
  return fields.filter((field) => !isNumber(field)).length > 1
}

/**
 * @param header the row of names, or null
 * @param rows the first rows, of as many fields each
 * @returns what is wrong, in words, where the rows are none of a label and a square of pixels
 */
export function findLayout(header: readonly string[] | null, rows: readonly string[][]): CsvLayout | string {
  const pixels = (rows[0]?.length ?? 0) - 1
  const side = Math.round(Math.sqrt(pixels))
  if (pixels < 1 || side * side !== pixels) {
    return `${pixels} pixels beside the label make no square`
  }
  const label = findLabel(header, rows)
  const from = label === 'first' ? 1 : 0
  let most = 0
  for (const row of rows) {
    for (let at = from; at < from + pixels; at++) most = Math.max(most, Number(row[at]))
  }
  return { label, side, scale: most > 0 && most <= 1 ? 255 : 1 }
}

/**
 * By its name; else it is the column that is no number; else the only one of the two outer columns whose value changes, as a
 * corner of a picture hardly does; else the first, as in most files.
 */
function findLabel(header: readonly string[] | null, rows: readonly string[][]): 'first' | 'last' {
  if (labelName.test(header?.[0]?.trim() ?? '')) return 'first'
  if (labelName.test(header?.at(-1)?.trim() ?? '')) return 'last'
  if (rows.some((row) => !isNumber(row[0] ?? ''))) return 'first'
  if (rows.some((row) => !isNumber(row.at(-1) ?? ''))) return 'last'
  const values = (at: number): number => new Set(rows.map((row) => row.at(at))).size
  return values(0) === 1 && values(-1) > 1 ? 'last' : 'first'
}
