/** A blob as libsql gives it: sometimes a view, sometimes the buffer itself. */
export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  throw new TypeError('a blob was expected')
}
