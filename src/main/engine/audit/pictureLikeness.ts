/** By so much, in pixels, one picture may lie beside the other. */
const shifts = [-1, 0, 1] as const

/**
 * How much alike two pictures of one size are, where they lie best upon each other: the largest correlation, up to 1.
 * @param first [height, width]
 */
export function pictureLikeness(first: Uint8Array, second: Uint8Array, width: number): number {
  let best = -1
  for (const dy of shifts) {
    for (const dx of shifts) best = Math.max(best, correlation(first, second, dy * width + dx))
  }
  return best
}

/** Of a[i] with b[i + offset]. Ink does not reach the edge, so that what comes round from the other side is paper. */
function correlation(a: Uint8Array, b: Uint8Array, offset: number): number {
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0
    const y = b[i + offset] ?? 0
    sumA += x
    sumB += y
    squareA += x * x
    squareB += y * y
    product += x * y
  }
  const count = a.length
  const spread = Math.sqrt((squareA - (sumA * sumA) / count) * (squareB - (sumB * sumB) / count))
  // Two blank pictures are the same.
  if (spread === 0) return squareA === squareB ? 1 : 0
  return (product - (sumA * sumB) / count) / spread
}
