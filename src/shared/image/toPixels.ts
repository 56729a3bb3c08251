/**
 * Rasters as a network takes them: 0 to 255 becomes 0 to 1. A loop, because `Float32Array.from` with a function takes many
 * times as long, and more than the network itself.
 */
export function toPixels(rasters: Uint8Array): Float32Array {
  const pixels = new Float32Array(rasters.length)
  for (let i = 0; i < rasters.length; i++) pixels[i] = (rasters[i] ?? 0) / 255
  return pixels
}
