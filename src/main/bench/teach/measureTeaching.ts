import type { SampleSet } from '../../data/augment/batchPlan'
import { openDataset } from '../../data/openDataset'
import { replaySamples } from '../../data/replay/replayFile'
import { renderDataset } from '../../data/renderDataset'
import { argMax } from '../../engine/infer/probabilities'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { TeachingRung } from '../../../shared/teaching/teaching'
import type { Parameters } from '../../engine/network/parameter'
import { drawShots } from '../../engineProcess/teaching/folds'
import { readLogits } from '../../engineProcess/teaching/readLogits'
import { ReplayFronts } from '../../engineProcess/teaching/replayFronts'
import { forgettingStages } from '../../engineProcess/teaching/stageStore'
import { openTeachable, type Teachable } from '../../engineProcess/teaching/teachable'
import { plain, teachNetwork } from '../../engineProcess/teaching/teachNetwork'

export interface TeachOptions {
  readonly data: string
  readonly baseFolder: string
  /** What the base's abilities are measured on; what travels with it where it is left out. */
  readonly baseData?: string | undefined
  readonly shots: readonly number[]
  readonly modes: readonly TeachingRung[]
  /** Writers with fewer samples are left out. */
  readonly least: number
  /** Of the writers that are left, the first so many. */
  readonly writers: number
  readonly seed: number
  readonly workerFile: string
}

/** One writer, taught with so many samples a class. */
export interface WriterResult {
  readonly writer: string
  readonly mode: TeachingRung
  readonly shots: number
  /** Of the writer's other samples. */
  readonly measured: number
  readonly before: number
  readonly after: number
  readonly baseBefore: number
  readonly baseAfter: number
  readonly seconds: number
}

/** Teaches a base each writer's hand in turn, and measures it on the rest of that writer's samples. */
export async function measureTeaching(
  options: TeachOptions,
  say: (result: WriterResult) => void,
): Promise<WriterResult[]> {
  const base = await openTeachable(options.baseFolder)
  const { spec } = base.card
  const dataset = await openDataset(options.data, spec.input)
  if (!dataset.writers) throw new Error('the data does not tell who wrote it')
  const numberOf = new Map(spec.classes.map((label, index) => [label, index]))
  const classIndex = dataset.labelIndex.map((label) => numberOf.get(dataset.labels[label] ?? '') ?? -1)
  const check = await openCheck(options.baseData, base)
  const byWriter = new Map<string, number[]>()
  dataset.writers.forEach((writer, index) => {
    if (writer === null || (classIndex[index] ?? -1) < 0) return
    const samples = byWriter.get(writer) ?? []
    byWriter.set(writer, [...samples, index])
  })
  const writers = [...byWriter].filter(([, { length }]) => length >= options.least).slice(0, options.writers)
  const replay = replaySamples(base.replay, base.replay.training, spec.classes)
  const baseBefore = await accuracy(spec, base.parameters, check)
  const results: WriterResult[] = []
  for (const [writer, indices] of writers) {
    const own = { dataset, classIndex, indices: Int32Array.from(indices) }
    for (const shots of options.shots) {
      const [fold] = drawShots(own, shots, options.seed).folds
      if (!fold) continue
      const rest = plain({ ...own, indices: fold.heldOut }, spec)
      const measured = { rasters: rest.rasters, truth: rest.outputs }
      const before = await accuracy(spec, base.parameters, measured)
      for (const mode of options.modes) {
        const started = performance.now()
        const parameters = await teach(base, { ...own, indices: fold.training }, replay, mode, options)
        const seconds = (performance.now() - started) / 1000
        const result = {
          ...{ writer, mode, shots, measured: measured.truth.length, before, baseBefore, seconds },
          after: await accuracy(spec, parameters, measured),
          baseAfter: await accuracy(spec, parameters, check),
        }
        say(result)
        results.push(result)
      }
    }
  }
  return results
}

interface Labelled {
  readonly rasters: Uint8Array
  readonly truth: Int32Array
}

async function openCheck(data: string | undefined, { card, replay }: Teachable): Promise<Labelled> {
  const { spec } = card
  const numbers = (labels: readonly string[]): Int32Array =>
    Int32Array.from(labels, (label) => spec.classes.indexOf(label))
  if (data === undefined) return { rasters: replay.check.rasters, truth: numbers(replay.check.labels) }
  const dataset = await openDataset(data, spec.input)
  return {
    rasters: renderDataset(dataset, spec.input),
    truth: numbers(Array.from(dataset.labelIndex, (label) => dataset.labels[label] ?? '')),
  }
}

function teach(
  { card: { spec }, parameters }: Teachable,
  own: SampleSet,
  replay: SampleSet,
  rung: TeachingRung,
  { seed, workerFile }: TeachOptions,
): Promise<Parameters> {
  const first = plain({ ...own, indices: own.indices.subarray(0, 1) }, spec)
  return teachNetwork(
    {
      ...{ base: { spec, parameters }, spec, own, replay, rung, seed },
      tuning: {},
      heldOut: { rasters: first.rasters, truth: first.outputs },
    },
    {
      signal: new AbortController().signal,
      emit: () => undefined,
      stages: forgettingStages,
      fronts: new ReplayFronts(),
      workerFile,
    },
  )
}

async function accuracy(
  spec: ModelSpec,
  parameters: Parameters,
  { rasters, truth }: Labelled,
): Promise<number> {
  const { logits } = await readLogits(spec, parameters, rasters)
  const outputs = outputCount(spec)
  let right = 0
  truth.forEach((label, i) => {
    const answer = argMax(logits.subarray(i * outputs, i * outputs + spec.classes.length))
    if (answer === label) right++
  })
  return right / truth.length
}
