import { findComponents } from '../../../shared/image/components'
import type { Raster } from '../../../shared/image/raster'
import type { FoundCharacter } from '../page/cutPage'
import { mapFourPlaces, type Place } from '../page/homography'
import { findPageInk } from '../page/pageInk'
import { warpPicture } from '../page/warpPicture'
import { findMarkers } from './findMarkers'
import { readCode, type SheetContent } from './sheetCode'
import { cellAt, codeSquare, markerMiddles, sheetSize } from './sheetLayout'

/** A sheet that was filled in, seen from above. */
export interface ReadSheet extends Pick<SheetContent, 'page' | 'pages'> {
  readonly sheet: Raster
  /** What was written; boxes that were left empty are not among them. */
  readonly characters: readonly (FoundCharacter & { readonly label: string })[]
}

const pixelsPerMm = 8
/** Of a module of the code several pixels, and room around it, as readers of codes want it. */
const code = { pixelsPerMm: 14, margin: 3 } as const
/** Inside of a printed box, so that its line is left out where the paper was not flat. */
const insetMm = 0.7

/** Finds a sheet of Longhand's in a picture by its markers, whichever way up; null where there is none. @param page dark on light */
export function readSheet(page: Raster): ReadSheet | null {
  const corners = findMarkers(page)
  if (corners === null) return null
  for (let turn = 0; turn < 4; turn++) {
    const turned = corners.map((_, at) => corners[(at + turn) % 4] ?? { x: 0, y: 0 })
    const content = readCodeAt(page, turned)
    if (content === null) continue
    const sheet = flatten(page, turned, { x: 0, y: 0, ...sheetSize }, pixelsPerMm)
    if (sheet)
      return {
        page: content.page,
        pages: content.pages,
        sheet,
        characters: findWritten(sheet, content.labels),
      }
  }
  return null
}

function readCodeAt(page: Raster, corners: readonly Place[]): SheetContent | null {
  const side = codeSquare.side + 2 * code.margin
  const area = { x: codeSquare.x - code.margin, y: codeSquare.y - code.margin, width: side, height: side }
  const picture = flatten(page, corners, area, code.pixelsPerMm)
  return picture && readCode(picture)
}

/** A part of the sheet, in millimetres, as it is on the paper. @param corners the markers in the picture */
function flatten(
  page: Raster,
  corners: readonly Place[],
  area: { x: number; y: number; width: number; height: number },
  scale: number,
): Raster | null {
  const onSheet = markerMiddles.map(({ x, y }) => ({ x: (x - area.x) * scale, y: (y - area.y) * scale }))
  const toPage = mapFourPlaces(onSheet, corners)
  return toPage && warpPicture(page, toPage, Math.round(area.width * scale), Math.round(area.height * scale))
}

function findWritten(sheet: Raster, labels: readonly string[]): ReadSheet['characters'] {
  const { mask, strokeWidth } = findPageInk(sheet)
  const { list } = findComponents(mask, sheet.width, sheet.height)
  const strokes = list.filter(({ area }) => area >= Math.max(6, 0.4 * strokeWidth ** 2))
  return labels.flatMap((label, index) => {
    const { row, column, box } = cellAt(index)
    const [left, top] = [(box.x + insetMm) * pixelsPerMm, (box.y + insetMm) * pixelsPerMm]
    const side = (box.side - 2 * insetMm) * pixelsPerMm
    const inside = strokes.filter(({ left: from, right, top: upper, bottom }) => {
      const [x, y] = [(from + right) / 2, (upper + bottom) / 2]
      const isLine =
        right - from > 1.03 * (side + 2 * insetMm * pixelsPerMm) ||
        bottom - upper > 1.03 * (side + 2 * insetMm * pixelsPerMm)
      return !isLine && x > left && y > top && x < left + side && y < top + side
    })
    if (inside.length === 0) return []
    const x = Math.max(0, Math.min(...inside.map((piece) => piece.left)))
    const y = Math.max(0, Math.min(...inside.map((piece) => piece.top)))
    const right = Math.max(...inside.map((piece) => piece.right))
    const bottom = Math.max(...inside.map((piece) => piece.bottom))
    const within = x >= left && y >= top && right <= left + side && bottom <= top + side
    const size = { width: right - x, height: bottom - y }
    return [{ x, y, ...size, row, column, label, confidence: within ? 1 : 0.6 }]
  })
}
