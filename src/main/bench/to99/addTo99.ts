import { Option, type Command } from 'commander'
import { availableParallelism, cpus } from 'node:os'
import { openDataset } from '../../data/openDataset'
import { findPython } from '../findPython'
import { positiveNumber } from '../numbers'
import { runLonghand, type To99Run } from './longhandRun'
import { to99Recipe, to99Spec } from './to99Task'
import { startTorchRuns } from './torchRuns'

interface To99Options {
  against?: 'torch'
  python?: string
  runs: number
  threads: number
  json?: true
}

/** `bench to-99`: from random weights to 99% of MNIST's test images. */
export function addTo99(program: Command, scriptFolder: string): void {
  program
    .command('to-99')
    .description("seconds from random weights to 99% of MNIST's test images")
    .addOption(new Option('--against <library>', 'the same recipe elsewhere, in turns').choices(['torch']))
    .option('--python <program>', 'a Python with torch (also LONGHAND_PYTHON)')
    .option('--runs <number>', 'trainings, each with a seed of its own', positiveNumber, 5)
    .option('--threads <number>', 'threads of each', positiveNumber, availableParallelism())
    .option('--json', 'one JSON object')
    .action(async (options: To99Options) => {
      const python = options.against && (await findPython(options.python, 'torch', 'torch'))
      const mnist = {
        train: await openDataset('mnist:train', to99Spec.input),
        test: await openDataset('mnist:test', to99Spec.input),
      }
      const torch =
        python === undefined ? null : await startTorchRuns({ python, scriptFolder, ...options }, mnist)
      const ours: To99Run[] = []
      const theirs: To99Run[] = []
      for (let seed = 1; seed <= Math.ceil(options.runs); seed++) {
        ours.push(await runLonghand(to99Spec, { ...to99Recipe, seed }, mnist, options.threads))
        if (torch) theirs.push(await torch.run(seed))
        process.stderr.write(`run ${seed} of ${Math.ceil(options.runs)}\n`)
      }
      await torch?.close()
      const result = {
        processor: cpus()[0]?.model ?? 'unknown',
        threads: options.threads,
        ...summarize(ours),
        ...(torch && {
          torch: {
            ...summarize(theirs),
            /** How many times as long PyTorch takes, run by run. */
            ratio: rounded(median(theirs.map((run, i) => run.seconds / (ours[i]?.seconds ?? NaN)))),
          },
        }),
      }
      const lines = options.json
        ? [JSON.stringify(result)]
        : [
            `${result.processor}, ${result.threads} threads; ${ours.length} seeds`,
            `Longhand  ${describe(result)}`,
            ...('torch' in result
              ? [`PyTorch   ${describe(result.torch)}; ${result.torch.ratio} times as long`]
              : []),
          ]
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

interface Summary {
  seconds: number
  accuracy: number
  accuracies: number[]
}

/** The median time, the mean accuracy, and each run's. */
function summarize(runs: readonly To99Run[]): Summary {
  const accuracies = runs.map(({ accuracy }) => accuracy)
  const accuracy = accuracies.reduce((sum, one) => sum + one, 0) / runs.length
  return { seconds: rounded(median(runs.map(({ seconds }) => seconds))), accuracy, accuracies }
}

function describe({ seconds, accuracy, accuracies }: Summary): string {
  const shares = accuracies.map((one) => (100 * one).toFixed(2)).join(', ')
  return `${seconds} s to ${(100 * accuracy).toFixed(2)}% (${shares})`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

const rounded = (value: number): number => Math.round(100 * value) / 100
