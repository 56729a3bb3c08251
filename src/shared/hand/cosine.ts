/** The cosine of the angle between two vectors of one size; 0 where one has no length. */
export function cosine(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let [product, one, other] = [0, 0, 0]
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] ?? 0, second[i] ?? 0]
    product += a * b
    one += a * a
    other += b * b
  }
  return one === 0 || other === 0 ? 0 : product / Math.sqrt(one * other)
}
