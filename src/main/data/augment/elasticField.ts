import type { Random } from '../../../shared/random'

/** Displacements in pixels, one per pixel of the raster. */
export interface ElasticField {
  readonly dx: Float32Array
  readonly dy: Float32Array
}

/** Knots of the field across the raster; on 28 pixels they lie 7 apart, near Simard's sigma of 4 in their smoothness. */
const cells = 4
const knots = cells + 3
/** Mean deviation of a cubic B-spline surface over knots of deviation 1: (sum of squared weights), once per axis. */
const splineDeviation = 0.48

interface SplineTable {
  readonly width: number
  readonly height: number
  /** Four weights per column, and per row. */
  readonly columns: Float32Array
  readonly rows: Float32Array
  /** The first of the knots that each column lies between. */
  readonly cellOfColumn: Int32Array
  readonly field: ElasticField
  readonly across: Float32Array
}

let table: SplineTable | undefined

/**
 * A smooth random displacement field after Simard et al. 2003: where they smooth white noise with a Gaussian, a cubic B-spline
 * over a coarse grid of normal draws gives the same kind of field for a tenth of the work. The result is overwritten by
 * the next call.
 */
export function elasticField(width: number, height: number, deviation: number, random: Random): ElasticField {
  if (table?.width !== width || table.height !== height) table = createTable(width, height)
  if (deviation === 0) {
    table.field.dx.fill(0)
    table.field.dy.fill(0)
  } else {
    fill(table, table.field.dx, deviation / splineDeviation, random)
    fill(table, table.field.dy, deviation / splineDeviation, random)
  }
  return table.field
}

const draws = new Float32Array(knots * knots)

function fill(table: SplineTable, target: Float32Array, deviation: number, random: Random): void {
  const { width, height, columns, rows, cellOfColumn, across } = table
  for (let i = 0; i < draws.length; i++) draws[i] = random.normal(0, deviation)
  for (let row = 0; row < knots; row++) {
    for (let x = 0; x < width; x++) {
      const first = row * knots + (cellOfColumn[x] ?? 0)
      across[row * width + x] =
        (columns[4 * x] ?? 0) * (draws[first] ?? 0) +
        (columns[4 * x + 1] ?? 0) * (draws[first + 1] ?? 0) +
        (columns[4 * x + 2] ?? 0) * (draws[first + 2] ?? 0) +
        (columns[4 * x + 3] ?? 0) * (draws[first + 3] ?? 0)
    }
  }
  for (let y = 0, at = 0; y < height; y++) {
    const first = Math.floor((y * cells) / height) * width
    const w0 = rows[4 * y] ?? 0
    const w1 = rows[4 * y + 1] ?? 0
    const w2 = rows[4 * y + 2] ?? 0
    const w3 = rows[4 * y + 3] ?? 0
    for (let x = 0; x < width; x++, at++) {
      const top = first + x
      target[at] =
        w0 * (across[top] ?? 0) +
        w1 * (across[top + width] ?? 0) +
        w2 * (across[top + 2 * width] ?? 0) +
        w3 * (across[top + 3 * width] ?? 0)
    }
  }
}

function createTable(width: number, height: number): SplineTable {
  const size = width * height
  return {
    width,
    height,
    columns: splineWeights(width),
    rows: splineWeights(height),
    cellOfColumn: Int32Array.from({ length: width }, (_, x) => Math.floor((x * cells) / width)),
    field: { dx: new Float32Array(size), dy: new Float32Array(size) },
    across: new Float32Array(knots * width),
  }
}

function splineWeights(length: number): Float32Array {
  const weights = new Float32Array(4 * length)
  for (let i = 0; i < length; i++) {
    const place = (i * cells) / length
    const t = place - Math.floor(place)
    const cubic = [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, -3 * t ** 3 + 3 * t ** 2 + 3 * t + 1, t ** 3]
    weights.set(
      cubic.map((weight) => weight / 6),
      4 * i,
    )
  }
  return weights
}
