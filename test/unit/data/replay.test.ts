import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDataset, sharedBytes } from '../../../src/main/data/dataset'
import { pickReplay } from '../../../src/main/data/replay/pickReplay'
import { encodeReplay, readReplay, replayFile, replaySamples } from '../../../src/main/data/replay/replayFile'
import { tinySpec } from '../engine/tinyTask'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const { width, height } = tinySpec.input
const size = width * height

/** 300 samples, the first pixel of which tells their number. */
function samples() {
  const labels = Array.from({ length: 300 }, (_, i) => tinySpec.classes[i % 3] ?? '')
  const pixels = sharedBytes(300 * size)
  labels.forEach((_, i) => (pixels[i * size] = i % 256))
  const dataset = createDataset('bars', labels, { kind: 'rasters', width, height, pixels })
  const classIndex = Int32Array.from(labels, (label) => tinySpec.classes.indexOf(label))
  return { dataset, classIndex, indices: Int32Array.from(labels.keys()) }
}

it('what travels with a model has each class alike, and comes back as it was', async () => {
  const all = samples()
  const replay = pickReplay(
    tinySpec,
    { ...all, indices: all.indices.slice(0, 240) },
    { ...all, indices: all.indices.slice(240) },
    1,
  )
  for (const label of tinySpec.classes) {
    expect(replay.training.labels.filter((other) => other === label)).toHaveLength(60)
    expect(replay.check.labels.filter((other) => other === label)).toHaveLength(20)
  }
  const folder = await temporaryFolder()
  expect(await readReplay(folder)).toBeNull()
  const bytes = await encodeReplay(replay)
  await writeFile(join(folder, replayFile), bytes)
  const back = await readReplay(folder)
  expect(back?.training.labels).toEqual(replay.training.labels)
  expect(Buffer.from(back?.check.rasters ?? []).equals(Buffer.from(replay.check.rasters))).toBe(true)

  await writeFile(join(folder, replayFile), bytes.subarray(0, bytes.length / 2))
  await expect(readReplay(folder)).rejects.toThrow()
})

it('samples of classes that a model lacks are left out', () => {
  const all = samples()
  const replay = pickReplay(tinySpec, all, all, 1)
  const { indices, classIndex } = replaySamples(replay, replay.training, ['crossed', 'lying'])
  expect(indices).toHaveLength(120)
  expect(new Set(Array.from(indices, (index) => classIndex[index]))).toEqual(new Set([0, 1]))
})
