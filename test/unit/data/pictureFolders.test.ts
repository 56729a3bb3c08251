import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/openDataset'
import { renderDataset } from '../../../src/main/data/renderDataset'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { drawnSeven } from '../../fixtures/data/drawnPicture'
import { zipBytes } from '../../fixtures/data/zipBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

type Members = Readonly<Record<string, Buffer>>

const seven = await drawnSeven().png().toBuffer()
const light = await drawnSeven({ ink: '#fff', paper: '#000' }).jpeg().toBuffer()
const members: Members = {
  'set/notes.txt': Buffer.from('hello'),
  'set/7/one.png': seven,
  'set/7/two.JPG': light,
  'set/猫/one.png': seven,
  'set/7/._one.png': Buffer.from('resource fork'),
  '__MACOSX/set/7/one.png': Buffer.from('resource fork'),
  'set/7/readme.md': Buffer.from('hello'),
}

async function tarBytes(files: Members): Promise<Buffer> {
  const tar = pack()
  for (const [name, bytes] of Object.entries(files)) tar.entry({ name }, bytes)
  tar.finalize()
  return buffer(tar)
}

async function open(name: string, bytes: Buffer): ReturnType<typeof openDataset> {
  const file = join(await temporaryFolder(), name)
  await writeFile(file, bytes)
  return openDataset(`images:${file}`, digitsInput)
}

async function openFolder(files: Members): ReturnType<typeof openDataset> {
  const folder = await temporaryFolder()
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
  return openDataset(`images:${folder}`, digitsInput)
}

describe('pictures in one folder per label', () => {
  it.each<[string, () => ReturnType<typeof openDataset>]>([
    ['a folder', () => openFolder(members)],
    ['a ZIP', () => open('set.zip', zipBytes(members))],
    ['a tar', async () => open('set.tar', await tarBytes(members))],
    ['a gzipped tar', async () => open('set.tgz', gzipSync(await tarBytes(members)))],
  ])('open from %s, other files passed by', async (_, opened) => {
    const dataset = await opened()
    expect(dataset).toMatchObject({ count: 3, labels: ['7', '猫'], labelIndex: Int32Array.of(0, 0, 1) })
    const rasters = renderDataset(dataset, digitsInput)
    for (let i = 0; i < 3; i++) {
      const mass = rasters.subarray(i * 784, (i + 1) * 784).reduce((sum, value) => sum + value, 0)
      expect(mass / 784).toBeGreaterThan(15)
      expect(mass / 784).toBeLessThan(60)
    }
  })

  it('keep a blank picture as an empty raster, so that counts add up', async () => {
    const blank = await drawnSeven({ ink: '#fff' }).png().toBuffer()
    const dataset = await openFolder({ '1/a.png': blank, '1/b.png': seven })
    expect(dataset.count).toBe(2)
    expect(
      renderDataset(dataset, digitsInput)
        .subarray(0, 784)
        .every((value) => value === 0),
    ).toBe(true)
  })

  it('are empty without a labelled picture', async () => {
    await expect(openFolder({ 'one.png': seven })).rejects.toMatchObject({ code: 'data-empty' })
  })

  it('do not follow links out of the folder', async () => {
    const outside = await temporaryFolder()
    await mkdir(join(outside, '8'))
    await writeFile(join(outside, '8', 'x.png'), seven)
    const folder = await temporaryFolder()
    await mkdir(join(folder, '7'))
    await writeFile(join(folder, '7', 'x.png'), seven)
    await symlink(join(outside, '8'), join(folder, '8'), 'junction')
    expect(await openDataset(`images:${folder}`, digitsInput)).toMatchObject({ count: 1, labels: ['7'] })
  })
})

describe('a malformed archive is refused with the member', () => {
  it.each<[string, string, () => Promise<Buffer> | Buffer, string]>([
    ['a picture that is none', 'x.zip', () => zipBytes({ '7/a.png': Buffer.from('text') }), '7/a.png'],
    ['a path that climbs out of a ZIP', 'x.zip', () => zipBytes({ '../7/a.png': seven }), ''],
    ['a path that climbs out of a tar', 'x.tar', () => tarBytes({ '../7/a.png': seven }), '../7/a.png'],
    [
      'a ZIP whose member claims gigabytes',
      'x.zip',
      () => zipBytes({ '7/a.png': seven }, { '7/a.png': 2 ** 31 }),
      '7/a.png',
    ],
    [
      'a ZIP whose member is larger than it claims',
      'x.zip',
      () => zipBytes({ '7/a.png': seven }, { '7/a.png': 10 }),
      '7/a.png',
    ],
    ['a ZIP that is cut', 'x.zip', () => zipBytes({ '7/a.png': seven }).subarray(0, 200), ''],
    [
      'a tar that is cut',
      'x.tar',
      async () => (await tarBytes({ '7/a.png': seven })).subarray(0, 700),
      '7/a.png',
    ],
    [
      'a gzipped tar that is cut',
      'x.tgz',
      async () => gzipSync(await tarBytes({ '7/a.png': seven })).subarray(0, 300),
      '',
    ],
  ])('%s', async (_, name, bytes, member) => {
    const error: unknown = await open(name, await bytes()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'data-malformed' })
    expect(error).toHaveProperty('data.place', expect.stringContaining(member))
  })
})
