import { calibrate } from '../../engine/infer/calibrate'
import { AppError } from '../../../shared/errors/appError'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { TeachingEvent, TeachingResult, TeachingRung } from '../../../shared/teaching/teaching'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import type { SampleSet } from '../../data/augment/batchPlan'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { replaySamples } from '../../data/replay/replayFile'
import type { Parameters } from '../../engine/network/parameter'
import { transferParameters } from '../../engine/network/transferParameters'
import { computeFront } from '../../engine/training/frontFeatures'
import type { PauseGate } from '../../engine/training/pauseGate'
import { dataFingerprint } from '../handlers/dataFingerprint'
import { answersOf, compareReadings, type ReadBy } from './compareReadings'
import { divideIntoFolds, drawShots, type Fold } from './folds'
import { judge, shareRight } from './gate'
import { learningCurve } from './learningCurve'
import { readLogits } from './readLogits'
import { stagesIn } from './stageStore'
import { suggestNext } from './suggestions'
import { openLesson, openTeachable, type Lesson, type Teachable } from './teachable'
import { plain, teachNetwork, type TeachingContext } from './teachNetwork'
import type { TeachingJob } from './teachingJob'
import { clearWork, workFolderOf, writeJob } from './workFolder'
import { writeTaught } from './writeTaught'

type Told = Exclude<TeachingEvent, { event: 'done' }>

export interface TeachContext {
  readonly signal: AbortSignal
  readonly emit: (event: Told) => void
  readonly gate: PauseGate
  readonly workerFile: string
}

/**
 * Teaches a model, measures it beside its base on samples that it was not taught with, and writes it with all that came of it.
 * Whether it is taken into use is for the caller to decide, by the gate.
 * @param job one whose fingerprint is empty begins; another goes on, and is refused where its data changed
 */
export async function teach(
  job: TeachingJob,
  folder: string,
  context: TeachContext,
): Promise<{ path: string; result: TeachingResult }> {
  const started = performance.now()
  const { signal, emit } = context
  const base = await openTeachable(job.baseFolder)
  const lesson = await openLesson(base, job.data, signal)
  const replay = replaySamples(base.replay, base.replay.training, lesson.spec.classes)
  await keepJob(job, folder, dataFingerprint([lesson.own, replay]))
  const rung = job.mode === 'auto' ? lesson.plan.rung : job.mode
  const rungReason = job.mode === 'auto' ? lesson.reason : 'asked'
  emit({ event: 'started', plan: lesson.plan, rung, rungReason })

  const { by, folds, final } =
    job.shots === null ? divideIntoFolds(lesson.own, job.seed) : drawShots(lesson.own, job.shots, job.seed)
  const work = new Work(job, base, lesson, replay, rung, folder, context)
  const check = await openCheck(job, base, signal)
  // With so many samples drawn, the model itself is what the others are measured with.
  const only = job.shots === null ? undefined : folds[0]
  const parts: { fold: Fold; parameters: Parameters }[] = []
  if (!only) {
    for (const [i, fold] of folds.entries()) {
      const parameters = await work.train(fold.training, fold.heldOut, {
        part: 'fold',
        number: i + 1,
        of: folds.length,
      })
      parts.push({ fold, parameters })
    }
  }
  const trainingStarted = performance.now()
  const parameters = await work.train(
    final,
    only?.heldOut ?? null,
    { part: 'final', number: 1, of: 1 },
    check,
  )
  const trainingSeconds = (performance.now() - trainingStarted) / 1000
  if (only) parts.push({ fold: only, parameters })

  const heldOut = await work.readHeldOut(parts)
  const [checkBefore, checkAfter] = [
    await readLogits(base.card.spec, base.parameters, check.rasters, signal),
    await readLogits(lesson.spec, parameters, check.rasters, signal),
  ]
  const outputs = outputCount(lesson.spec)
  const calibration = calibrate(
    Float32Array.from([...heldOut.after.logits, ...checkAfter.logits]),
    Int32Array.from([...heldOut.truth, ...check.truth]),
    outputs,
    lesson.spec.classes.length,
  )
  const before = { name: base.card.name, spec: base.card.spec, calibration: base.card.calibration }
  const after = { name: job.name, spec: lesson.spec, calibration }
  const comparison = compareReadings(
    { name: job.data, labels: heldOut.labels, indices: heldOut.indices, rasters: heldOut.rasters },
    { ...before, readings: heldOut.before },
    { ...after, readings: heldOut.after },
  )
  const checked = (by: ReadBy): { count: number; accuracy: number } =>
    shareRight(
      answersOf(by).map(({ label }) => label),
      check.labels,
    )
  const own = {
    before: { count: comparison.before.count, accuracy: comparison.before.accuracy },
    after: { count: comparison.after.count, accuracy: comparison.after.accuracy },
  }
  const gate = judge(
    own,
    {
      before: checked({ ...before, readings: checkBefore }),
      after: checked({ ...after, readings: checkAfter }),
    },
    job.largestBaseLoss,
  )
  const result: TeachingResult = {
    format: 1,
    ...{ model: job.name, base: base.card.name, data: job.data, rung, rungReason, seed: job.seed },
    ...{ plan: lesson.plan, heldOutBy: by, gate, comparison },
    curve: await work.curve(folds),
    suggestions: suggestNext(lesson.plan.coverage, comparison),
    seconds: (performance.now() - started) / 1000,
    trainingSeconds,
  }
  signal.throwIfAborted()
  await writeTaught(folder, { job, base, lesson, parameters, calibration, result, final })
  await clearWork(folder)
  return { path: folder, result }
}

