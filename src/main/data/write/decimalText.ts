/** A number in its shortest form that reads back the same, but never with an exponent, which InkML does not know. */
export function decimalText(value: number): string {
  const shortest = String(value)
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest) ?? []
  if (exponent === undefined) return shortest
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}
