import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'
import { augmentSample } from '../../data/augment/augmentSample'
import type { SampleSet } from '../../data/augment/batchPlan'
import { scribble } from '../../data/augment/scribble'

/** Rasters [count, height, width] with the output that each is to give. */
export interface LabelledRasters {
  readonly rasters: Uint8Array
  readonly outputs: Int32Array
}

/** Scribbles among the replayed samples, for a model that rejects. */
const scribbleCount = 60

/** Each sample as it is, and changed copies of it. */
export function copySamples(
  { dataset, classIndex, indices }: SampleSet,
  spec: ModelSpec,
  { copies, augmentation }: { copies: number; augmentation: Augmentation },
  seed: number,
): LabelledRasters {
  const { input } = spec
  const size = input.width * input.height
  const same = { ...augmentation, rotation: 0, scale: 0, shift: 0, shear: 0, elastic: 0, thickness: 0 }
  const rasters = new Uint8Array(indices.length * copies * size)
  const outputs = new Int32Array(indices.length * copies)
  indices.forEach((index, i) => {
    for (let copy = 0; copy < copies; copy++) {
      const at = i * copies + copy
      const target = rasters.subarray(at * size, (at + 1) * size)
      augmentSample(
        dataset,
        index,
        target,
        input,
        copy === 0 ? same : augmentation,
        new Random(seed, index, copy),
      )
      outputs[at] = classIndex[index] ?? 0
    }
  })
  return { rasters, outputs }
}

/** Scribbles to be replayed with the other samples, where the model can answer 'not a character'; none where it cannot. */
export function drawScribbles(spec: ModelSpec, seed: number): LabelledRasters {
  const random = new Random(seed, 0x5c41)
  const count = spec.rejects ? scribbleCount : 0
  const drawn = Array.from({ length: count }, () => inkToRaster(scribble(random), spec.input).pixels)
  return {
    rasters: Uint8Array.from(Buffer.concat(drawn)),
    outputs: new Int32Array(count).fill(spec.classes.length),
  }
}
