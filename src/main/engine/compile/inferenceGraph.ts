import type { ModelSpec } from '../../../shared/model/modelSpec'
import { GraphBuilder } from '../graph/graphBuilder'
import { foldNormalization } from '../network/foldNormalization'
import { forward } from '../network/forward'
import type { ForwardContext } from '../network/forwardContext'
import type { Parameters } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'

/** A context without dropout, noise or batch statistics. */
export function inferenceContext(b: GraphBuilder, parameter: ForwardContext['parameter']): ForwardContext {
  return {
    b,
    training: false,
    isFrozen: () => false,
    parameter,
    noise: () => {
      throw new Error('there is no noise outside of training')
    },
    observe: () => undefined,
  }
}

/**
 * The model to recognise with, as ONNX bytes: parameters baked in, normalisation folded, dropout gone, batch open.
 * Input `pixels` [batch, 1, height, width], 0 for paper to 1 for full ink; outputs `logits` [batch, outputs] and
 * `features` [batch, n].
 */
export function compileInference(spec: ModelSpec, parameters: Parameters): Uint8Array {
  const folded = foldNormalization(spec, parameters)
  const b = new GraphBuilder()
  const pixels = b.input('pixels', [1, 1, spec.input.height, spec.input.width])
  const context = inferenceContext(b, (name, shape) => {
    const values = folded.parameters.get(name)
    if (!values) throw new Error(`the parameter ${name} is missing`)
    return b.constant(values, shape)
  })
  const { features, logits } = forward(context, folded.spec, pixels)
  return encodeModel(
    { logits, features },
    { dynamicBatch: true, metadata: { spec: JSON.stringify(spec), classes: JSON.stringify(spec.classes) } },
  )
}
