import type { ModelCard } from '../../../shared/model/modelCard'
import type { Precision } from '../../../shared/model/modelExport'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { inferenceContext } from '../compile/inferenceGraph'
import { logSoftmax } from '../graph/derivedOps'
import { GraphBuilder } from '../graph/graphBuilder'
import type { Value } from '../graph/value'
import { foldNormalization } from '../network/foldNormalization'
import { forward } from '../network/forward'
import type { Parameters } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'
import { describeExport } from './exportMetadata'
import { storeWeight } from './storeWeights'

/**
 * A model as one file for other programs: from grey pictures to calibrated probabilities.
 *
 * Input `images`, uint8 [batch, height, width], ink 255 on paper 0. Outputs: `probabilities` [batch, classes], given that it
 * is a character; `notACharacter` [batch] for a model that rejects; `logits` [batch, outputs], uncalibrated. They mean
 * what infer/probabilities.ts computes in the app.
 *
 * As float32 the file holds the parameters just as they are trained, by their names, each once: the operators of a
 * normalisation work on constants, and whoever loads the file merges them into the convolution before. So a file can be
 * trained on after an import, which the folded weights could not (a channel whose factor is 0 has lost them), and does not
 * hold everything twice. The other precisions cannot be trained on in any case, and are folded before they are rounded.
 */
export function compileExport(
  card: ModelCard,
  parameters: Parameters,
  precision: Precision,
  longhandVersion: string,
): Uint8Array {
  const { spec, calibration } = card
  const network = precision === 'float32' ? { spec, parameters } : foldNormalization(spec, parameters)
  const b = new GraphBuilder()
  const constantNames = new Map<Value, string>()
  const context = inferenceContext(b, (name, shape) => {
    const values = network.parameters.get(name)
    if (!values) throw new Error(`the parameter ${name} is missing`)
    const constant = b.constant(values, shape)
    constantNames.set(constant, name)
    return constant
  })
  const { height, width } = spec.input
  const images = b.input('images', [1, height, width], 'uint8')
  const pixels = b.reshape(b.div(b.toFloat(images), b.scalar(255)), [1, 1, height, width])
  const { logits } = forward(context, network.spec, pixels)
  return encodeModel(
    { ...readLogits(b, spec, logits, calibration.temperature), logits },
    {
      dynamicBatch: true,
      constantNames,
      store: (writer, constant, name) =>
        constantNames.has(constant) && storeWeight(precision, writer, constant, name),
      metadata: describeExport(card, precision, longhandVersion),
    },
  )
}

/** @param logits [batch, outputs], the last of a model that rejects being 'not a character' */
function readLogits(
  b: GraphBuilder,
  spec: ModelSpec,
  logits: Value,
  temperature: number,
): Record<string, Value> {
  const classes = spec.classes.length
  const calibrated = b.div(logits, b.scalar(temperature))
  const columns = (of: Value, start: number, end: number): Value =>
    b.slice(of, { axes: [1], starts: [start], ends: [end], steps: [1] })
  const softmax = (of: Value): Value => b.exp(logSoftmax(b, of))
  if (!spec.rejects) return { probabilities: softmax(calibrated) }
  return {
    probabilities: softmax(columns(calibrated, 0, classes)),
    // The sum over one column leaves [batch], whatever the batch is.
    notACharacter: b.reduceSum(columns(softmax(calibrated), classes, classes + 1), [1]),
  }
}
