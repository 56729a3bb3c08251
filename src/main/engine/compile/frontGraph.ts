import type { ModelSpec } from '../../../shared/model/modelSpec'
import { GraphBuilder } from '../graph/graphBuilder'
import { buildLayers, nameLayers } from '../network/layers'
import type { Parameters } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'
import { inferenceContext } from './inferenceGraph'

/**
 * The first `count` layers of a network with their parameters baked in, for a training that leaves them as they are.
 * Input `pixels` [batch, 1, height, width]; output `features` [batch, ...].
 */
export function compileFront(spec: ModelSpec, parameters: Parameters, count: number): Uint8Array {
  const b = new GraphBuilder()
  const pixels = b.input('pixels', [1, 1, spec.input.height, spec.input.width])
  const context = inferenceContext(b, (name, shape) => {
    const values = parameters.get(name)
    if (!values) throw new Error(`the parameter ${name} is missing`)
    return b.constant(values, shape)
  })
  const layers = nameLayers(spec.layers, '').slice(0, count)
  return encodeModel({ features: buildLayers(context, layers, pixels) }, { dynamicBatch: true })
}
