/** How often each of the 256 values occurs. */
export function histogramOf(values: Uint8Array): Uint32Array {
  const histogram = new Uint32Array(256)
  for (const value of values) histogram[value] = (histogram[value] ?? 0) + 1
  return histogram
}

/** The smallest value that at least `share` of all values do not exceed. */
export function percentile(histogram: Uint32Array, share: number): number {
  let total = 0
  for (const count of histogram) total += count
  let below = 0
  for (let value = 0; value < 256; value++) {
    below += histogram[value] ?? 0
    if (below >= share * total && below > 0) return value
  }
  return 255
}

/**
 * The value that best parts dark from light (Otsu 1979: largest variance between the two classes); values above it are the
 * upper class. Between two far modes every value is as good; the middle of them is taken, away from both.
 */
export function otsuThreshold(histogram: Uint32Array): number {
  let total = 0
  let sum = 0
  for (let value = 0; value < 256; value++) {
    total += histogram[value] ?? 0
    sum += value * (histogram[value] ?? 0)
  }
  let best = -1
  let first = 0
  let last = 0
  let below = 0
  let belowSum = 0
  for (let value = 0; value < 255; value++) {
    below += histogram[value] ?? 0
    belowSum += value * (histogram[value] ?? 0)
    const above = total - below
    if (below === 0 || above === 0) continue
    const difference = belowSum / below - (sum - belowSum) / above
    const variance = below * above * difference * difference
    if (variance > best * (1 + 1e-12)) {
      best = variance
      first = value
    }
    if (variance >= best * (1 - 1e-12)) last = value
  }
  return best < 0 ? 127 : (first + last) / 2
}
