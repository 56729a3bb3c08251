/** Smallest power of two that is a normal number of binary16. */
const smallestNormal = 2 ** -14
const largest = 65_504

/**
 * Rounds to IEEE 754 binary16, to the nearest and half to even; what is too large becomes the largest finite number.
 * @returns the bits of each number
 */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, encode)
}

function encode(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.min(Math.abs(value), largest)
  // Below the normal numbers all steps are equal, and the bits count them.
  if (size < smallestNormal) return sign | roundHalfToEven(size / 2 ** -24)
  // A float32 is never so near below a power of two that the logarithm would round up to it.
  const exponent = Math.floor(Math.log2(size))
  const steps = roundHalfToEven((size / 2 ** exponent - 1) * 1024)
  // 1024 steps carry into the exponent's bits, which is the next power of two.
  return sign | (((exponent + 15) << 10) + steps)
}

function roundHalfToEven(value: number): number {
  const whole = Math.floor(value)
  const rest = value - whole
  return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole
}
