/** How often each whole number from 0 to `size - 1` occurs; values outside count as the nearest end. */
export function histogramOf(values: Uint8Array | Float32Array, size = 256): Uint32Array {
  const histogram = new Uint32Array(size)
  for (const value of values) {
    const bin = Math.max(0, Math.min(size - 1, Math.round(value)))
    histogram[bin] = (histogram[bin] ?? 0) + 1
  }
  return histogram
}

/** The smallest value that at least `share` of all values do not exceed. */
export function percentile(histogram: Uint32Array, share: number): number {
  const wanted = share * countOf(histogram)
  let below = 0
  for (let value = 0; value < histogram.length; value++) {
    below += histogram[value] ?? 0
    if (below >= wanted && below > 0) return value
  }
  return histogram.length - 1
}

/** How many values the histogram counts. */
export function countOf(histogram: Uint32Array): number {
  let total = 0
  for (const count of histogram) total += count
  return total
}

/** The same histogram with only the values above `limit`. */
export function above(histogram: Uint32Array, limit: number): Uint32Array {
  return histogram.map((count, value) => (value > limit ? count : 0))
}

/**
 * The value that best parts low from high (Otsu 1979: largest variance between the two classes); values above it are the upper
 * class. Between two far modes every value is as good; the middle of them is taken, away from both.
 */
export function otsuThreshold(histogram: Uint32Array): number {
  const total = countOf(histogram)
  let sum = 0
  for (let value = 0; value < histogram.length; value++) sum += value * (histogram[value] ?? 0)
  let best = -1
  let first = 0
  let last = 0
  let below = 0
  let belowSum = 0
  for (let value = 0; value < histogram.length - 1; value++) {
    const count = histogram[value] ?? 0
    below += count
    belowSum += value * count
    const rest = total - below
    if (below === 0 || rest === 0) continue
    const difference = belowSum / below - (sum - belowSum) / rest
    const variance = below * rest * difference * difference
    if (variance > best * (1 + 1e-12)) {
      best = variance
      first = value
    }
    if (variance >= best * (1 - 1e-12)) last = value
  }
  return best < 0 ? Math.floor(histogram.length / 2) - 1 : (first + last) / 2
}
