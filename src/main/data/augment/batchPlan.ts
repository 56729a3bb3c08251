import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Augmentation } from '../../../shared/training/recipe'
import type { Dataset } from '../dataset'

/** Labelled samples to train on. */
export interface SampleSet {
  readonly dataset: Dataset
  /** `[dataset.count]`, the target output of each sample; `[dataset.count, labelLength]` for texts, -1 after the end of each. */
  readonly classIndex: Int32Array
  /** The samples to use. */
  readonly indices: Int32Array
}

/** What the batches of a training are made of; structured-clonable, so that it can be given to a worker thread. */
export interface BatchPlan extends SampleSet {
  readonly input: ModelInput
  /** How many numbers say what a sample is: 1, or those of the longest text. */
  readonly labelLength: number
  readonly augmentation: Augmentation
  /** Other samples that a share of each batch is drawn from, each class alike. */
  readonly replay: (SampleSet & { readonly share: number }) | null
  /** How much a sample of each output counts in the loss; null lets all count alike. */
  readonly outputWeights: Float32Array | null
  /** The output of 'not a character'; null without one. */
  readonly rejectClass: number | null
  readonly batchSize: number
  readonly seed: number
}
