import { encodeBase64 } from '../../../shared/base64'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { CopiesPreview, HandAugmentation } from '../../../shared/teaching/teaching'
import type { SampleSet } from '../../data/augment/batchPlan'
import { groupByOutput } from '../../data/augment/groupByOutput'
import { copySamples } from './copies'
import { augmentationOf } from './rungs'

/** Of so many classes one sample each is shown, with so many pictures. */
const shownClasses = 3
const shownPictures = 8

/** The first sample of some classes, with copies of it that are changed as in a training. */
export function previewCopies(
  own: SampleSet,
  spec: ModelSpec,
  augmentation: HandAugmentation,
): CopiesPreview {
  const { width, height } = spec.input
  const size = width * height
  const indices = groupByOutput(own.classIndex, own.indices)
    .slice(0, shownClasses)
    .flatMap(([first]) => (first === undefined ? [] : [first]))
  const { rasters, outputs } = copySamples(
    { ...own, indices: Int32Array.from(indices) },
    spec,
    { copies: shownPictures, augmentation: augmentationOf(spec, { augmentation }) },
    1,
  )
  return {
    ...{ width, height },
    samples: indices.map((_, i) => ({
      label: spec.classes[outputs[i * shownPictures] ?? -1] ?? '',
      pictures: Array.from({ length: shownPictures }, (_picture, j) => {
        const at = (i * shownPictures + j) * size
        return encodeBase64(rasters.subarray(at, at + size))
      }),
    })),
  }
}
