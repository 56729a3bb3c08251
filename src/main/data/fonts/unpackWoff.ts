import { inflateSync } from 'node:zlib'

const headerLength = 44
const entryLength = 20
const sfntHeaderLength = 12
const sfntEntryLength = 16

/**
 * The plain font in a WOFF file (W3C, WOFF File Format 1.0), each of whose tables is packed by itself; other bytes are given
 * back as they are. fontkit reads WOFF, too, but unpacks the table of all outlines anew for each of them.
 *
 * @throws RangeError, or an error of zlib, where the file is cut or broken
 */
export function unpackWoff(bytes: Buffer): Buffer {
  if (bytes.length < headerLength || bytes.toString('latin1', 0, 4) !== 'wOFF') return bytes
  const count = bytes.readUInt16BE(12)
  const directory = Buffer.alloc(sfntHeaderLength + count * sfntEntryLength)
  bytes.copy(directory, 0, 4, 8)
  // What a binary search over the tables would start from.
  const power = 2 ** Math.floor(Math.log2(Math.max(1, count)))
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(power * 16, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE((count - power) * 16, 10)
  const parts: Buffer[] = [directory]
  let end = directory.length
  for (let table = 0; table < count; table++) {
    const entry = headerLength + table * entryLength
    const [offset, packed] = [bytes.readUInt32BE(entry + 4), bytes.readUInt32BE(entry + 8)]
    const [length, checksum] = [bytes.readUInt32BE(entry + 12), bytes.readUInt32BE(entry + 16)]
    if (offset + packed > bytes.length) throw new RangeError(`table ${table} ends beyond the file`)
    const stored = bytes.subarray(offset, offset + packed)
    const content = packed < length ? inflateSync(stored, { maxOutputLength: length }) : stored
    const at = sfntHeaderLength + table * sfntEntryLength
    bytes.copy(directory, at, entry, entry + 4)
    directory.writeUInt32BE(checksum, at + 4)
    directory.writeUInt32BE(end, at + 8)
    directory.writeUInt32BE(length, at + 12)
    const padding = Buffer.alloc((4 - (content.length % 4)) % 4)
    parts.push(content, padding)
    end += content.length + padding.length
  }
  return Buffer.concat(parts)
}
