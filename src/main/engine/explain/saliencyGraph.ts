import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import { backward } from '../autodiff/backward'
import { inferenceContext } from '../compile/inferenceGraph'
import { GraphBuilder } from '../graph/graphBuilder'
import { forward } from '../network/forward'
import type { Parameters } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'

/**
 * The network with the gradient of a weighted sum of its logits towards its input (Simonyan et al. 2013), by the same rules
 * that training goes by. Inputs `pixels` [1, 1, height, width] and `selector` [1, outputs]; outputs `logits` [1, outputs] and
 * `gradient` [1, 1, height, width].
 */
export function compileSaliency(spec: ModelSpec, parameters: Parameters): Uint8Array {
  const b = new GraphBuilder()
  const pixels = b.input('pixels', [1, 1, spec.input.height, spec.input.width])
  const selector = b.input('selector', [1, outputCount(spec)])
  const context = inferenceContext(b, (name, shape) => {
    const values = parameters.get(name)
    if (!values) throw new Error(`the parameter ${name} is missing`)
    return b.constant(values, shape)
  })
  const { logits } = forward(context, spec, pixels)
  const score = b.reduceSum(b.mul(logits, selector), [0, 1])
  const [gradient = pixels] = backward(b, score, [pixels])
  return encodeModel({ logits, gradient })
}
