import { AppError } from '../../../shared/errors/appError'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { EvaluationMetrics } from '../../../shared/recognition/evaluation'
import type { Provider, Recipe } from '../../../shared/training/recipe'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import { confusionMatrix, scoreClasses, summarize } from '../infer/metrics'
import { argMax } from '../infer/probabilities'
import type { Parameters } from '../network/parameter'
import { BatchEvaluator } from './batchEvaluator'
import { learningRateAt } from './schedule'
import { StepClock } from './stepClock'
import { TrainingSession, type Batch } from './trainingSession'

/** Where batches come from; the engine does not know what they were made of. */
export interface BatchSource {
  readonly stepsPerEpoch: number
  epoch(epoch: number): AsyncIterable<Batch>
}

/** Held-out samples: rasters [count, height, width] with their true classes [count]. */
export interface HeldOut {
  readonly rasters: Uint8Array
  readonly truth: Int32Array
}

/** The best epoch so far. */
export interface BestEpoch {
  readonly epoch: number
  readonly parameters: Parameters
  /** Of the held-out samples, [count, outputs]. */
  readonly logits: Float32Array
  readonly metrics: EvaluationMetrics
}

export interface TrainingInput {
  readonly spec: ModelSpec
  readonly recipe: Recipe
  readonly provider: Provider
  readonly start: Parameters
  readonly batches: BatchSource
  readonly heldOut: HeldOut
  readonly signal: AbortSignal
  readonly emit: (event: TrainingEvent) => void
  /** Called after each epoch that is better than all before, to keep it. */
  onBest(best: BestEpoch): Promise<void>
}

export interface TrainingOutcome {
  readonly reason: 'finished' | 'cancelled' | 'stopped-early'
  readonly epochs: number
  readonly best: BestEpoch | null
}

/**
 * Trains a network epoch by epoch and keeps the epoch that reads most held-out samples right, or the last. Cancelling stops between two steps.
 * @throws AppError 'loss-not-finite', naming the step
 */
export async function train(input: TrainingInput): Promise<TrainingOutcome> {
  const { spec, recipe, provider, signal } = input
  const session = await TrainingSession.create(spec, recipe, input.start, { provider })
  const evaluator = await BatchEvaluator.create(spec, { provider, batchSize: 256 })
  const clock = new StepClock(recipe.epochs * input.batches.stepsPerEpoch)
  let best: BestEpoch | null = null
  let lastGain = 0
  let epoch = 1
  try {
    for (; epoch <= recipe.epochs; epoch++) {
      const started = performance.now()
      const trainingLoss = await trainEpoch(input, session, clock, epoch)
      const logits = await evaluator.logits(session.weights(), input.heldOut.rasters, signal)
      const validation = validate(logits, input.heldOut.truth, spec)
      const better = recipe.keep === 'last' || isAtLeastAsGood(validation, best)
      if (!best || validation.metrics.accuracy > best.metrics.accuracy) lastGain = epoch
      input.emit({
        event: 'epoch',
        epoch,
        trainingLoss,
        validationLoss: validation.loss,
        validationAccuracy: validation.metrics.accuracy,
        seconds: (performance.now() - started) / 1000,
        best: better,
      })
      if (better) {
        best = { epoch, parameters: session.snapshot(), logits, metrics: validation.metrics }
        await input.onBest(best)
      }
      if (recipe.patience > 0 && epoch - lastGain >= recipe.patience) {
        return { reason: 'stopped-early', epochs: epoch, best }
      }
    }
    return { reason: 'finished', epochs: recipe.epochs, best }
  } catch (error) {
    if (!signal.aborted) throw error
    return { reason: 'cancelled', epochs: epoch - 1, best }
  } finally {
    await session.release()
    await evaluator.release()
  }
}

/**
 * The loss would not do: with smoothed labels it rises while the answers get better. Of equals the later one is kept: it has
 * seen more, at lower rates.
 */
function isAtLeastAsGood(now: Pick<BestEpoch, 'metrics'>, best: BestEpoch | null): boolean {
  return !best || now.metrics.accuracy >= best.metrics.accuracy
}

/** @returns the mean loss of the epoch's steps */
async function trainEpoch(
  { recipe, batches, signal, emit }: TrainingInput,
  session: TrainingSession,
  clock: StepClock,
  epoch: number,
): Promise<number> {
  let sum = 0
  for await (const batch of batches.epoch(epoch)) {
    signal.throwIfAborted()
    const learningRate = learningRateAt(recipe, clock.step, clock.steps)
    const loss = await session.step(batch, learningRate)
    if (!Number.isFinite(loss)) throw new AppError('loss-not-finite', { step: clock.step + 1 })
    sum += loss
    const speed = clock.tick(batch.count)
    emit({ event: 'step', epoch, step: clock.step, steps: clock.steps, loss, learningRate, ...speed })
  }
  return sum / batches.stepsPerEpoch
}

/** Cross-entropy over the classes, and the metrics, of held-out samples. */
function validate(
  logits: Float32Array,
  truth: Int32Array,
  spec: ModelSpec,
): { loss: number; metrics: EvaluationMetrics } {
  const outputs = outputCount(spec)
  const classes = spec.classes.length
  let loss = 0
  const answers = truth.map((label, i) => {
    const row = logits.subarray(i * outputs, i * outputs + classes)
    const largest = row.reduce((max, value) => Math.max(max, value), -Infinity)
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0)
    loss += Math.log(sum) + largest - (row[label] ?? 0)
    return argMax(row)
  })
  const confusion = confusionMatrix(truth, answers, classes)
  return { loss: loss / truth.length, metrics: summarize(scoreClasses(confusion, spec.classes), confusion) }
}
