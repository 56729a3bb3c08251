import type { LayerSpec, ModelSpec } from '../../../shared/model/modelSpec'
import { nameLayers } from './layers'
import type { Parameters } from './parameter'

/**
 * Folds each batch normalisation into the convolution or dense layer right before it, as it can be once nothing is trained
 * any more (Jacob et al. 2018, section 3.2): the same answers with fewer operators.
 */
export function foldNormalization(
  spec: ModelSpec,
  parameters: Parameters,
): { spec: ModelSpec; parameters: Map<string, Float32Array> } {
  const folded = new Map(parameters)
  return { spec: { ...spec, layers: foldLayers(spec.layers, '', folded) }, parameters: folded }
}

function foldLayers(
  layers: readonly LayerSpec[],
  prefix: string,
  parameters: Map<string, Float32Array>,
): LayerSpec[] {
  const named = nameLayers(layers, prefix)
  return named.flatMap(([path, layer], index): LayerSpec[] => {
    const name = path.slice(path.lastIndexOf('.') + 1)
    const previous = named[index - 1]?.[1]
    if (layer.type === 'residual')
      return [{ ...layer, name, layers: foldLayers(layer.layers, path, parameters) }]
    if (layer.type === 'batchNorm' && takesFactors(previous)) return []
    const next = named[index + 1]
    if (!takesFactors(layer) || next?.[1].type !== 'batchNorm') {
      return [{ ...layer, name }]
    }
    scaleOutputs(parameters, path, next[0], next[1].epsilon, layer.type !== 'dense')
    return [{ ...layer, name, bias: true }]
  })
}

/** Whether a factor for each output can be moved into the layer's weights. */
function takesFactors(
  layer: LayerSpec | undefined,
): layer is Extract<LayerSpec, { type: 'conv2d' | 'conv1d' | 'depthwiseConv2d' | 'dense' }> {
  return layer !== undefined && ['conv2d', 'conv1d', 'depthwiseConv2d', 'dense'].includes(layer.type)
}

/** Multiplies a layer's outputs by the normalisation's factor and moves its shift into the bias. */
function scaleOutputs(
  parameters: Map<string, Float32Array>,
  layer: string,
  norm: string,
  epsilon: number,
  outputsFirst: boolean,
): void {
  const take = (name: string): Float32Array => {
    const values = parameters.get(name)
    if (!values) throw new Error(`the parameter ${name} is missing`)
    return values
  }
  const [scale, shift] = [take(`${norm}.scale`), take(`${norm}.shift`)]
  const [mean, variance] = [take(`${norm}.runningMean`), take(`${norm}.runningVariance`)]
  const outputs = scale.length
  const factor = scale.map((value, i) => value / Math.sqrt((variance[i] ?? 0) + epsilon))
  const weight = take(`${layer}.weight`)
  const perOutput = weight.length / outputs
  parameters.set(
    `${layer}.weight`,
    weight.map((value, i) => value * (factor[outputsFirst ? Math.floor(i / perOutput) : i % outputs] ?? 0)),
  )
  const bias = parameters.get(`${layer}.bias`)
  parameters.set(
    `${layer}.bias`,
    shift.map((value, i) => value + ((bias?.[i] ?? 0) - (mean[i] ?? 0)) * (factor[i] ?? 0)),
  )
  for (const part of ['scale', 'shift', 'runningMean', 'runningVariance'])
    parameters.delete(`${norm}.${part}`)
}
