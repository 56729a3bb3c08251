import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../../src/main/data/openDataset'
import { gntBytes } from '../../../fixtures/data/gntBytes'
import { labelsOf, openBytes, pixelsOf, tinyInput } from '../../../fixtures/data/openBytes'
import { zipBytes } from '../../../fixtures/data/zipBytes'
import { temporaryFolder } from '../../../fixtures/temporaryFolder'

const aTag = Buffer.from([0xb0, 0xa1]) // 啊, the first character of GB 2312
const nine = Buffer.from('9\0')
const file = Buffer.concat([gntBytes(aTag, 20, 30), gntBytes(nine, 40, 25)])

describe('a .gnt', () => {
  it('opens with its characters, dark on light by its format', async () => {
    const dataset = await openBytes('gnt', 'x.gnt', file)
    expect(labelsOf(dataset)).toEqual(['啊', '9'])
    expect(dataset.writers).toBeNull()
    expect(Math.max(...pixelsOf(dataset).slice(0, 64))).toBeGreaterThan(200)
    expect(pixelsOf(dataset)[0]).toBe(0)
  })

  it('is one of several writers in a folder, or in a ZIP', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'set'))
    await writeFile(join(folder, 'set', '002-f.gnt'), gntBytes(nine, 9, 9))
    await writeFile(join(folder, 'set', '001-f.gnt'), file)
    await writeFile(join(folder, 'set', 'read.me'), 'hello')
    await writeFile(
      join(folder, 'x.zip'),
      zipBytes({ 'a/001-f.gnt': file, 'a/002-f.gnt': gntBytes(nine, 9, 9) }),
    )
    for (const path of [join(folder, 'set'), join(folder, 'x.zip')]) {
      const dataset = await openDataset(`gnt:${path}`, tinyInput)
      expect(labelsOf(dataset)).toEqual(['啊', '9', '9'])
      expect(dataset.writers).toEqual(['001-f', '001-f', '002-f'])
    }
  })

  const wrong = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(file)
    change(bytes)
    return bytes
  }
  it.each<[string, Buffer, string]>([
    ['a header that is cut', file.subarray(0, 7), 'byte 0'],
    ['a bitmap that is cut', file.subarray(0, 100), 'byte 100'],
    ['a size that does not fit', wrong((bytes) => bytes.writeUInt32LE(5, 0)), 'byte 0'],
    ['a width that does not fit', wrong((bytes) => bytes.writeUInt16LE(21, 6)), 'byte 0'],
    ['giant sides', wrong((bytes) => bytes.writeUInt32LE(0xffffffff, 6)), 'byte 0'],
    ['no width', Buffer.from([10, 0, 0, 0, 0xb0, 0xa1, 0, 0, 5, 0]), 'byte 0'],
    ['a tag that is no character', wrong((bytes) => bytes.writeUInt16LE(0xffff, 4)), 'byte 4'],
    ['a tag of nothing', wrong((bytes) => bytes.writeUInt16LE(0, 4)), 'byte 4'],
  ])('is refused for %s', async (_, bytes, place) => {
    await expect(openBytes('gnt', 'x.gnt', bytes)).rejects.toMatchObject({
      code: 'data-malformed',
      data: { place, file: expect.stringMatching(/x\.gnt$/) as string },
    })
  })

  it('in a ZIP is named with its place', async () => {
    const bytes = zipBytes({ 'a.gnt': file.subarray(0, 100) })
    await expect(openBytes('gnt', 'x.zip', bytes)).rejects.toMatchObject({
      data: { place: 'a.gnt, byte 100' },
    })
  })

  it('may not be empty', async () => {
    await expect(openBytes('gnt', 'x.gnt', '')).rejects.toMatchObject({ code: 'file-empty' })
  })
})
