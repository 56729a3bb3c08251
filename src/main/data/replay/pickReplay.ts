import type { ModelSpec } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { SampleSet } from '../augment/batchPlan'
import { groupByOutput } from '../augment/groupByOutput'
import { renderSample } from '../renderDataset'
import type { Replay } from './replayFile'

/** Samples of each class, where there is room: to learn from, and to tell half a point of accuracy by. */
const perClass = { training: 60, check: 150 } as const
/** Of all rasters together, before they are packed. */
const roomBytes = 8 * 2 ** 20

/**
 * Picks the data that travels with a model, each class alike, at random.
 * @param training samples that the model learned from
 * @param heldOut samples that it did not
 */
export function pickReplay(spec: ModelSpec, training: SampleSet, heldOut: SampleSet, seed: number): Replay {
  const { width, height } = spec.input
  const most = Math.max(2, Math.floor(roomBytes / (width * height * spec.classes.length)))
  const share = Math.min(1, most / (perClass.training + perClass.check))
  const pick = (set: SampleSet, count: number, stream: number): Replay['training'] => {
    const random = new Random(seed, 0x4e91a, stream)
    const wanted = Math.max(1, Math.floor(count * share))
    const indices = groupByOutput(set.classIndex, set.indices).flatMap((group) =>
      random.shuffle(group).slice(0, wanted),
    )
    const rasters = new Uint8Array(indices.length * width * height)
    indices.forEach((index, at) =>
      rasters.set(renderSample(set.dataset, index, spec.input), at * width * height),
    )
    return { rasters, labels: indices.map((index) => spec.classes[set.classIndex[index] ?? -1] ?? '') }
  }
  return {
    ...{ width, height, data: [training.dataset.name] },
    training: pick(training, perClass.training, 0),
    check: pick(heldOut, perClass.check, 1),
  }
}
