/** Where the cells of a grid lie. Lengths are CSS pixels; cells are numbered row by row. */
export interface GridLayout {
  readonly total: number
  readonly columns: number
  readonly rows: number
  readonly cellWidthPx: number
  readonly cellHeightPx: number
  /** Left of the first column, so that the columns stand in the middle. */
  readonly leftPx: number
  readonly heightPx: number
}

/** Widths of a cell, from dots to large. */
export const zoomLevels = [10, 16, 24, 36, 56, 80, 112, 160] as const
/** From this width on, a cell has its label under its picture. */
const labelledFromPx = 48
const labelHeightPx = 18

export function layOutGrid(total: number, widthPx: number, cellWidthPx: number): GridLayout {
  const columns = Math.max(1, Math.floor(widthPx / cellWidthPx))
  const rows = Math.ceil(total / columns)
  const cellHeightPx = cellWidthPx + (cellWidthPx >= labelledFromPx ? labelHeightPx : 0)
  const leftPx = Math.max(0, Math.floor((widthPx - columns * cellWidthPx) / 2))
  return { total, columns, rows, cellWidthPx, cellHeightPx, leftPx, heightPx: rows * cellHeightPx }
}

/** Height of a cell's label; 0 where the cells are too small for one. */
export function labelHeight(layout: GridLayout): number {
  return layout.cellHeightPx - layout.cellWidthPx
}

/** Top left corner of a cell, from the top left of the grid's content. */
export function cellPlace(layout: GridLayout, index: number): { readonly x: number; readonly y: number } {
  const row = Math.floor(index / layout.columns)
  return { x: layout.leftPx + (index % layout.columns) * layout.cellWidthPx, y: row * layout.cellHeightPx }
}

/** The cell at a point of the content; null beside the cells. */
export function cellAt(layout: GridLayout, x: number, y: number): number | null {
  const column = Math.floor((x - layout.leftPx) / layout.cellWidthPx)
  const row = Math.floor(y / layout.cellHeightPx)
  if (column < 0 || column >= layout.columns || row < 0) return null
  const index = row * layout.columns + column
  return index < layout.total ? index : null
}

/** First row that shows, and the one after the last, of the content from `topPx` on. */
export function visibleRows(
  layout: GridLayout,
  topPx: number,
  viewHeightPx: number,
): readonly [number, number] {
  const first = Math.min(layout.rows, Math.max(0, Math.floor(topPx / layout.cellHeightPx)))
  const end = Math.min(layout.rows, Math.ceil((topPx + viewHeightPx) / layout.cellHeightPx))
  return [first, Math.max(first, end)]
}

/** From where the content has to be shown for a cell to be seen whole, as near to `topPx` as can be. */
export function topToShow(layout: GridLayout, index: number, topPx: number, viewHeightPx: number): number {
  const { y } = cellPlace(layout, index)
  return Math.max(Math.min(topPx, y), y + layout.cellHeightPx - viewHeightPx)
}
