import { encodeBase64 } from '../../../shared/base64'
import type { Calibration } from '../../../shared/model/modelCard'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { Comparison, MeasuredModel } from '../../../shared/recognition/comparison'
import { confusionMatrix, scoreClasses, summarize } from '../../engine/infer/metrics'
import { argMax, probabilitiesOf } from '../../engine/infer/probabilities'
import { measureReliability } from '../../engine/infer/reliability'
import { testDifference } from '../../engine/infer/significance'
import { countParameters } from '../../engine/network/describeNetwork'
import type { Readings } from './readLogits'

/** More samples than these are shown without their pixels. */
const picturedSamples = 1000

/** A model's readings of samples, with what is needed to understand them. */
export interface ReadBy {
  readonly name: string
  readonly spec: ModelSpec
  readonly calibration: Calibration
  readonly readings: Readings
}

/** Samples that two models read. */
export interface ComparedData {
  readonly name: string
  /** [count] */
  readonly labels: readonly string[]
  /** [count], places in the data; their own numbers where they are left out. */
  readonly indices?: Int32Array
  /** [count, height, width] of the first model's input */
  readonly rasters: Uint8Array
}

interface Answer {
  readonly label: string
  readonly probability: number
}

/** The calibrated best class of each sample. */
export function answersOf({ spec, calibration, readings }: ReadBy): Answer[] {
  const outputs = outputCount(spec)
  return Array.from({ length: readings.logits.length / outputs }, (_, i) => {
    const row = readings.logits.subarray(i * outputs, (i + 1) * outputs)
    const { classes } = probabilitiesOf(row, spec.classes.length, calibration.temperature)
    const best = argMax(classes)
    return { label: spec.classes[best] ?? '', probability: classes[best] ?? 0 }
  })
}

export function compareReadings(data: ComparedData, before: ReadBy, after: ReadBy): Comparison {
  const answers = { before: answersOf(before), after: answersOf(after) }
  const { width, height } = before.spec.input
  const size = width * height
  const samples = data.labels.map((label, i) => ({
    index: data.indices?.[i] ?? i,
    label,
    before: answers.before[i] ?? { label: '', probability: 0 },
    after: answers.after[i] ?? { label: '', probability: 0 },
    pixels: i < picturedSamples ? encodeBase64(data.rasters.subarray(i * size, (i + 1) * size)) : null,
  }))
  const isRight = { before: 0, after: 0 }
  for (const sample of samples) {
    const [first, second] = [sample.before.label === sample.label, sample.after.label === sample.label]
    if (second && !first) isRight.after++
    if (first && !second) isRight.before++
  }
  return {
    ...{ data: data.name, width, height },
    before: measure(data.labels, answers.before, before),
    after: measure(data.labels, answers.after, after),
    significance: testDifference(isRight.after, isRight.before),
    samples,
  }
}

/** Labels that the model does not know are classes that it never answers. */
function measure(labels: readonly string[], answers: readonly Answer[], by: ReadBy): MeasuredModel {
  const classes = [...new Set([...by.spec.classes, ...labels])]
  const numberOf = new Map(classes.map((label, index) => [label, index]))
  const numbers = (list: readonly string[]): Int32Array =>
    Int32Array.from(list, (label) => numberOf.get(label) ?? -1)
  const confusion = confusionMatrix(
    numbers(labels),
    numbers(answers.map(({ label }) => label)),
    classes.length,
  )
  const perClass = scoreClasses(confusion, classes)
  return {
    model: by.name,
    ...summarize(perClass, confusion),
    perClass,
    confusion,
    reliability: measureReliability(
      answers.map(({ label, probability }, i) => ({ probability, right: label === labels[i] })),
    ),
    unsure: answers.filter(({ probability }) => probability < by.calibration.sureAt).length,
    parameters: countParameters(by.spec),
    modelBytes: by.readings.modelBytes,
    readingMs: by.readings.readingMs,
  }
}
