import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import { sizeOf } from '../graph/shape'
import { describeParameters } from './describeNetwork'
import { initializeParameters, type Parameters } from './parameter'

/** What the head's parameters are called: [features, outputs] and [outputs]. */
export const headWeight = 'head.weight'
export const headBias = 'head.bias'

/**
 * The parameters that a network starts from when it goes on from another: all but the head as they are. Of the head, the
 * columns of classes that both know; classes that are new begin at random, from the seed.
 * @throws Error where the networks differ in more than their classes
 */
export function transferParameters(
  from: { spec: ModelSpec; parameters: Parameters },
  spec: ModelSpec,
  seed: number,
): Map<string, Float32Array> {
  const infos = describeParameters(spec)
  const start = initializeParameters(infos, seed)
  for (const { name, shape } of infos) {
    if (name === headWeight || name === headBias) continue
    const values = from.parameters.get(name)
    if (values?.length !== sizeOf(shape)) throw new Error(`its weights do not fit the network at ${name}`)
    start.set(name, Float32Array.from(values))
  }
  if (spec.text) {
    copyHead(from, spec, start)
    return start
  }
  const outputs = outputCount(spec)
  const oldOutputs = outputCount(from.spec)
  for (const name of [headWeight, headBias]) {
    const values = start.get(name)
    const old = from.parameters.get(name)
    // A bias is a single row.
    const rows = name === headBias ? 1 : (values?.length ?? 0) / outputs
    if (!values || old?.length !== rows * oldOutputs)
      throw new Error(`its weights do not fit the network at ${name}`)
    sharedOutputs(from.spec, spec).forEach(([oldOutput, output]) => {
      for (let row = 0; row < rows; row++)
        values[row * outputs + output] = old[row * oldOutputs + oldOutput] ?? 0
    })
  }
  return start
}

/** Of a network that reads texts, whose characters stay the same. */
function copyHead(
  from: { spec: ModelSpec; parameters: Parameters },
  spec: ModelSpec,
  start: Map<string, Float32Array>,
): void {
  if (from.spec.classes.join('') !== spec.classes.join('')) throw new Error('it reads other characters')
  for (const name of [headWeight, headBias]) {
    const values = from.parameters.get(name)
    if (values?.length !== start.get(name)?.length || !values)
      throw new Error(`its weights do not fit the network at ${name}`)
    start.set(name, Float32Array.from(values))
  }
}

/** Pairs of outputs that mean the same, 'not a character' included. */
function sharedOutputs(from: ModelSpec, to: ModelSpec): [number, number][] {
  const pairs = to.classes.flatMap((label, output): [number, number][] => {
    const old = from.classes.indexOf(label)
    return old < 0 ? [] : [[old, output]]
  })
  return from.rejects && to.rejects ? [...pairs, [from.classes.length, to.classes.length]] : pairs
}
