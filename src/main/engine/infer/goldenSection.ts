/** The minimum of a function with one valley between two points (Kiefer 1953). */
export function goldenSection(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [a, b] = [low, high]
  for (let i = 0; i < 30; i++) {
    const [left, right] = [b - ratio * (b - a), a + ratio * (b - a)]
    if (f(left) < f(right)) b = right
    else a = left
  }
  return (a + b) / 2
}
