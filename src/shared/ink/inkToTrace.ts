import { assert } from '../assert'
import { createRaster, type Raster } from '../image/raster'
import { traceRows, type ModelInput } from '../model/modelSpec'
import type { Ink } from './ink'
import { mapInk } from './transformInk'
import { traceFrame } from './traceFrame'
import { tracePoints, type TracePoint } from './tracePoints'

/** How the trace is changed after the writing's size and height were taken out of it: for training. */
export interface TraceChange {
  readonly zoom: number
  /** Downwards, in the writing's own measure. */
  readonly lift: number
}

/** Where ink lies around a point: three columns of seven cells, those at the top and the bottom open. Drawn later, as bars and dots are, it still shows. */
const cellSide = 0.5
const cellColumns = 3
const cellRows = 7
/** So many points fill a cell. */
const fullCell = 3
/** Rows of a trace that tell of the point itself; the cells come after them. */
const ownRows = 9

/**
 * The pen's way as numbers, one column a point, for networks that read joined-up words (the features of Graves et al. 2009,
 * section II.A, on points at even distances): direction on paper, way through the air, turn, height, and what ink is
 * around. It does not depend on the ink's unit, place, size or density of points.
 *
 * @param input with a trace's recipe
 * @returns a raster of `width` points by `height` rows: -1 to 1 as bytes 0 to 255; columns after the last point are 0
 */
export function inkToTrace(
  ink: Ink,
  input: ModelInput,
  { zoom, lift }: TraceChange = { zoom: 1, lift: 0 },
): Raster {
  const { width, height, trace } = input
  assert(trace !== undefined && height === traceRows, () => 'the input is no trace')
  const raster = createRaster(width, height)
  const frame = traceFrame(ink)
  if (frame === null) return raster
  const scale = zoom / frame.size
  const points = tracePoints(
    mapInk(ink, (x, y) => [x * scale, (y - frame.middle) * scale + lift]),
    trace.step,
    width,
  )
  const values = new Float32Array(height * points.length)
  const put = (row: number, column: number, value: number): void => {
    values[row * points.length + column] = value
  }
  const ways = points.map((point, at) => wayTo(points[at - 1] ?? point, point))
  points.forEach(({ y, lifted }, at) => {
    const way = ways[at] ?? [0, 0]
    put(lifted ? 2 : 0, at, way[0])
    put(lifted ? 3 : 1, at, way[1])
    put(4, at, lifted ? 1 : 0)
    put(5, at, Math.tanh(y))
    put(6, at, 1)
    const next = ways[at + 1]
    if (!lifted && next && !points[at + 1]?.lifted) {
      put(7, at, way[0] * next[0] + way[1] * next[1])
      put(8, at, way[0] * next[1] - way[1] * next[0])
    }
  })
  countNeighbours(points, (cell, at) => {
    const place = (ownRows + cell) * points.length + at
    values[place] = Math.min(1, (values[place] ?? 0) + 1 / fullCell)
  })
  for (let row = 0; row < height; row++)
    for (let at = 0; at < points.length; at++)
      raster.pixels[row * width + at] = Math.round(((values[row * points.length + at] ?? 0) + 1) * 127.5)
  return raster
}

/** The direction on paper, as a unit; through the air also how far, up to 1. */
function wayTo(from: TracePoint, to: TracePoint): readonly [number, number] {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  if (to.lifted) return [Math.tanh(dx), Math.tanh(dy)]
  const length = Math.hypot(dx, dy) + 1e-6
  return [dx / length, dy / length]
}

/** Calls `count` for each point with the cell that another one lies in. */
function countNeighbours(points: readonly TracePoint[], count: (cell: number, point: number) => void): void {
  points.forEach((point, at) => {
    for (const other of points) {
      const column = Math.floor((other.x - point.x) / cellSide + cellColumns / 2)
      if (column < 0 || column >= cellColumns) continue
      const row = Math.floor((other.y - point.y) / cellSide + cellRows / 2)
      count(column * cellRows + Math.max(0, Math.min(cellRows - 1, row)), at)
    }
  })
}
