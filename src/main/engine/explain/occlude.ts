/** Rasters that are read at once. */
const chunk = 256

/**
 * How much the logit of a class rests on each place: what it loses where a patch of paper covers it, the mean over all patches
 * that do (Zeiler & Fergus 2014). Patches without ink below them change nothing, and are not read.
 *
 * @param raster [height, width], ink 255
 * @param read rasters [count, height, width] to logits [count, outputs]
 * @returns [height, width]; above 0 where the ink speaks for the class
 */
export async function occlude(
  raster: Uint8Array,
  { width, height }: { width: number; height: number },
  read: (rasters: Uint8Array) => Promise<Float32Array>,
  output: number,
  signal: AbortSignal,
): Promise<Float32Array> {
  const side = Math.max(3, Math.round(width / 6))
  const size = width * height
  const sums = new Float32Array(size)
  const counts = new Float32Array(size)
  const patches = patchesOver(width, height, side).filter((places) => {
    for (const place of places) counts[place] = (counts[place] ?? 0) + 1
    return places.some((place) => (raster[place] ?? 0) > 0)
  })
  const whole = await read(raster)
  const outputs = whole.length
  for (let start = 0; start < patches.length; start += chunk) {
    signal.throwIfAborted()
    const part = patches.slice(start, start + chunk)
    const rasters = new Uint8Array(part.length * size)
    part.forEach((places, at) => {
      rasters.set(raster, at * size)
      for (const place of places) rasters[at * size + place] = 0
    })
    const logits = await read(rasters)
    part.forEach((places, at) => {
      const loss = (whole[output] ?? 0) - (logits[at * outputs + output] ?? 0)
      for (const place of places) sums[place] = (sums[place] ?? 0) + loss
    })
    // The runtime gives the event loop no turn by itself, and somebody may be writing.
    await new Promise(setImmediate)
  }
  return sums.map((sum, place) => sum / Math.max(1, counts[place] ?? 0))
}

/** The places below each patch; patches lie two pixels apart where there would be very many. */
function patchesOver(width: number, height: number, side: number): number[][] {
  const step = width * height > 1600 ? 2 : 1
  const patches: number[][] = []
  for (let top = 1 - side; top < height; top += step) {
    for (let left = 1 - side; left < width; left += step) {
      const places: number[] = []
      for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
        for (let x = Math.max(0, left); x < Math.min(width, left + side); x++) places.push(y * width + x)
      }
      patches.push(places)
    }
  }
  return patches
}
