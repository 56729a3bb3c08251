import type { InkBounds } from '../../../../shared/ink/bounds'

/** A piece of ink of a line: what hangs together, or a stretch of it. Coordinates are the straightened page's pixels. */
export interface PagePiece {
  /** Counts the page's pieces from 1; `owner` holds it where the piece is. */
  readonly id: number
  readonly bounds: InkBounds
  /** As if the writing stood upright: what leans over its neighbour does not overlap it here. */
  readonly uprightBounds: InkBounds
  readonly area: number
  /** Whether it goes on what the piece before it began. */
  readonly isCut: boolean
  /** From the middle of its highest row to the middle of its lowest one. */
  readonly across: readonly [number, number]
}

/** A line of writing, taken apart further than it needs to be, from left to right. */
export interface PieceLine {
  readonly pieces: readonly PagePiece[]
}

/** A straightened page, taken apart. */
export interface PagePieces {
  /** How much darker each pixel is than the paper; see inkLevels.ts. */
  readonly levels: { readonly width: number; readonly height: number; readonly pixels: Uint8Array }
  readonly strokeWidth: number
  /** `[height, width]`: the piece that a pixel is of; 0 for none. */
  readonly owner: Int32Array
  /** From the top. */
  readonly lines: readonly PieceLine[]
}
