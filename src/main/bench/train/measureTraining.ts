import { cpus } from 'node:os'
import type { Contestant } from '../contestant'
import { medianOf, takeTurns } from '../takeTurns'
import { createFedForward, createForward, createTensorflow, createTraining } from './longhandContestants'
import { prepareBatches } from './referenceTask'
import { startTorch } from './torchContestants'

const batchCount = 64

export interface TrainingSpeed {
  readonly processor: string
  readonly threads: number
  readonly rounds: number
  readonly secondsPerTurn: number
  /** Images per second. */
  readonly training: number
  readonly forward: number
  readonly forwardWithFedWeights: number
  /** Training against a third of the forward pass: a step is three passes, if the other two are as fast. */
  readonly ofIdeal: number
  readonly ofIdealWithFedWeights: number
  /** Of this process while it trained, with the data that it read. */
  readonly peakMemoryMB: number
  readonly torch?: {
    readonly version: string
    readonly training: number
    readonly trainingChannelsLast: number
    /** Longhand's training against PyTorch's. */
    readonly ratio: number
    readonly ratioChannelsLast: number
  }
  readonly tensorflow?: {
    readonly version: string
    readonly device: 'cpu' | 'gpu'
    readonly training: number
    /** ONNX Runtime's training against TensorFlow's. */
    readonly ratio: number
  }
}

interface Plan {
  readonly seconds: number
  readonly rounds: number
  readonly threads: number
  /** With PyTorch, where it is to be compared with. */
  readonly python?: string | undefined
  readonly scriptFolder: string
  /** With TensorFlow, from where it is set up. */
  readonly tensorflowFolder?: string | undefined
}

/** Everything that is compared runs in turns; each figure is a median over the rounds. */
export async function measureTraining(plan: Plan): Promise<TrainingSpeed> {
  const { seconds, threads, python, scriptFolder, tensorflowFolder } = plan
  const rounds = Math.ceil(plan.rounds)
  const batches = await prepareBatches(batchCount)
  const training = await createTraining(batches, threads)
  await training.work(Math.min(1, seconds))
  // Before anything else is loaded that would count.
  const peakMemoryMB = Math.round(process.resourceUsage().maxRSS / 1024)
  const torch = python === undefined ? null : await startTorch({ python, scriptFolder, threads }, batches)
  const tensorflow =
    tensorflowFolder === undefined ? null : await createTensorflow(batches, threads, tensorflowFolder)
  const contestants: Record<string, Contestant> = {
    training,
    forward: await createForward(batches, threads),
    fed: await createFedForward(batches, threads),
    ...(torch && { torch: torch.plain, torchChannelsLast: torch.channelsLast }),
    ...(tensorflow && { tensorflow }),
  }
  const results = await takeTurns(contestants, { rounds, seconds }, (done) => {
    process.stderr.write(`round ${done} of ${rounds}\n`)
  })
  for (const contestant of Object.values(contestants)) await contestant.close()

  const speed = (name: string): number => Math.round(medianOf(results, (round) => round[name] ?? NaN))
  const ratio = (name: string, factor = 1): number => {
    const median = medianOf(results, (round) => ((round.training ?? NaN) / (round[name] ?? NaN)) * factor)
    return Math.round(1000 * median) / 1000
  }
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    threads,
    rounds,
    secondsPerTurn: seconds,
    training: speed('training'),
    forward: speed('forward'),
    forwardWithFedWeights: speed('fed'),
    ofIdeal: ratio('forward', 3),
    ofIdealWithFedWeights: ratio('fed', 3),
    peakMemoryMB,
    ...(torch && {
      torch: {
        version: torch.version,
        training: speed('torch'),
        trainingChannelsLast: speed('torchChannelsLast'),
        ratio: ratio('torch'),
        ratioChannelsLast: ratio('torchChannelsLast'),
      },
    }),
    ...(tensorflow && {
      tensorflow: {
        version: tensorflow.version,
        device: tensorflow.device,
        training: speed('tensorflow'),
        ratio: ratio('tensorflow'),
      },
    }),
  }
}
