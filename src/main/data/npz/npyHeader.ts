/** What the header of a .npy says of its array. */
export interface NpyHeader {
  readonly kind: 'number' | 'text' | 'bytes'
  /** Of a number: 'u1', 'i4', 'f8', 'b1' and so on. */
  readonly type: string
  readonly littleEndian: boolean
  /** Bytes an element takes. */
  readonly itemBytes: number
  /** First index fastest, instead of the last. */
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** Where the values begin. */
  readonly bytes: number
}

const magic = Buffer.from('\x93NUMPY', 'latin1')
/** Longer than that of any array of plain values. */
export const longestHeader = 64 * 1024
const numbers = new Set(['b1', 'u1', 'i1', 'u2', 'i2', 'f2', 'u4', 'i4', 'f4', 'u8', 'i8', 'f8'])

/**
 * Reads the header of a .npy (NumPy Enhancement Proposal 1): a magic string, a version, the length of the text that follows, and
 * a Python dictionary of the type, the order and the shape. Only what NumPy itself writes there is understood.
 *
 * @param start the file's first bytes
 * @returns what is wrong, in words, where it is none, or one of objects
 */
export function parseNpyHeader(start: Buffer): NpyHeader | string {
  if (start.length < 12 || !start.subarray(0, 6).equals(magic)) return 'it does not begin as a .npy does'
  const long = (start[6] ?? 0) >= 2
  const length = long ? start.readUInt32LE(8) : start.readUInt16LE(8)
  const from = long ? 12 : 10
  if (length > longestHeader - from) return `its header takes ${length} bytes`
  if (start.length < from + length) return 'its header is cut off'
  const text = start.toString('latin1', from, from + length)
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d+)'/.exec(text)
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)
  if (!descr || !order || !shape) return 'its header names no array of numbers or texts'
  const [, endian = '', letter = '', size = ''] = descr
  const type = `${letter}${size}`
  const count = Number(size)
  const sides = (shape[1] ?? '').split(',').filter((side) => side.trim() !== '')
  const common = {
    littleEndian: endian !== '>',
    fortranOrder: order[1] === 'True',
    shape: sides.map((side) => Number.parseInt(side, 10)),
    bytes: from + length,
  }
  if (numbers.has(type)) return { ...common, kind: 'number', type, itemBytes: count }
  if (letter === 'U' && count <= 256) return { ...common, kind: 'text', type, itemBytes: 4 * count }
  if (letter === 'S' && count <= 1024) return { ...common, kind: 'bytes', type, itemBytes: count }
  return `its elements are of the type ${type}, which is not read`
}
