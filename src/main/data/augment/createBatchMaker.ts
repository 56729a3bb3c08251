import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'
import type { Dataset } from '../dataset'
import { augmentInk } from './augmentInk'
import { augmentRaster } from './augmentRaster'
import { composite, type Drawn } from './composite'
import { scribble } from './scribble'
import { writtenForm, writtenFormLabels } from './writtenForms'
import { renderSample } from '../renderDataset'

/** One batch, as the training graph takes it. */
export interface Batch {
  /** `[batchSize, 1, height, width]`, paper 0 and ink 1. */
  readonly pixels: Float32Array
  /** `[batchSize]`, the target output of each. */
  readonly labels: Int32Array
  /** `[batchSize]`, 1, and 0 for the padding of the last batch. */
  readonly weights: Float32Array
  /** How many are no padding. */
  readonly count: number
}

/** What the batches of a training are made of; structured-clonable, so that it can be given to a worker thread. */
export interface BatchPlan {
  readonly dataset: Dataset
  /** `[dataset.count]`, the target output of each sample. */
  readonly classIndex: Int32Array
  /** The samples to use. */
  readonly indices: Int32Array
  readonly input: ModelInput
  readonly augmentation: Augmentation
  /** The output of 'not a character'; null without one. */
  readonly rejectClass: number | null
  readonly batchSize: number
  readonly seed: number
}

export interface BatchMaker {
  readonly stepsPerEpoch: number
  makeBatch(epoch: number, step: number): Batch
}

/** Share of the rejects that are made of real characters; the others are scribbles. */
const compositeShare = 0.4

/** Streams of random numbers that must not meet; each is one more seed. */
const stream = { order: 0, sample: 1, reject: 2, form: 3 }

/**
 * Makes any batch of any epoch on its own: the order comes from (seed, epoch), each sample's distortion from (seed, epoch,
 * sample), so that it does not matter which thread makes which batch, or when.
 */
export function createBatchMaker(plan: BatchPlan): BatchMaker {
  const { dataset, input, augmentation, batchSize, seed } = plan
  const size = input.width * input.height
  const share = plan.rejectClass === null ? 0 : augmentation.scribbles
  const rejectsPerBatch = Math.min(batchSize - 1, Math.round(batchSize * share))
  const forms = formClasses(plan)
  const formsPerBatch = forms.length === 0 ? 0 : Math.round(batchSize * augmentation.forms)
  const samplesPerBatch = Math.max(1, batchSize - rejectsPerBatch - formsPerBatch)
  const image = new Uint8Array(size)
  const canvas = new Uint8Array(size)
  let order: { epoch: number; indices: Int32Array } | undefined

  const orderOf = (epoch: number): Int32Array => {
    if (order?.epoch !== epoch) {
      order = { epoch, indices: new Random(seed, epoch, stream.order).shuffle(plan.indices.slice()) }
    }
    return order.indices
  }

  const drawSample = (index: number, random: Random): void => {
    const { content } = dataset
    if (content.kind === 'ink') augmentInk(content.inks[index] ?? [], image, input, augmentation, random)
    else augmentRaster(renderSample(dataset, index, input), image, input, augmentation, random)
  }

  const drawReject = (random: Random): void => {
    const drawAny = (): Drawn => {
      const index = plan.indices[random.integer(plan.indices.length)] ?? 0
      drawSample(index, random)
      return { pixels: image.slice(), label: plan.classIndex[index] ?? -1 }
    }
    if (random.chance(compositeShare) && composite(drawAny, canvas, input, random)) {
      image.set(canvas)
      return
    }
    const penWidth = input.raster.penWidth * random.uniform(0.6, 1.3)
    image.set(inkToRaster(scribble(random), { ...input, raster: { ...input.raster, penWidth } }).pixels)
  }

  const drawForm = (random: Random): number => {
    const form = forms[random.integer(forms.length)]
    if (!form) throw new Error('there are no written forms to draw')
    augmentInk(writtenForm(form.label, random), image, input, augmentation, random)
    return form.classNumber
  }

  return {
    stepsPerEpoch: Math.ceil(plan.indices.length / samplesPerBatch),
    makeBatch(epoch, step) {
      const pixels = new Float32Array(batchSize * size)
      const labels = new Int32Array(batchSize)
      const weights = new Float32Array(batchSize)
      const indices = orderOf(epoch).subarray(step * samplesPerBatch, (step + 1) * samplesPerBatch)
      const inProportion = (perBatch: number): number =>
        Math.round((indices.length * perBatch) / samplesPerBatch)
      const rejectsFrom = indices.length + inProportion(formsPerBatch)
      const count = rejectsFrom + inProportion(rejectsPerBatch)
      for (let slot = 0; slot < count; slot++) {
        const index = indices[slot]
        if (index === undefined && slot < rejectsFrom) {
          labels[slot] = drawForm(new Random(seed, epoch, stream.form, step, slot))
        } else if (index === undefined) {
          drawReject(new Random(seed, epoch, stream.reject, step, slot))
          labels[slot] = plan.rejectClass ?? 0
        } else {
          drawSample(index, new Random(seed, epoch, stream.sample, index))
          labels[slot] = plan.classIndex[index] ?? 0
        }
        weights[slot] = 1
        const start = slot * size
        for (let i = 0; i < size; i++) pixels[start + i] = (image[i] ?? 0) / 255
      }
      return { pixels, labels, weights, count }
    },
  }
}

/** The written forms of labels that the samples have, with the target outputs of those. */
function formClasses({ dataset, classIndex, indices }: BatchPlan): { label: string; classNumber: number }[] {
  const classOf = new Map<string, number>()
  for (const index of indices)
    classOf.set(dataset.labels[dataset.labelIndex[index] ?? -1] ?? '', classIndex[index] ?? 0)
  return writtenFormLabels.flatMap((label) => {
    const classNumber = classOf.get(label)
    return classNumber === undefined ? [] : [{ label, classNumber }]
  })
}
