import { describe, expect, it } from 'vitest'
import { npyBytes, npzBytes } from '../../../fixtures/data/npyBytes'
import { labelsOf, openBytes, pixelsOf, tinyPicture } from '../../../fixtures/data/openBytes'
import { zipBytes } from '../../../fixtures/data/zipBytes'

const pictures = [tinyPicture(255), tinyPicture(200), tinyPicture(100)]
const pixels = pictures.flat()
const x = npyBytes('|u1', [3, 8, 8], Buffer.from(pixels))
const y = npyBytes('|u1', [3], Buffer.from([7, 0, 7]))

const bytesOf = (array: Float32Array | Float64Array | Int16Array | BigInt64Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength)
const swapped = (values: readonly number[]): Buffer => bytesOf(Int16Array.from(values)).swap16()
/** First index fastest. */
const fortran = (at: (index: number, place: number) => number, places: number): number[] =>
  Array.from({ length: 3 * places }, (_, k) => at(k % 3, Math.floor(k / 3)))
const value = (index: number, place: number): number => pictures[index]?.[place] ?? 0
const wide = (text: string): Buffer =>
  Buffer.from(new Uint32Array(Array.from(text, (c) => c.codePointAt(0) ?? 0)).buffer)
const utf32 = Buffer.concat([wide('7\0'), wide('猫\0'), wide('7\0')])

describe('an .npz', () => {
  it.each<[string, Record<string, Buffer>]>([
    ['of x and y', { x, y }],
    ['of images and labels', { labels: y, images: x }],
    ['of arrays without names', { arr_0: x, arr_1: y }],
    ["with the parts of Keras' mnist.npz", { x_test: y, y_test: y, x_train: x, y_train: y }],
    ['with a part before the name', { train_images: x, train_labels: y }],
    ['of flat squares', { x: npyBytes('|u1', [3, 64], Buffer.from(pixels)), y }],
    ['with a channel at the end', { x: npyBytes('|u1', [3, 8, 8, 1], Buffer.from(pixels)), y }],
    ['with a channel before', { x: npyBytes('|u1', [3, 1, 8, 8], Buffer.from(pixels)), y }],
    [
      'of grey in three colours',
      { x: npyBytes('|u1', [3, 8, 8, 3], Buffer.from(pixels.flatMap((v) => [v, v, v]))), y },
    ],
    ['dark on light', { x: npyBytes('|u1', [3, 8, 8], Buffer.from(pixels.map((v) => 255 - v))), y }],
    ['of 0 to 1', { x: npyBytes('<f4', [3, 8, 8], bytesOf(Float32Array.from(pixels, (v) => v / 255))), y }],
    [
      'of -1 to 1',
      { x: npyBytes('<f8', [3, 8, 8], bytesOf(Float64Array.from(pixels, (v) => v / 127.5 - 1))), y },
    ],
    ['of big-endian numbers', { x: npyBytes('>i2', [3, 8, 8], swapped(pixels)), y }],
    ['with 64-bit labels', { x, y: npyBytes('<i8', [3, 1], bytesOf(BigInt64Array.of(7n, 0n, 7n))) }],
    ['with a header of version 2', { x: npyBytes('|u1', [3, 8, 8], Buffer.from(pixels), { version: 2 }), y }],
    [
      'in the order of Fortran',
      {
        x: npyBytes(
          '|u1',
          [3, 8, 8],
          Buffer.from(fortran((i, p) => value(i, (p % 8) * 8 + Math.floor(p / 8)), 64)),
          {
            fortran: true,
          },
        ),
        y,
      },
    ],
    [
      'of flat squares in the order of Fortran',
      { x: npyBytes('|u1', [3, 64], Buffer.from(fortran(value, 64)), { fortran: true }), y },
    ],
  ])('opens %s', async (_, arrays) => {
    const dataset = await openBytes('npz', 'x.npz', npzBytes(arrays))
    expect(labelsOf(dataset)).toEqual(['7', '0', '7'])
    expect(pixelsOf(dataset)).toEqual(pixels)
  })

  it('has two parts where its names tell of them', async () => {
    const test = npyBytes('|u1', [1], Buffer.from([4]))
    const bytes = npzBytes({
      x_train: x,
      y_train: y,
      x_test: npyBytes('|u1', [1, 8, 8], Buffer.from(tinyPicture(9))),
      y_test: test,
    })
    expect(labelsOf(await openBytes('npz', 'x.npz#test', bytes))).toEqual(['4'])
    await expect(openBytes('npz', 'x.npz#test', npzBytes({ x, y }))).rejects.toMatchObject({
      code: 'data-malformed',
    })
  })

  it.each([
    ['<U2', utf32, ['7', '猫', '7']],
    ['>U2', Buffer.from(utf32).swap32(), ['7', '猫', '7']],
    ['|S3', Buffer.from('7\0\0b\0\0\xe7\x8c\xab', 'latin1'), ['7', 'b', '猫']],
    ['|b1', Buffer.from([1, 0, 1]), ['1', '0', '1']],
  ])('may have labels of the type %s', async (descr, body, labels) => {
    const dataset = await openBytes('npz', 'x.npz', npzBytes({ x, y: npyBytes(descr, [3], body) }))
    expect(labelsOf(dataset)).toEqual(labels)
  })

  const nan = Float32Array.from(pixels)
  nan[70] = NaN
  it.each<[string, Buffer, string, RegExp]>([
    ['a pixel that is NaN', npzBytes({ x: npyBytes('<f4', [3, 8, 8], bytesOf(nan)), y }), 'x', /element 70/],
    ['fewer labels', npzBytes({ x, y: npyBytes('|u1', [2], Buffer.from([1, 2])) }), 'y', /\(2\).*3 pictures/],
    ['no such names', npzBytes({ a: x, b: y }), 'names', /none of a, b/],
    ['no arrays', npzBytes({}), 'names', /none of its arrays/],
    ['an array that is cut', npzBytes({ x: x.subarray(0, 200), y }), 'x', /needs/],
    ['an array of objects', npzBytes({ x, y: npyBytes('|O8', [3], Buffer.alloc(24)) }), 'y', /O8/],
    [
      'a shape beyond any memory',
      npzBytes({ x: npyBytes('|u1', [2 ** 32, 2 ** 32, 8], Buffer.alloc(9)), y }),
      'x',
      /needs/,
    ],
    ['elements of no size', npzBytes({ x, y: npyBytes('<U0', [3], Buffer.alloc(0)) }), 'y', /label is empty/],
    [
      'pictures of one side',
      npzBytes({ x: npyBytes('|u1', [3, 7], Buffer.alloc(21)), y }),
      'x',
      /no pictures/,
    ],
    ['what is no array', npzBytes({ x: Buffer.from('hello, this is none'), y }), 'x', /does not begin/],
    ['a promise of 3 GB', zipBytes({ 'x.npy': x, 'y.npy': y }, { 'x.npy': 3e9 }), 'x', /unpacked/],
    ['a bomb', zipBytes({ 'x.npy': x, 'y.npy': y }, { 'x.npy': 150 }), 'x', /./],
    ['a path that leads out', zipBytes({ '../x.npy': x }), 'central', /x\.npy/],
    ['a text', Buffer.from('hello'), 'central', /./],
  ])('is refused for %s', async (_, bytes, place, detail) => {
    const error: unknown = await openBytes('npz', 'x.npz', bytes).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'data-malformed', data: { detail: expect.stringMatching(detail) } })
    expect(error).toHaveProperty('data.place', expect.stringContaining(place))
  })
})