/** @throws AppError 'data-changed' where the job began with other samples */
async function keepJob(job: TeachingJob, folder: string, fingerprint: string): Promise<void> {
  if (job.fingerprint === '') await writeJob(folder, { ...job, fingerprint })
  else if (job.fingerprint !== fingerprint) throw new AppError('data-changed', { data: job.data, folder })
}

interface Check {
  readonly rasters: Uint8Array
  readonly truth: Int32Array
  readonly labels: readonly string[]
}

/** What the base's abilities are measured on: what travels with it, or other data. */
async function openCheck({ baseData }: TeachingJob, base: Teachable, signal: AbortSignal): Promise<Check> {
  const { spec } = base.card
  const numbers = (labels: readonly string[]): Int32Array =>
    Int32Array.from(labels, (label) => spec.classes.indexOf(label))
  if (baseData === null) {
    const { rasters, labels } = base.replay.check
    return { rasters, labels, truth: numbers(labels) }
  }
  const dataset = await openDataset(baseData, spec.input, signal)
  const labels = Array.from(dataset.labelIndex, (label) => dataset.labels[label] ?? '')
  return { rasters: renderDataset(dataset, spec.input), labels, truth: numbers(labels) }
}

/** The trainings of a teaching, and what they are measured with. */
class Work {
  constructor(
    private readonly job: TeachingJob,
    private readonly base: Teachable,
    private readonly lesson: Lesson,
    private readonly replay: SampleSet,
    private readonly rung: TeachingRung,
    private readonly folder: string,
    private readonly context: TeachContext,
  ) {}

  /** @param heldOut what the curves are measured on; the check's samples where it is null */
  train(
    training: Int32Array,
    heldOut: Int32Array | null,
    stage: { part: 'fold' | 'final'; number: number; of: number },
    check?: Check,
  ): Promise<Parameters> {
    const { emit, signal, gate, workerFile } = this.context
    const { spec, own } = this.lesson
    const held = heldOut && plain({ ...own, indices: heldOut }, spec)
    const context: TeachingContext = {
      ...{ signal, gate, workerFile },
      emit: (event) => this.#tell(event),
      stages: stagesIn(`${workFolderOf(this.folder)}/${stage.part}${stage.number}`),
      onRung: (rung) => emit({ event: 'stage', ...stage, rung }),
    }
    return teachNetwork(
      {
        base: { spec: this.base.card.spec, parameters: this.base.parameters },
        spec,
        own: { ...own, indices: training },
        replay: this.replay,
        heldOut: held
          ? { rasters: held.rasters, truth: held.outputs }
          : { rasters: check?.rasters ?? new Uint8Array(), truth: check?.truth ?? new Int32Array() },
        ...{ rung: this.rung, tuning: this.job.tuning, seed: this.job.seed },
      },
      context,
    )
  }

  /** Each held-out sample, as the base reads it and as the network does that was not taught with it. */
  async readHeldOut(parts: readonly { fold: Fold; parameters: Parameters }[]) {
    const { spec, own } = this.lesson
    const { card, parameters: known } = this.base
    const indices = Int32Array.from(parts.flatMap(({ fold }) => [...fold.heldOut]))
    const { rasters, outputs: truth } = plain({ ...own, indices }, spec)
    const before = await readLogits(card.spec, known, rasters, this.context.signal)
    const logits: number[] = []
    let last = { readingMs: before.readingMs, modelBytes: before.modelBytes }
    for (const { fold, parameters } of parts) {
      const held = plain({ ...own, indices: fold.heldOut }, spec)
      const readings = await readLogits(spec, parameters, held.rasters, this.context.signal)
      for (const logit of readings.logits) logits.push(logit)
      last = readings
    }
    const labels = Array.from(truth, (output) => spec.classes[output] ?? '')
    return { indices, rasters, truth, labels, before, after: { ...last, logits: Float32Array.from(logits) } }
  }

  async curve(folds: readonly Fold[]): Promise<TeachingResult['curve']> {
    const { spec, own } = this.lesson
    const start = transferParameters(
      { spec: this.base.card.spec, parameters: this.base.parameters },
      spec,
      this.job.seed,
    )
    const features = async (set: SampleSet) => {
      const { rasters, outputs } = plain(set, spec)
      return { features: await this.#features(spec, start, rasters), classes: outputs }
    }
    return learningCurve({
      ...{ spec, folds, samples: own, parameters: start },
      knownClasses: this.base.card.spec.classes.length,
      replay: await features(this.replay),
      own: await features(own),
    })
  }

  #features(spec: ModelSpec, parameters: Parameters, rasters: Uint8Array): Promise<Float32Array> {
    const { signal } = this.context
    return computeFront(spec, parameters, spec.layers.length, rasters, { provider: 'cpu', signal })
  }

  #tell(event: TrainingEvent): void {
    const { emit } = this.context
    switch (event.event) {
      case 'step': {
        const { step, steps, loss, imagesPerSecond, secondsLeft } = event
        emit({ event: 'step', step, steps, loss, imagesPerSecond, secondsLeft })
        break
      }
      case 'epoch':
        emit(event)
        break
      case 'paused':
      case 'resumed':
        emit({ event: event.event })
        break
      default:
    }
  }
}
