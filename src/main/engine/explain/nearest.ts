/**
 * The rows that are most like one, by the cosine of the angle between them.
 * @param features [count, n]
 * @param one [n]
 * @returns up to `wanted` of them, the most alike first; similarity 1 is the same direction
 */
export function nearest(
  features: Float32Array,
  one: Float32Array,
  wanted: number,
): { index: number; similarity: number }[] {
  const n = one.length
  const ownLength = lengthOf(one)
  return Array.from({ length: features.length / n }, (_, index) => {
    const row = features.subarray(index * n, (index + 1) * n)
    const product = row.reduce((sum, value, i) => sum + value * (one[i] ?? 0), 0)
    return { index, similarity: product / Math.max(1e-12, lengthOf(row) * ownLength) }
  })
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, wanted)
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
}
