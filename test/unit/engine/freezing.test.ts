import { describe, expect, it } from 'vitest'
import { compileTraining } from '../../../src/main/engine/compile/trainingGraph'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { freezeLayers } from '../../../src/main/engine/network/freezing'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { TrainingSession } from '../../../src/main/engine/training/trainingSession'
import { recipeSchema, type Recipe, type RecipeInput } from '../../../src/shared/training/recipe'
import { tinyBatches, tinySpec } from './tinyTask'

const start = initializeParameters(describeParameters(tinySpec), 7)

const recipeOf = (freeze: RecipeInput['freeze']): Recipe =>
  recipeSchema.parse({ batchSize: 8, learningRate: 0.05, freeze })

/** The names of what three steps change. */
async function changedBy(freeze: RecipeInput['freeze']): Promise<string[]> {
  const session = await TrainingSession.create(tinySpec, recipeOf(freeze), start, { provider: 'cpu' })
  for await (const batch of tinyBatches(8, 3).epoch(1, 0)) await session.step(batch, 0.05)
  const weights = session.snapshot()
  await session.release()
  expect([...weights.keys()].toSorted()).toEqual([...start.keys()].toSorted())
  return [...weights].flatMap(([name, data]) =>
    data.every((value, i) => value === start.get(name)?.[i]) ? [] : [name],
  )
}

describe('freezing', () => {
  it('leaves everything but the head as it is, running statistics included', async () => {
    expect((await changedBy('backbone')).toSorted()).toEqual(['head.bias', 'head.weight'])
  })

  it('takes layers by name, a block with all that is in it', async () => {
    const changed = await changedBy(['conv2d1', 'residual1'])
    expect(changed).not.toContain('conv2d1.weight')
    expect(changed.some((name) => name.startsWith('residual1.'))).toBe(false)
    expect(changed).toContain('batchNorm1.runningMean')
    expect(changed).toContain('dense1.weight')
  })

  it('passes gradients through a frozen normalisation', async () => {
    const changed = await changedBy(['batchNorm2'])
    expect(changed).toContain('conv2d1.weight')
    expect(changed.some((name) => name.startsWith('batchNorm2.'))).toBe(false)
  })

  it('leaves frozen layers at the start out of the backward graph', () => {
    const sizeOf = (freeze: RecipeInput['freeze']): number =>
      compileTraining(tinySpec, recipeOf(freeze)).model.length
    expect(sizeOf('backbone')).toBeLessThan(sizeOf('none') / 2)
  })

  it('knows how many of the first layers do the same in every epoch', () => {
    const frontOf = (freeze: RecipeInput['freeze']): number =>
      freezeLayers(tinySpec, recipeOf(freeze).freeze).front
    expect(frontOf('none')).toBe(0)
    expect(frontOf('backbone')).toBe(tinySpec.layers.length)
    // Convolution, normalisation, relu and pooling; the block trains.
    expect(frontOf(['conv2d1', 'batchNorm1'])).toBe(4)
    // An unfrozen dropout differs from epoch to epoch.
    expect(frontOf(['conv2d1', 'batchNorm1', 'residual1', 'dense1'])).toBe(5)
    expect(frontOf(['conv2d1'])).toBe(1)
    expect(frontOf(['dense1'])).toBe(0)
  })

  it('refuses names that no layer has, and to freeze everything', () => {
    expect(() => freezeLayers(tinySpec, ['conv2d9'])).toThrow('layer-unknown')
    const everything = ['conv2d1', 'batchNorm1', 'residual1', 'dense1', 'batchNorm2', 'head']
    expect(() => freezeLayers(tinySpec, everything)).toThrow('bad-input')
  })
})
