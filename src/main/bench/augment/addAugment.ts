import type { Command } from 'commander'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters } from '../../engine/network/parameter'
import { TrainingSession } from '../../engine/training/trainingSession'
import { createBatchMaker } from '../../data/augment/createBatchMaker'
import { openDataset } from '../../data/openDataset'
import { namedSpec } from '../../../shared/model/specs'
import { recipeSchema } from '../../../shared/training/recipe'
import { measureBatches } from '../contestant'
import { positiveNumber } from '../numbers'
import { medianOf, takeTurns } from '../takeTurns'

const digits = Array.from({ length: 10 }, (_, digit) => String(digit))

interface AugmentOptions {
  spec: string
  seconds: number
  rounds: number
  json?: true
}

/** `bench augment`: whether augmented batches are made faster than a training uses them up. */
export function addAugment(program: Command, recipesFolder: string): void {
  program
    .command('augment')
    .description(
      "how fast one thread makes batches by the digits' recipe, against how fast a network trains on them",
    )
    .option('--spec <name>', 'the network', 'compact')
    .option('--seconds <number>', 'how long each works in a round', positiveNumber, 3)
    .option('--rounds <number>', 'how often both take their turn', positiveNumber, 4)
    .option('--json', 'one JSON object')
    .action(async ({ spec: name, seconds, rounds, json }: AugmentOptions) => {
      const recipe = recipeSchema.parse(
        JSON.parse(await readFile(join(recipesFolder, 'digits.json'), 'utf8')),
      )
      const spec = namedSpec(name, digits)
      const dataset = await openDataset('mnist:train', spec.input)
      const maker = createBatchMaker({
        labelLength: 1,
        dataset,
        classIndex: dataset.labelIndex,
        indices: Int32Array.from(dataset.labelIndex.keys()),
        input: spec.input,
        augmentation: recipe.augmentation,
        replay: null,
        outputWeights: null,
        rejectClass: spec.rejects ? spec.classes.length : null,
        batchSize: recipe.batchSize,
        seed: 1,
      })
      const start = initializeParameters(describeParameters(spec), 1)
      const session = await TrainingSession.create(spec, recipe, start, { provider: 'cpu' })
      const batch = maker.makeBatch(1, 0)
      let step = 0
      const results = await takeTurns(
        {
          making: {
            work: (time) =>
              measureBatches(recipe.batchSize, time, () => {
                maker.makeBatch(1, step++ % maker.stepsPerEpoch)
                return Promise.resolve()
              }),
            close: () => Promise.resolve(),
          },
          training: {
            work: (time) =>
              measureBatches(recipe.batchSize, time, async () => {
                await session.step(batch, 1e-4)
              }),
            close: () => session.release(),
          },
        },
        { rounds: Math.ceil(rounds), seconds },
        (done) => process.stderr.write(`round ${done} of ${Math.ceil(rounds)}\n`),
      )
      await session.release()
      const making = medianOf(results, (round) => round.making ?? NaN)
      const training = medianOf(results, (round) => round.training ?? NaN)
      const ratio = medianOf(results, (round) => (round.making ?? NaN) / (round.training ?? NaN))
      const result = {
        processor: cpus()[0]?.model ?? 'unknown',
        cores: availableParallelism(),
        spec: name,
        /** Images per second: augmented by one thread; used up by a training that has all cores. */
        augmenting: Math.round(making),
        training: Math.round(training),
        ratio: Math.round(100 * ratio) / 100,
      }
      process.stdout.write(
        json
          ? `${JSON.stringify(result)}\n`
          : `${result.processor}, ${result.cores} cores; ${name}\n` +
              `augmenting  ${result.augmenting} images/s on one thread\n` +
              `training    ${result.training} images/s on all cores; augmenting is ${result.ratio} times as fast\n`,
      )
    })
}
