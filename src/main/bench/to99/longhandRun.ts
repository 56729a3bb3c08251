import { toPixels } from '../../../shared/image/toPixels'
import type { Dataset } from '../../data/dataset'
import { createFeatureBatches } from '../../data/augment/featureBatches'
import { renderDataset } from '../../data/renderDataset'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Recipe } from '../../../shared/training/recipe'
import { describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters } from '../../engine/network/parameter'
import { BatchEvaluator } from '../../engine/training/batchEvaluator'
import { learningRateAt } from '../../engine/training/schedule'
import { TrainingSession } from '../../engine/training/trainingSession'
import { argMax } from '../../engine/infer/probabilities'

/** One training from random weights. */
export interface To99Run {
  /** From the first line of the network to the end of the last step. */
  readonly seconds: number
  /** On MNIST's test images, measured when the clock had stopped. */
  readonly accuracy: number
}

export interface Mnist {
  readonly train: Dataset
  readonly test: Dataset
}

/** @param threads of the CPU */
export async function runLonghand(
  spec: ModelSpec,
  recipe: Recipe,
  { train, test }: Mnist,
  threads: number,
): Promise<To99Run> {
  const batches = createFeatureBatches({
    features: toPixels(renderDataset(train, spec.input)),
    outputs: train.labelIndex,
    replay: null,
    outputWeights: null,
    batchSize: recipe.batchSize,
    seed: recipe.seed,
  })
  const started = performance.now()
  const start = initializeParameters(describeParameters(spec), recipe.seed)
  const session = await TrainingSession.create(spec, recipe, start, { provider: 'cpu', threads })
  const steps = recipe.epochs * batches.stepsPerEpoch
  let step = 0
  for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
    for await (const batch of batches.epoch(epoch)) {
      await session.step(batch, learningRateAt(recipe, step++, steps))
    }
  }
  const seconds = (performance.now() - started) / 1000
  const evaluator = await BatchEvaluator.create(spec, { provider: 'cpu', batchSize: 256 })
  const logits = await evaluator.logits(session.weights(), renderDataset(test, spec.input))
  await evaluator.release()
  await session.release()
  const outputs = logits.length / test.count
  const right = test.labelIndex.filter(
    (label, i) => argMax(logits.subarray(i * outputs, (i + 1) * outputs)) === label,
  ).length
  return { seconds, accuracy: right / test.count }
}
