import type { ModelSpec } from '../../../shared/model/modelSpec'
import { labelLength, outputCount } from '../../../shared/model/modelSpec'
import type { EpochEvent } from '../../../shared/training/trainingEvent'
import type { HeldOut, TrainingInput } from './trainingInput'
import { validate, type Validation } from './validate'

interface Validated {
  readonly validation: Validation
  /** Of the held-out samples, [count, outputs]. */
  readonly logits: Float32Array
  readonly watched: EpochEvent['watched']
}

/**
 * Measures the held-out samples and those that are watched besides, in one go, since a run is paid for by the batch.
 * @param run gives the logits of rasters, [count, outputs]
 */
export async function validateSets(
  { spec, heldOut, watched }: Pick<TrainingInput, 'spec' | 'heldOut' | 'watched'>,
  run: (rasters: Uint8Array) => Promise<Float32Array>,
): Promise<Validated> {
  if (!watched) {
    const logits = await run(heldOut.rasters)
    return { logits, validation: validate(logits, heldOut.truth, spec), watched: undefined }
  }
  const sets = [heldOut, ...Object.values(watched)]
  const parts = split(await run(join(sets)), sets, spec)
  const [logits = new Float32Array()] = parts
  const names = Object.keys(watched)
  const told = names.map((name, i) => {
    const { loss, metrics } = validate(
      parts[i + 1] ?? new Float32Array(),
      watched[name]?.truth ?? new Int32Array(),
      spec,
    )
    return [name, { loss, accuracy: metrics.accuracy }] as const
  })
  return { logits, validation: validate(logits, heldOut.truth, spec), watched: Object.fromEntries(told) }
}

function join(sets: readonly HeldOut[]): Uint8Array {
  const joined = new Uint8Array(sets.reduce((sum, { rasters }) => sum + rasters.length, 0))
  let at = 0
  for (const { rasters } of sets) {
    joined.set(rasters, at)
    at += rasters.length
  }
  return joined
}

function split(logits: Float32Array, sets: readonly HeldOut[], spec: ModelSpec): Float32Array[] {
  const perLabel = outputCount(spec) / labelLength(spec)
  let at = 0
  return sets.map(({ truth }) => logits.slice(at, (at += truth.length * perLabel)))
}
