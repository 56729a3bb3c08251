import type { Raster } from '../../../shared/image/raster'
import type { InkMask } from './markInk'
import { heightOf, widthOf, type PieceGroup } from './pieceGroup'

/** Of the usual character's longer side: what is wider is looked at, what is lower is a dash. */
const wide = 1.3
const high = 0.5
/** A usual character's width by its height. */
const usualAspect = 0.8
/** Characters touch where a column crosses no more ink than this many strokes. */
const thinCrossing = 2.2

/**
 * Cuts what is too wide for one character where its neighbours touch: at the columns with the least ink near to where characters
 * of one width would end. What has no such column stays whole.
 */
export function splitTouching(
  group: PieceGroup,
  size: number,
  { mask, strokeWidth }: InkMask,
  page: Raster,
): PieceGroup[] {
  const width = widthOf(group)
  const height = heightOf(group)
  if (width < wide * size || width < wide * height || height < high * size) return [group]
  const ink = columnInk(group, mask, page.width)
  const count = Math.max(2, Math.round(width / (usualAspect * Math.max(size, height))))
  const cuts: number[] = []
  for (let part = 1; part < count; part++) {
    const middle = (part * width) / count
    const reach = (0.35 * width) / count
    let best = -1
    let least = thinCrossing * strokeWidth
    for (let x = Math.ceil(middle - reach); x <= middle + reach; x++) {
      const cost = (ink[x] ?? Infinity) + Math.abs(x - middle) / reach
      if (cost < least) [best, least] = [x, cost]
    }
    if (best > 0) cuts.push(best)
  }
  const edges = [0, ...cuts, width]
  return edges.slice(1).map((end, at) => {
    const start = edges[at] ?? 0
    const part = {
      ...group,
      left: group.left + start,
      right: group.left + end,
      bridged: cuts.length > 0 ? size / 2 : 0,
    }
    return { ...part, ...extentDown(part, mask, page.width) }
  })
}

function columnInk({ left, right, top, bottom }: PieceGroup, mask: Uint8Array, stride: number): Uint32Array {
  const ink = new Uint32Array(right - left)
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (mask[y * stride + x] !== 0) ink[x - left] = (ink[x - left] ?? 0) + 1
    }
  }
  return ink
}

/** The rows that a part has ink in. */
function extentDown(
  { left, right, top, bottom }: PieceGroup,
  mask: Uint8Array,
  stride: number,
): { top: number; bottom: number } {
  const hasInk = (y: number): boolean =>
    mask.subarray(y * stride + left, y * stride + right).some((value) => value !== 0)
  let [first, last] = [top, bottom]
  while (first < last - 1 && !hasInk(first)) first++
  while (last > first + 1 && !hasInk(last - 1)) last--
  return { top: first, bottom: last }
}
