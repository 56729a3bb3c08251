/** Types of Thrift's compact protocol. */
const [bool, no, byte, int16, int32, int64, double, binary, list, set, struct] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12,
]

const deepest = 32

/**
 * Walks a struct of Thrift's compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md)
 * before it is parsed: numbers of no more than ten bytes, lists of no more elements than there are bytes, no deep nesting. A
 * parser that trusts them can be kept busy for hours by a small file.
 *
 * @returns where the struct ends
 * @throws Error
 */
export function checkThrift(bytes: Uint8Array, from: number): number {
  let at = from
  const next = (): number => {
    const value = bytes[at++]
    if (value === undefined) throw new Error('a header is cut off')
    return value
  }
  const skip = (count: number): void => {
    if (count < 0 || count > bytes.length - at) throw new Error('a header is cut off')
    at += count
  }
  const varint = (): number => {
    let value = 0
    for (let digit = 0; digit < 10; digit++) {
      const part = next()
      value += (part & 0x7f) * 2 ** (7 * digit)
      if (part < 0x80) return value
    }
    throw new Error('a number in a header is too long')
  }
  const element = (type: number, depth: number): void => {
    if (type === byte) skip(1)
    else if (type === int16 || type === int32 || type === int64) varint()
    else if (type === double) skip(8)
    else if (type === binary) skip(varint())
    else if (type === list || type === set) {
      const head = next()
      const size = head >> 4 === 15 ? varint() : head >> 4
      if (size > bytes.length - at) throw new Error('a list in a header is longer than the header')
      const inner = head & 0x0f
      for (let index = 0; index < size; index++) {
        if (inner === bool || inner === no) skip(1)
        else element(inner, depth + 1)
      }
    } else if (type === struct) fields(depth + 1)
    else throw new Error(`a header holds a value of the unknown type ${type}`)
  }
  const fields = (depth: number): void => {
    if (depth > deepest) throw new Error('a header is nested too deep')
    for (;;) {
      const head = next()
      const type = head & 0x0f
      if (type === 0) return
      if (head >> 4 === 0) varint()
      if (type !== bool && type !== no) element(type, depth)
    }
  }
  fields(0)
  return at
}
