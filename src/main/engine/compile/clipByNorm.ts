import type { GraphBuilder } from '../graph/graphBuilder'
import type { Value } from '../graph/value'

/** Shortens all gradients by one factor where their common norm is above `limit` (Pascanu et al. 2013); 0 leaves them. */
export function clipByNorm(b: GraphBuilder, gradients: readonly Value[], limit: number): readonly Value[] {
  if (limit === 0) return gradients
  const norm = b.sqrt(
    gradients
      .map((gradient) =>
        b.reduceSum(
          b.mul(gradient, gradient),
          gradient.shape.map((_, axis) => axis),
        ),
      )
      .reduce((sum, square) => b.add(sum, square)),
  )
  // limit / max(norm, limit) without a maximum, which the engine's operators lack.
  const excess = b.relu(b.sub(norm, b.scalar(limit)))
  const factor = b.div(b.scalar(limit), b.add(excess, b.scalar(limit)))
  return gradients.map((gradient) => b.mul(gradient, factor))
}
