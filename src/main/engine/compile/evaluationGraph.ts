import type { ModelSpec } from '../../../shared/model/modelSpec'
import { GraphBuilder } from '../graph/graphBuilder'
import { forward } from '../network/forward'
import { encodeModel } from '../onnx/encodeModel'
import { inferenceContext } from './inferenceGraph'
import { stateKey } from './stateKey'

/**
 * The network as it would recognise, but with its parameters fed, so that a training can be watched without making a
 * session each time. Inputs `pixels` [batch, 1, height, width] and the weights by their state keys; output `logits`.
 */
export function compileEvaluation(spec: ModelSpec, batchSize: number, channelBlock = 0): Uint8Array {
  const b = new GraphBuilder(channelBlock)
  const pixels = b.input('pixels', [batchSize, 1, spec.input.height, spec.input.width])
  const context = inferenceContext(b, (name, shape) => b.input(stateKey('weights', name), shape))
  return encodeModel({ logits: forward(context, spec, pixels).logits })
}
