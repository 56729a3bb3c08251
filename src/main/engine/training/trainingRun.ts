import { AppError } from '../../../shared/errors/appError'
import type { Provider } from '../../../shared/training/recipe'
import { BatchEvaluator } from './batchEvaluator'
import { Checkpointer } from './checkpointer'
import { keptTensors, readKept, type KeptEpoch } from './keptEpoch'
import { ModelWriter } from './modelWriter'
import { openTrainingEngine, type TrainingEngine } from './openTrainingEngine'
import { learningRateAt } from './schedule'
import { StepClock } from './stepClock'
import { startPosition, type TrainingCheckpoint, type TrainingPosition } from './trainingCheckpoint'
import type { TrainingInput, TrainingOutcome } from './trainingInput'
import { scoreOf, type Validation } from './validate'
import { validateSets } from './validateSets'

/** A lower rate to go on with after the training went astray: a quarter, as one would type it. */
const lowerRate = (rate: number): number => Number((rate / 4).toPrecision(2))

/** One run of a training on one provider, from its start or from a checkpoint, up to its end or its interruption. */
export class TrainingRun {
  readonly #clock = new StepClock()
  readonly #checkpointer: Checkpointer
  readonly #modelWriter: ModelWriter
  readonly #steps: number
  #epochStarted = performance.now()

  private constructor(
    private readonly input: TrainingInput,
    private readonly provider: Provider,
    private readonly session: TrainingEngine,
    private readonly evaluator: BatchEvaluator,
    private readonly position: TrainingPosition,
    private kept: KeptEpoch | null,
  ) {
    this.#checkpointer = new Checkpointer(input.checkpoints, input.checkpointSeconds * 1000, input.emit)
    this.#modelWriter = new ModelWriter((kept) => input.writeModel(kept, provider), input.emit)
    this.#steps = input.recipe.epochs * input.batches.stepsPerEpoch
  }

  /**
   * @param from goes on from there; null begins with the input's start values
   * @throws AppError 'provider-failed', 'checkpoint-broken' where it is another network's
   */
  static async open(
    input: TrainingInput,
    provider: Provider,
    from: TrainingCheckpoint | null,
  ): Promise<TrainingRun> {
    const session = await openTrainingEngine(input, provider)
    try {
      const kept = from && restore(session, from, input)
      const evaluator = await BatchEvaluator.create(input.spec, { provider, batchSize: 256 })
      const position = structuredClone(from?.position ?? startPosition())
      return new TrainingRun(input, provider, session, evaluator, position, kept)
    } catch (error) {
      await session.release()
      throw error
    }
  }

  /** @throws AppError 'loss-not-finite', 'provider-failed', 'file-unwritable' where the model cannot be written at the end */
  async run(): Promise<TrainingOutcome> {
    try {
      await this.#writeCheckpoint()
      let reason = this.#endReason()
      while (!reason) {
        await this.#trainEpoch()
        await this.#finishEpoch()
        reason = this.#endReason()
      }
      await this.#modelWriter.write(this.kept)
      return this.#outcome(reason)
    } catch (error) {
      const { signal } = this.input
      if (!signal.aborted || error !== signal.reason) throw error
      await this.#writeCheckpoint()
      await this.#modelWriter.write(this.kept)
      return this.#outcome('cancelled')
    }
  }

  async release(): Promise<void> {
    await this.session.release()
    await this.evaluator.release()
  }

