import { solveLinear } from './solveLinear'

/** A grey level at a place; u and v run from 0 to 1 over the picture. */
export interface SurfaceSample {
  readonly u: number
  readonly v: number
  readonly level: number
}

const size = 6

function terms(u: number, v: number): readonly number[] {
  return [1, u, v, u * u, u * v, v * v]
}

/** Value at (u, v) of the quadratic surface with these six coefficients. */
export function quadraticAt(coefficients: readonly number[], u: number, v: number): number {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0] = coefficients
  return c0 + c1 * u + c2 * v + c3 * u * u + c4 * u * v + c5 * v * v
}

/** Least squares by the normal equations; null where the samples leave a term open. */
export function fitQuadratic(samples: readonly SurfaceSample[]): number[] | null {
  const rows = Array.from({ length: size }, () => new Float64Array(size + 1))
  for (const { u, v, level } of samples) {
    const parts = terms(u, v)
    rows.forEach((row, i) => {
      const own = parts[i] ?? 0
      parts.forEach((part, j) => (row[j] = (row[j] ?? 0) + own * part))
      row[size] = (row[size] ?? 0) + own * level
    })
  }
  return solveLinear(rows)
}
