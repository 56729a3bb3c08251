import type { NpyHeader } from './npyHeader'

/** A .npy in memory. */
export interface NpyArray {
  readonly header: NpyHeader
  /** Of its values alone. */
  readonly body: Buffer
}

/** A function that gives the element at a place in the array as it lies in memory. */
export function numberReader({ header, body }: NpyArray): (at: number) => number {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const little = header.littleEndian
  switch (header.type) {
    case 'b1':
    case 'u1':
      return (at) => body[at] ?? 0
    case 'i1':
      return (at) => view.getInt8(at)
    case 'u2':
      return (at) => view.getUint16(2 * at, little)
    case 'i2':
      return (at) => view.getInt16(2 * at, little)
    case 'f2':
      return (at) => halfToNumber(view.getUint16(2 * at, little))
    case 'u4':
      return (at) => view.getUint32(4 * at, little)
    case 'i4':
      return (at) => view.getInt32(4 * at, little)
    case 'f4':
      return (at) => view.getFloat32(4 * at, little)
    case 'u8':
      return (at) => Number(view.getBigUint64(8 * at, little))
    case 'i8':
      return (at) => Number(view.getBigInt64(8 * at, little))
    default:
      return (at) => view.getFloat64(8 * at, little)
  }
}

/** The text of an element: a number in its shortest form, or what NumPy's padded texts hold. */
export function textReader(array: NpyArray): (at: number) => string {
  const { header, body } = array
  const { itemBytes, kind } = header
  if (kind === 'number') {
    const number = numberReader(array)
    return (at) => String(number(at))
  }
  if (kind === 'bytes') {
    return (at) => body.toString('utf8', at * itemBytes, (at + 1) * itemBytes).replace(/\0+$/, '')
  }
  return (at) => {
    let text = ''
    for (let from = at * itemBytes; from < (at + 1) * itemBytes; from += 4) {
      const point = header.littleEndian ? body.readUInt32LE(from) : body.readUInt32BE(from)
      if (point === 0) break
      // What is no character of Unicode is shown as such, and then is no label of anything.
      text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
    }
    return text
  }
}

/** IEEE 754's binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024)
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
}
