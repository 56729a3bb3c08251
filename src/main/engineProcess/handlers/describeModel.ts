import type { ModelCard } from '../../../shared/model/modelCard'
import { outputCount } from '../../../shared/model/modelSpec'
import type { Provider } from '../../../shared/training/recipe'
import { calibrate } from '../../engine/infer/calibrate'
import { calibrateTexts } from '../../engine/text/calibrateTexts'
import { countParameters } from '../../engine/network/describeNetwork'
import type { KeptEpoch } from '../../engine/training/keptEpoch'
import type { TrainingData } from './trainingData'
import type { TrainingJob } from './trainingJob'

/**
 * The card of a training's model.
 * @param truth of the held-out samples, [count], or [count, longest] for texts
 */
export function describeModel(
  job: TrainingJob,
  { spec, training, heldOut }: TrainingData,
  truth: Int32Array,
  kept: KeptEpoch,
  provider: Provider,
): ModelCard {
  return {
    format: 1,
    name: job.name,
    created: new Date().toISOString(),
    spec,
    recipe: job.recipe,
    ...(job.history.length > 0 && { history: job.history }),
    engine: job.engine,
    provider,
    parameters: countParameters(spec),
    parent: job.parent,
    data: [
      { name: job.data, use: 'training', samples: training.indices.length },
      { name: job.data, use: 'validation', samples: heldOut.indices.length },
    ],
    calibration: spec.text
      ? calibrateTexts(kept.logits, truth, spec, spec.text)
      : calibrate(kept.logits, truth, outputCount(spec), spec.classes.length),
    validation: kept.metrics,
    measured: [],
    command: job.command,
    licence: '',
    notes: '',
  }
}
