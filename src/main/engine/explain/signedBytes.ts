/** Numbers as shares of the farthest from 0 among them: 1 is -1, 128 is 0 and 255 is +1. */
export function signedBytes(values: Float32Array): Uint8Array {
  const farthest = values.reduce((far, value) => Math.max(far, Math.abs(value)), 0)
  return Uint8Array.from(values, (value) => 128 + Math.round((127 * value) / (farthest || 1)))
}
