import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { Random } from '../../../shared/random'
import { augmentInk } from './augmentInk'
import { augmentSample } from './augmentSample'
import { composite, type Drawn } from './composite'
import type { BatchPlan, SampleSet } from './batchPlan'
import { groupByOutput } from './groupByOutput'
import { scribble } from './scribble'
import { writtenForm, writtenFormLabels } from './writtenForms'

/** Something else than the samples that a part of each batch is filled with. */
export interface Filler {
  readonly perBatch: number
  /** Which of the streams of random numbers is its own. */
  readonly stream: number
  /** Draws into `image`, [height, width], and returns the target output. */
  draw(image: Uint8Array, random: Random): number
}

/** Share of the rejects that are made of real characters; the others are scribbles. */
const compositeShare = 0.4

/** What a plan asks for besides its samples: forms that they lack, rejects, replay. */
export function createFillers(plan: BatchPlan): Filler[] {
  return [formFiller(plan), rejectFiller(plan), replayFiller(plan)].filter(({ perBatch }) => perBatch > 0)
}

function formFiller(plan: BatchPlan): Filler {
  const forms = formClasses(plan)
  return {
    perBatch: forms.length === 0 ? 0 : Math.round(plan.batchSize * plan.augmentation.forms),
    stream: 3,
    draw: (image, random) => {
      const form = forms[random.integer(forms.length)]
      if (!form) throw new Error('there are no written forms to draw')
      augmentInk(writtenForm(form.label, random), image, plan.input, plan.augmentation, random)
      return form.output
    },
  }
}

/** The written forms of labels that the samples have, with the target outputs of those. */
function formClasses({ dataset, classIndex, indices }: SampleSet): { label: string; output: number }[] {
  const outputOf = new Map<string, number>()
  for (const index of indices)
    outputOf.set(dataset.labels[dataset.labelIndex[index] ?? -1] ?? '', classIndex[index] ?? 0)
  return writtenFormLabels.flatMap((label) => {
    const output = outputOf.get(label)
    return output === undefined ? [] : [{ label, output }]
  })
}

function rejectFiller(plan: BatchPlan): Filler {
  const { input, rejectClass, indices } = plan
  const drawAny = (random: Random): Drawn => {
    const index = indices[random.integer(indices.length)] ?? 0
    const pixels = new Uint8Array(input.width * input.height)
    augmentSample(plan.dataset, index, pixels, input, plan.augmentation, random)
    return { pixels, label: plan.classIndex[index] ?? -1 }
  }
  return {
    perBatch: rejectClass === null ? 0 : Math.round(plan.batchSize * plan.augmentation.scribbles),
    stream: 2,
    draw: (image, random) => {
      if (!random.chance(compositeShare) || !composite(() => drawAny(random), image, input, random)) {
        const penWidth = input.raster.penWidth * random.uniform(0.6, 1.3)
        image.set(inkToRaster(scribble(random), { ...input, raster: { ...input.raster, penWidth } }).pixels)
      }
      return rejectClass ?? 0
    },
  }
}

function replayFiller({ replay, batchSize, input, augmentation }: BatchPlan): Filler {
  const groups = replay ? groupByOutput(replay.classIndex, replay.indices) : []
  return {
    perBatch: replay ? Math.round(batchSize * replay.share) : 0,
    stream: 4,
    draw: (image, random) => {
      const group = groups[random.integer(groups.length)]
      if (!replay || !group) throw new Error('there is nothing to replay')
      const index = group[random.integer(group.length)] ?? 0
      augmentSample(replay.dataset, index, image, input, augmentation, random)
      return replay.classIndex[index] ?? 0
    },
  }
}
