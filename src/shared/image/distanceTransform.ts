/**
 * Distance of every pixel's centre to the nearest pixel centre of the mask, in pixels; 0 inside it, Infinity without a mask.
 * Exact and linear in the number of pixels (Felzenszwalb & Huttenlocher 2012, lower envelope of parabolas).
 */
export function distanceToMask(mask: Uint8Array, width: number, height: number): Float32Array {
  const squared = new Float64Array(width * height)
  for (let i = 0; i < squared.length; i++) squared[i] = mask[i] ? 0 : Infinity
  const longer = Math.max(width, height)
  const scratch = {
    line: new Float64Array(longer),
    apexes: new Int32Array(longer),
    borders: new Float64Array(longer + 1),
  }
  for (let x = 0; x < width; x++) transformLine(squared, x, width, height, scratch)
  for (let y = 0; y < height; y++) transformLine(squared, y * width, 1, width, scratch)
  const distance = new Float32Array(squared.length)
  for (let i = 0; i < distance.length; i++) distance[i] = Math.sqrt(squared[i] ?? Infinity)
  return distance
}

interface Scratch {
  readonly line: Float64Array
  readonly apexes: Int32Array
  readonly borders: Float64Array
}

function transformLine(
  values: Float64Array,
  offset: number,
  stride: number,
  length: number,
  { line, apexes, borders }: Scratch,
): void {
  let top = -1
  for (let q = 0; q < length; q++) {
    const height = values[offset + q * stride] ?? Infinity
    line[q] = height
    if (height === Infinity) continue
    let meeting = -Infinity
    while (top >= 0) {
      const apex = apexes[top] ?? 0
      meeting = (height + q * q - ((line[apex] ?? 0) + apex * apex)) / (2 * (q - apex))
      if (meeting > (borders[top] ?? -Infinity)) break
      top--
      meeting = -Infinity
    }
    top++
    apexes[top] = q
    borders[top] = meeting
  }
  if (top < 0) return
  let current = 0
  for (let q = 0; q < length; q++) {
    while (current < top && (borders[current + 1] ?? Infinity) < q) current++
    const apex = apexes[current] ?? 0
    values[offset + q * stride] = (q - apex) * (q - apex) + (line[apex] ?? 0)
  }
}
