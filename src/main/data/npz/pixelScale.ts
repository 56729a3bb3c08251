/**
 * How the values of an array become 0..255, told by the range of them all: 0..1 and -1..1 are stretched by what they are,
 * 0..255 stays, any other range is stretched from end to end.
 *
 * @returns the place of a value that is no finite number, where there is one
 */
export function pixelScale(
  number: (at: number) => number,
  shape: readonly number[],
): ((value: number) => number) | number {
  const total = shape.reduce((product, side) => product * side, 1)
  let least = Infinity
  let most = -Infinity
  for (let at = 0; at < total; at++) {
    const value = number(at)
    if (!Number.isFinite(value)) return at
    if (value < least) least = value
    if (value > most) most = value
  }
  if (least >= 0 && most <= 1) return (value) => Math.round(255 * value)
  if (least >= -1 && most <= 1) return (value) => Math.round(127.5 * (value + 1))
  if (least >= 0 && most <= 255) return (value) => Math.round(value)
  return (value) => Math.round((255 * (value - least)) / (most - least))
}
