import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { TeachingEvent, TeachingResult, TeachingRung } from '../../../shared/teaching/teaching'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import type { SampleSet } from '../../data/augment/batchPlan'
import type { Parameters } from '../../engine/network/parameter'
import { transferParameters } from '../../engine/network/transferParameters'
import { computeFront } from '../../engine/training/frontFeatures'
import type { HeldOut } from '../../engine/training/trainingInput'
import type { PauseGate } from '../../engine/training/pauseGate'
import type { Check } from './check'
import type { Fold } from './folds'
import { learningCurve } from './learningCurve'
import { readLogits } from './readLogits'
import { ReplayFronts } from './replayFronts'
import { stagesIn } from './stageStore'
import type { Lesson, Teachable } from './teachable'
import { plain, teachNetwork, type TeachingContext } from './teachNetwork'
import type { TeachingJob } from './teachingJob'
import { workFolderOf } from './workFolder'

type Told = Exclude<TeachingEvent, { event: 'done' }>

export interface TeachContext {
  readonly signal: AbortSignal
  readonly emit: (event: Told) => void
  readonly gate: PauseGate
  readonly workerFile: string
}

/** Curves are drawn of at most so many samples each: they show a course, and are not what is judged by. */
const mostWatched = 100

/** The trainings of a teaching, and what they are measured with. */
export class Trials {
  readonly #fronts = new ReplayFronts()

  constructor(
    private readonly job: TeachingJob,
    private readonly base: Teachable,
    private readonly lesson: Lesson,
    private readonly replay: SampleSet,
    private readonly check: Check,
    private readonly rung: TeachingRung,
    private readonly folder: string,
    private readonly context: TeachContext,
  ) {}

  /** @param heldOut what the curves are measured on; the check's samples where it is null */
  train(
    training: Int32Array,
    heldOut: Int32Array | null,
    stage: { part: 'fold' | 'final'; number: number; of: number },
  ): Promise<Parameters> {
    const { emit, signal, gate, workerFile } = this.context
    const { spec, own } = this.lesson
    const pick = (indices: Int32Array): HeldOut => {
      const { rasters, outputs } = plain({ ...own, indices }, spec)
      return { rasters, truth: outputs }
    }
    const known = thinOut(this.check, spec)
    const context: TeachingContext = {
      ...{ signal, gate, workerFile },
      emit: (event) => this.#tell(event),
      stages: stagesIn(`${workFolderOf(this.folder)}/${stage.part}${stage.number}`),
      fronts: this.#fronts,
      onRung: (rung) => emit({ event: 'stage', ...stage, rung }),
    }
    return teachNetwork(
      {
        base: { spec: this.base.card.spec, parameters: this.base.parameters },
        spec,
        own: { ...own, indices: training },
        replay: this.replay,
        heldOut: heldOut ? pick(heldOut) : known,
        watched: { training: pick(evenly(training, mostWatched)), ...(heldOut && { base: known }) },
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
    const through = (rasters: Uint8Array) => this.#features(spec, start, rasters)
    const [replay, all] = [plain(this.replay, spec), plain(own, spec)]
    return learningCurve({
      ...{ spec, folds, samples: own, parameters: start },
      knownClasses: this.base.card.spec.classes.length,
      replay: {
        features: await this.#fronts.of(spec.layers.length, () => through(replay.rasters)),
        classes: replay.outputs,
      },
      own: { features: await through(all.rasters), classes: all.outputs },
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
      case 'provider-changed':
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

/** At most so many, evenly spread. */
function evenly(indices: Int32Array, most: number): Int32Array {
  const every = Math.max(1, Math.ceil(indices.length / most))
  return indices.filter((_, i) => i % every === 0)
}

function thinOut({ rasters, truth }: HeldOut, { input }: ModelSpec): HeldOut {
  const size = input.width * input.height
  const places = evenly(Int32Array.from(truth.keys()), mostWatched)
  const picked = new Uint8Array(places.length * size)
  places.forEach((place, i) => picked.set(rasters.subarray(place * size, (place + 1) * size), i * size))
  return { rasters: picked, truth: places.map((place) => truth[place] ?? -1) }
}