  #endReason(): 'finished' | 'stopped-early' | null {
    const { recipe } = this.input
    const done = this.position.epoch - 1
    if (done >= recipe.epochs) return 'finished'
    const sinceGain = done - (this.position.highest?.epoch ?? 0)
    return recipe.patience > 0 && sinceGain >= recipe.patience ? 'stopped-early' : null
  }

  #outcome(reason: TrainingOutcome['reason']): TrainingOutcome {
    return { reason, epochs: this.position.epoch - 1, kept: this.kept }
  }

  async #trainEpoch(): Promise<void> {
    const { recipe, batches, emit } = this.input
    const { position } = this
    this.#epochStarted = performance.now()
    this.#clock.restart()
    await this.#pause()
    for await (const batch of batches.epoch(position.epoch, position.stepInEpoch)) {
      await this.#pause()
      const learningRate = learningRateAt(recipe, position.step, this.#steps)
      const loss = await this.session.step(batch, learningRate)
      if (!Number.isFinite(loss)) throw this.#wentAstray(position.step + 1)
      position.step++
      position.stepInEpoch++
      position.lossSum += loss
      const { epoch, step } = position
      const speed = this.#clock.tick(batch.count, this.#steps - step)
      emit({ event: 'step', epoch, step, steps: this.#steps, loss, learningRate, ...speed })
      if (this.#checkpointer.isDue) {
        await this.#writeCheckpoint()
        this.#clock.restart()
      }
    }
  }

  /** Measures the epoch on the held-out samples, keeps its weights where they are to be kept, and turns to the next. */
  async #finishEpoch(): Promise<void> {
    const { batches, emit } = this.input
    const { position } = this
    const { epoch } = position
    if (!this.session.isFinite()) throw this.#wentAstray(position.step)
    const { validation, logits, watched } = await validateSets(this.input, (rasters) =>
      this.evaluator.logits(this.session.weights(), rasters, () => this.#pause()),
    )
    if (!Number.isFinite(validation.loss)) throw this.#wentAstray(position.step)
    const best = this.#judge(validation)
    if (best) this.kept = { epoch, parameters: this.session.snapshot(), logits, metrics: validation.metrics }
    const event = {
      event: 'epoch' as const,
      epoch,
      trainingLoss: position.lossSum / batches.stepsPerEpoch,
      validationLoss: validation.loss,
      validationAccuracy: validation.metrics.accuracy,
      ...(watched && { watched }),
      seconds: (performance.now() - this.#epochStarted) / 1000,
      best,
    }
    position.history.push(event)
    position.epoch++
    position.stepInEpoch = 0
    position.lossSum = 0
    emit(event)
    // The model first: a crash between the two then repeats work, where the other way round it would lose the model.
    await this.#modelWriter.tryToWrite(this.kept)
    await this.#writeCheckpoint()
  }

  /** Notes the epoch's score. Of equals the later epoch is kept: it has seen more, at lower rates. */
  #judge(validation: Validation): boolean {
    const { recipe } = this.input
    const { position } = this
    const { epoch } = position
    const score = scoreOf(validation, recipe.monitor)
    if (!position.highest || score > position.highest.score) position.highest = { epoch, score }
    const isKept = recipe.keep === 'last' || !position.kept || score >= position.kept.score
    if (isKept) position.kept = { epoch, score, metrics: validation.metrics }
    return isKept
  }

  /** Between two steps: ends what was cancelled, and waits while it is paused. */
  async #pause(): Promise<void> {
    const { signal, gate, emit } = this.input
    signal.throwIfAborted()
    if (!gate?.isClosed) return
    const { epoch, step } = this.position
    await this.#writeCheckpoint()
    emit({ event: 'paused', epoch, step })
    await gate.passed(signal)
    emit({ event: 'resumed', epoch, step })
    this.#clock.restart()
  }

  /** @throws AppError 'loss-not-finite' where there is nothing left that would be worth keeping */
  async #writeCheckpoint(): Promise<void> {
    if (!this.session.isFinite()) throw this.#wentAstray(this.position.step)
    const tensors = [...this.session.tensors(), ...keptTensors(this.kept)]
    await this.#checkpointer.write({ position: structuredClone(this.position), tensors })
  }

  #wentAstray(step: number): AppError {
    const { recipe, checkpoints } = this.input
    const { learningRate } = recipe
    return new AppError('loss-not-finite', {
      step,
      learningRate,
      folder: checkpoints.folder,
      lowerRate: lowerRate(learningRate),
    })
  }
}

function restore(session: TrainingEngine, from: TrainingCheckpoint, input: TrainingInput): KeptEpoch | null {
  try {
    session.restore(from.position.step, from.tensors)
    return readKept(from)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('checkpoint-broken', { folder: input.checkpoints.folder, detail }, { cause: error })
  }
}
