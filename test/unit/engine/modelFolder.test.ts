import { mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Recognizer } from '../../../src/main/engine/infer/recognizer'
import { readWeights, writeModel } from '../../../src/main/engine/model/modelFolder'
import { countParameters, describeParameters } from '../../../src/main/engine/network/describeNetwork'
import type { KeptEpoch } from '../../../src/main/engine/training/keptEpoch'
import { AppError } from '../../../src/shared/errors/appError'
import { modelCardSchema, type ModelCard } from '../../../src/shared/model/modelCard'
import { recipeSchema } from '../../../src/shared/training/recipe'
import { tinyHeldOut, tinySpec } from './tinyTask'
import { trainTiny } from './trainTiny'

const infos = describeParameters(tinySpec)

describe('a model folder', () => {
  let folder: string
  let card: ModelCard
  let best: KeptEpoch

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longhand-model-'))
    const { outcome } = await trainTiny({ epochs: 1 })
    if (!outcome.kept) throw new Error('no epoch was kept')
    best = outcome.kept
    card = modelCardSchema.parse({
      format: 1,
      name: 'bars',
      created: new Date(0).toISOString(),
      spec: tinySpec,
      recipe: recipeSchema.parse({}),
      provider: 'cpu',
      parameters: countParameters(tinySpec),
      parent: null,
      data: [],
      calibration: { temperature: 1, sureAt: 0.5, rejectAt: 0.5 },
      validation: best.metrics,
      command: '',
    })
    await writeModel(folder, card, infos, best.parameters)
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('reads as the network in training did, its normalisation folded away', async () => {
    const { rasters } = tinyHeldOut(100)
    const recognizer = await Recognizer.load(folder, { provider: 'cpu' })
    const logits = await recognizer.logits(rasters)
    await recognizer.release()
    expect(logits).toHaveLength(best.logits.length)
    logits.forEach((logit, i) => expect(logit).toBeCloseTo(best.logits[i] ?? NaN, 3))
    const network = await readFile(join(folder, 'model.onnx'), 'latin1')
    expect(network).not.toContain('runningMean')
  })

  it('stays as it was when the disk is full under the next version', async (context) => {
    if (process.platform !== 'linux') context.skip('no device that is full')
    const { outcome } = await trainTiny({ epochs: 1, seed: 5 })
    const next = outcome.kept?.parameters ?? new Map<string, Float32Array>()
    await symlink('/dev/full', join(folder, 'card.json.part'))
    await expect(writeModel(folder, card, infos, next)).rejects.toMatchObject({
      code: 'file-unwritable',
      data: { file: folder, detail: expect.stringContaining('ENOSPC') as string },
    })
    expect(await readWeights(folder)).toEqual(best.parameters)
    expect((await readdir(folder)).sort()).toEqual(['card.json', 'model.onnx', 'weights.safetensors'])
    await writeModel(folder, card, infos, next)
    expect(await readWeights(folder)).toEqual(next)
  })

  it('keeps the weights to train on', async () => {
    expect(await readWeights(folder)).toEqual(best.parameters)
  })

  const breakages: Record<string, () => Promise<void>> = {
    'whose network is cut in half': () => truncate(join(folder, 'model.onnx'), 500),
    'without a network': () => rm(join(folder, 'model.onnx')),
    'whose card is no JSON': () => writeFile(join(folder, 'card.json'), '{"format": 1,'),
    'whose card tells of other classes': () =>
      writeFile(
        join(folder, 'card.json'),
        JSON.stringify({ ...card, spec: { ...tinySpec, classes: ['a', 'b'] } }),
      ),
  }
  for (const [what, damage] of Object.entries(breakages)) {
    it(`is refused ${what}`, async () => {
      await damage()
      const error: unknown = await Recognizer.load(folder, { provider: 'cpu' }).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'model-broken', data: { folder } })
    })
  }
})
