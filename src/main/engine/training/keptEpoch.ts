import type { EvaluationMetrics } from '../../../shared/recognition/evaluation'
import type { NamedTensor } from '../model/safetensors'
import type { Parameters } from '../network/parameter'
import type { TrainingCheckpoint } from './trainingCheckpoint'

/** The epoch whose weights are kept: the best so far, or the last. */
export interface KeptEpoch {
  readonly epoch: number
  readonly parameters: Parameters
  /** Of the held-out samples, [count, outputs]. */
  readonly logits: Float32Array
  readonly metrics: EvaluationMetrics
}

const weightsPrefix = 'kept/'
const logitsName = 'keptLogits'

/** As tensors of a checkpoint, flat: their shapes are the network's. */
export function keptTensors(kept: KeptEpoch | null): NamedTensor[] {
  if (!kept) return []
  const flat = (name: string, data: Float32Array): NamedTensor => ({ name, shape: [data.length], data })
  return [
    ...[...kept.parameters].map(([name, values]) => flat(weightsPrefix + name, values)),
    flat(logitsName, kept.logits),
  ]
}

/** @throws where the checkpoint tells of a kept epoch and does not hold it */
export function readKept({ position, tensors }: TrainingCheckpoint): KeptEpoch | null {
  if (!position.kept) return null
  const { epoch, metrics } = position.kept
  const logits = tensors.find(({ name }) => name === logitsName)?.data
  if (!logits) throw new Error('it does not hold the best epoch')
  const parameters = new Map(
    tensors
      .filter(({ name }) => name.startsWith(weightsPrefix))
      .map(({ name, data }) => [name.slice(weightsPrefix.length), data]),
  )
  return { epoch, parameters, logits, metrics }
}
