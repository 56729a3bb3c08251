import { labelNumbers } from '../card/labelNumbers'
import { gzipped } from './byteStreams'
import type { PictureSample } from './encodePicture'
import type { Survey } from './survey'

/** Pictures of one size as an IDX file of bytes, gzipped: `[count, height, width]`. */
export function writeIdxImages(
  samples: AsyncIterable<PictureSample>,
  count: number,
  { width, height }: NonNullable<Survey['size']>,
): AsyncGenerator<Uint8Array> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield header(8, [count, height, width])
    for await (const { picture } of samples) yield picture.pixels
  }
  return gzipped(bytes())
}

/**
 * The numbers of labels as an IDX file, gzipped: `[count]`, of bytes, or of 32-bit numbers where a byte is too small.
 *
 * @param indices of the labels of all samples, to be complete when this is read
 */
export function writeIdxLabels(indices: Int32Array, labels: readonly string[]): AsyncGenerator<Uint8Array> {
  const numbers = labelNumbers(labels)
  const wide = numbers.some((number) => number > 255)
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield header(wide ? 12 : 8, [indices.length])
    const values = Buffer.alloc(indices.length * (wide ? 4 : 1))
    indices.forEach((index, at) => {
      const number = numbers[index] ?? 0
      if (wide) values.writeInt32BE(number, 4 * at)
      else values.writeUInt8(number, at)
    })
    yield values
    await Promise.resolve()
  }
  return gzipped(bytes())
}

function header(type: number, shape: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * shape.length)
  bytes.writeUInt32BE(0x100 * type + shape.length)
  shape.forEach((side, at) => bytes.writeUInt32BE(side, 4 + 4 * at))
  return bytes
}
