import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/openDataset'
import type { AppError } from '../../../src/shared/errors/appError'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { tinyInput, tinyPicture } from '../../fixtures/data/openBytes'
import { pngBytes } from '../../fixtures/data/parquetBytes'
import { zipBytes } from '../../fixtures/data/zipBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const png = await pngBytes(tinyPicture(200))
const zeros = Buffer.alloc(80 * 2 ** 20)

/** A PNG that says that it is 30,000 pixels wide and high. */
function hugePng(): Buffer {
  const picture = Buffer.from(png)
  picture.writeUInt32BE(30_000, 16)
  picture.writeUInt32BE(30_000, 20)
  return picture
}

async function tarBytes(members: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const archive = pack()
  for (const [name, bytes] of Object.entries(members)) archive.entry({ name }, bytes)
  archive.finalize()
  return buffer(archive)
}

/** What opening a file is refused with, and by how much memory it grew. */
async function refusal(kind: string, name: string, bytes: Uint8Array) {
  const file = join(await temporaryFolder(), name)
  await writeFile(file, bytes)
  const before = process.memoryUsage().rss
  const error: unknown = await openDataset(`${kind}:${file}`, tinyInput).catch((thrown: unknown) => thrown)
  const grownBytes = process.memoryUsage().rss - before
  const { code, data } = error as AppError
  return { code, data, file, grownBytes }
}

describe('an archive', () => {
  it.each<[string, string, () => Buffer | Promise<Buffer>, string, RegExp]>([
    [
      'a ZIP bomb',
      'x.zip',
      () => zipBytes({ 'a/0.png': png, 'a/1.png': zeros }),
      'a/1.png',
      /83886080 bytes/,
    ],
    [
      'a ZIP that lies of its sizes',
      'x.zip',
      () => zipBytes({ 'a/1.png': zeros }, { 'a/1.png': 100 }),
      'a/1.png',
      /./,
    ],
    [
      'a gzipped tar bomb',
      'x.tgz',
      async () => gzipSync(await tarBytes({ 'a/1.png': zeros })),
      'a/1.png',
      /83886080 bytes/,
    ],
    [
      'a ZIP that leads out',
      'x.zip',
      () => zipBytes({ 'a/0.png': png, '../../etc/1.png': png }),
      'what follows a/0.png',
      /etc/,
    ],
    [
      'a tar that leads out',
      'x.tar',
      () => tarBytes({ '/etc/1.png': png }),
      '/etc/1.png',
      /out of the archive/,
    ],
    [
      'a picture of 30,000 pixels',
      'x.zip',
      () => zipBytes({ 'a/1.png': hugePng() }),
      'a/1.png',
      /30000 x 30000 pixels, where 40000000/,
    ],
    ['an empty picture', 'x.zip', () => zipBytes({ 'a/1.png': Buffer.alloc(0) }), 'a/1.png', /it is empty/],
    ['a cut picture', 'x.tar', () => tarBytes({ 'a/1.png': png.subarray(0, 60) }), 'a/1.png', /./],
  ])('that is %s, or holds it, is refused by file and member', async (_, name, make, place, detail) => {
    const { code, data, file, grownBytes } = await refusal('images', name, await make())
    expect({ code, data }).toEqual({
      code: 'data-malformed',
      data: { file, place: expect.stringContaining(place), detail: expect.stringMatching(detail) },
    })
    // Far below what the bomb holds many times over.
    expect(grownBytes).toBeLessThan(300 * 2 ** 20)
  })

  it('of nothing but folders and texts is empty data', async () => {
    const members = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`${at}/`, Buffer.alloc(0)]))
    const { code } = await refusal(
      'images',
      'x.zip',
      zipBytes({ ...members, 'readme.txt': Buffer.from('hello') }),
    )
    expect(code).toBe('data-empty')
  })
})

describe('a gzip', () => {
  it('that unpacks to more than memory is given is refused before it does', async () => {
    const folder = await temporaryFolder()
    // A gzip may be written in parts, so that 1.5 GiB of zeros take a megabyte and no memory to make.
    const part = gzipSync(zeros)
    await writeFile(join(folder, 'x'), Buffer.concat(Array.from({ length: 20 }, () => part)))
    await writeFile(join(folder, 'labels'), idxBytes([1], [1]))
    const reference = `idx:${join(folder, 'x')},${join(folder, 'labels')}`
    await expect(openDataset(reference, tinyInput)).rejects.toMatchObject({
      code: 'data-malformed',
      data: { file: join(folder, 'x'), place: expect.stringMatching(/^byte/) },
    })
  })

  it('of one endless line is refused by its number', async () => {
    const line = gzipSync(Buffer.concat([Buffer.from('1,2\n'), Buffer.alloc(20 * 2 ** 20, 0x31)]))
    expect(await refusal('csv', 'x.csv.gz', line)).toMatchObject({
      code: 'data-malformed',
      data: { place: 'line 2', detail: expect.stringMatching(/16 MiB/) },
    })
  })
})

describe('a folder', () => {
  it('of 10,000 empty folders is empty data, and holds what it held', async () => {
    const folder = await temporaryFolder()
    for (let outer = 0; outer < 10; outer++) {
      const made = Array.from({ length: 1000 }, (_, inner) => join(folder, String(outer), String(inner)))
      await mkdir(join(folder, String(outer)))
      await Promise.all(made.map((each) => mkdir(each)))
    }
    await expect(openDataset(`images:${folder}`, tinyInput)).rejects.toMatchObject({
      code: 'data-empty',
      data: { data: `images:${folder}` },
    })
    expect(await readdir(folder)).toHaveLength(10)
  })
})
