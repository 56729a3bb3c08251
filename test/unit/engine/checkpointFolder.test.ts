import { mkdir, readdir, readFile, rename, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CheckpointFolder } from '../../../src/main/engine/model/checkpointFolder'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

interface Content {
  step: number
}

const parse = (content: unknown): Content | null => {
  const { step } = (content ?? {}) as Partial<Content>
  return typeof step === 'number' ? { step } : null
}
const tensorsAt = (step: number) => [{ name: 'w', shape: [3], data: Float32Array.of(step, 0.1, -step) }]

/** A folder with checkpoints of steps 1 to `count`, as another process finds it. */
async function withCheckpoints(count: number) {
  const folder = await temporaryFolder()
  const writer = new CheckpointFolder(folder, parse)
  for (let step = 1; step <= count; step++) await writer.write({ step }, tensorsAt(step))
  const place = join(folder, 'checkpoint')
  const open = () => new CheckpointFolder(folder, parse)
  return { folder, place, open, writer }
}

async function readFrom(checkpoints: CheckpointFolder<Content>) {
  const damages: string[] = []
  const { content, tensors } = await checkpoints.read((detail) => damages.push(detail))
  expect(tensors).toEqual(tensorsAt(content.step))
  return { step: content.step, damages }
}

describe('the checkpoints of a training', () => {
  it('are read back bit for bit, the newest of them; of the others only the one before stays', async () => {
    const { place, open } = await withCheckpoints(5)
    expect(await readFrom(open())).toEqual({ step: 5, damages: [] })
    expect((await readdir(place)).sort()).toEqual(['4.json', '4.safetensors', '5.json', '5.safetensors'])
  })

  const damage: Record<string, (place: string) => Promise<unknown>> = {
    'whose tensors are cut': async (place) => {
      const file = join(place, '5.safetensors')
      await truncate(file, (await stat(file)).size - 1)
    },
    'whose tensors are gone': (place) => rename(join(place, '5.safetensors'), join(place, 'x')),
    'whose tensors are those of another checkpoint': async (place) =>
      writeFile(join(place, '5.safetensors'), await readFile(join(place, '4.safetensors'))),
    'whose JSON is cut': (place) => truncate(join(place, '5.json'), 40),
    'whose JSON is empty': (place) => truncate(join(place, '5.json'), 0),
    'whose JSON is of something else': (place) => writeFile(join(place, '5.json'), '{"format":1}'),
  }
  for (const [what, doDamage] of Object.entries(damage)) {
    it(`give way to the one before where there is one ${what}, and that is said`, async () => {
      const { place, open } = await withCheckpoints(5)
      await doDamage(place)
      const { step, damages } = await readFrom(open())
      expect(step).toBe(4)
      expect(damages).toEqual([expect.stringContaining('5.')])
    })
  }

  it('after one was found damaged still keep the good one beside the next', async () => {
    const { place, open } = await withCheckpoints(5)
    await truncate(join(place, '5.json'), 3)
    const checkpoints = open()
    await readFrom(checkpoints)
    await checkpoints.write({ step: 6 }, tensorsAt(6))
    expect((await readdir(place)).sort()).toEqual(['4.json', '4.safetensors', '6.json', '6.safetensors'])
    await truncate(join(place, '6.safetensors'), 20)
    expect((await readFrom(open())).step).toBe(4)
  })

  it('are refused where none is good, where there is none, and where a newer Longhand wrote them', async () => {
    const { folder, place, open } = await withCheckpoints(2)
    for (const name of ['1.json', '2.json']) await truncate(join(place, name), 5)
    await expect(readFrom(open())).rejects.toMatchObject({ code: 'checkpoint-broken', data: { folder } })
    await writeFile(join(place, '2.json'), '{"format":2,"what":"is to come"}')
    await expect(readFrom(open())).rejects.toMatchObject({ code: 'checkpoint-newer', data: { folder } })
    await open().remove()
    await expect(readFrom(open())).rejects.toMatchObject({ code: 'checkpoint-missing', data: { folder } })
  })

  it('are not confused by what a crash left half written, and take it away', async () => {
    const { place, open } = await withCheckpoints(2)
    await writeFile(join(place, '3.safetensors'), 'written, but without its JSON')
    await writeFile(join(place, '4.json.part'), '{"form')
    const checkpoints = open()
    expect(await readFrom(checkpoints)).toEqual({ step: 2, damages: [] })
    await checkpoints.write({ step: 3 }, tensorsAt(3))
    expect((await readdir(place)).sort()).toEqual(['2.json', '2.safetensors', '3.json', '3.safetensors'])
    expect(await readFrom(open())).toEqual({ step: 3, damages: [] })
  })

  it.for(['3.safetensors.part', '3.json.part'])(
    'stay good when the disk is full at %s, and the next is written as soon as it is not',
    async (part, context) => {
      if (process.platform !== 'linux') context.skip('no device that is full')
      const { place, writer, open } = await withCheckpoints(2)
      await symlink('/dev/full', join(place, part))
      await expect(writer.write({ step: 3 }, tensorsAt(3))).rejects.toMatchObject({
        code: 'file-unwritable',
        data: { file: place, detail: expect.stringContaining('ENOSPC') as string },
      })
      expect(await readFrom(open())).toEqual({ step: 2, damages: [] })
      await writer.write({ step: 4 }, tensorsAt(4))
      expect(await readFrom(open())).toEqual({ step: 4, damages: [] })
    },
  )

  it('leave no folder behind where not even the first can be written', async (context) => {
    if (process.platform !== 'linux') context.skip('no device that is full')
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'checkpoint'))
    await symlink('/dev/full', join(folder, 'checkpoint', '1.safetensors.part'))
    const writer = new CheckpointFolder(folder, parse)
    await expect(writer.write({ step: 1 }, tensorsAt(1))).rejects.toMatchObject({ code: 'file-unwritable' })
    expect(await readdir(folder)).toEqual([])
  })

  it('cannot be written where the folder is none any more, and says which', async () => {
    const { folder, place, writer } = await withCheckpoints(1)
    await rename(place, join(folder, 'moved'))
    await writeFile(place, 'a file')
    await expect(writer.write({ step: 2 }, tensorsAt(2))).rejects.toMatchObject({
      code: 'file-unwritable',
      data: { file: place },
    })
  })

  it('are written again where somebody took the folder away', async () => {
    const { folder, writer, open } = await withCheckpoints(1)
    await rename(join(folder, 'checkpoint'), join(folder, 'moved'))
    await writer.write({ step: 2 }, tensorsAt(2))
    expect(await readFrom(open())).toEqual({ step: 2, damages: [] })
  })
})
