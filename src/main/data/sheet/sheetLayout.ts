/*
 * Where everything is on a printed sheet, in millimetres from the top left of an A4 page. What is filled in is read by the same
 * numbers, so that a change of them needs a new `version` in sheetCode.ts.
 */

export const sheetSize = { width: 210, height: 297 } as const

/** A dark square in a dark ring: nothing that is written looks so, from no side. */
export const marker = { outer: 10, ring: 1.6, inner: 4 } as const

/** The middles of the markers, clockwise from the top left. */
export const markerMiddles = [
  { x: 15, y: 15 },
  { x: 195, y: 15 },
  { x: 195, y: 282 },
  { x: 15, y: 282 },
] as const

export const codeSquare = { x: 152, y: 8, side: 32 } as const

const columns = 10
const rows = 10
export const cellsPerSheet = columns * rows
const grid = { x: 15, y: 46, width: 18, height: 22.6 } as const
/** Of a cell: what to write is printed above the box to write it in. */
const prompt = { x: 1, y: 0.6, height: 4.2 } as const
const box = { x: 0.8, y: 5.2, side: 16.4 } as const

export interface SheetCell {
  readonly row: number
  readonly column: number
  readonly prompt: { readonly x: number; readonly y: number; readonly height: number }
  readonly box: { readonly x: number; readonly y: number; readonly side: number }
}

/** The cell that the n-th character of a sheet is written in, row by row. */
export function cellAt(index: number): SheetCell {
  const column = index % columns
  const row = Math.floor(index / columns)
  const x = grid.x + column * grid.width
  const y = grid.y + row * grid.height
  return {
    row,
    column,
    prompt: { x: x + prompt.x, y: y + prompt.y, height: prompt.height },
    box: { x: x + box.x, y: y + box.y, side: box.side },
  }
}
