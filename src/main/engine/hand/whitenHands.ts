import type { LayerSpec, ModelSpec } from '../../../shared/model/modelSpec'
import type { Parameters } from '../network/parameter'
import { lowerFactor } from '../teaching/cholesky'
import { computeFront } from '../training/frontFeatures'

/** The layer that is put in before the last. */
const layerName = 'whitening'
/** Share of the mean variance that is added to each: so much is trusted to the directions that samples hardly stray in. */
const shrinkage = 0.1

/**
 * Evens out how samples of one hand stray, so that what varies from word to word counts less than what does not: within-class
 * covariance normalisation (Hatch, Kajarekar & Stolcke 2006), in closed form, as a dense layer before the one that brings features to
 * one length. The head becomes the direction of each class's mean.
 *
 * @param rasters [count, height, width], of writers that the network was trained on
 * @param classIndex [count], whose they are, as the number of the class
 * @returns spec and parameters of the network with that layer; one that it had already is fitted anew
 * @throws Error where the network does not end in features of one length
 */
export async function whitenHands(
  network: { spec: ModelSpec; parameters: Parameters },
  rasters: Uint8Array,
  classIndex: Int32Array,
  signal?: AbortSignal,
): Promise<{ spec: ModelSpec; parameters: Map<string, Float32Array> }> {
  const layers = network.spec.layers.filter(({ name }) => name !== layerName)
  const last = layers.at(-1)
  if (last?.type !== 'unitLength') throw new Error('the network does not end in features of one length')
  const spec = { ...network.spec, layers }
  const count = classIndex.length
  const features = await computeFront(spec, network.parameters, layers.length - 1, rasters, {
    provider: 'cpu',
    ...(signal && { signal }),
  })
  const size = features.length / count
  const classes = spec.classes.length
  const { mean, means } = meansOf(features, classIndex, size, classes)
  const inverse = invertLower(lowerFactor(strayOf(features, classIndex, means, size), size), size)
  const weight = new Float32Array(size * size)
  const bias = new Float32Array(size)
  for (let out = 0; out < size; out++) {
    for (let from = 0; from < size; from++) {
      const factor = inverse[out * size + from] ?? 0
      weight[from * size + out] = factor
      bias[out] = (bias[out] ?? 0) - factor * (mean[from] ?? 0)
    }
  }
  const head = new Float32Array(size * classes)
  for (let own = 0; own < classes; own++) {
    const direction = Array.from(bias)
    for (let from = 0; from < size; from++)
      for (let out = 0; out < size; out++)
        direction[out] =
          (direction[out] ?? 0) + (means[own * size + from] ?? 0) * (weight[from * size + out] ?? 0)
    const length = Math.hypot(...direction) || 1
    direction.forEach((value, out) => (head[out * classes + own] = value / length))
  }
  const layer: LayerSpec = { type: 'dense', name: layerName, units: size, bias: true }
  return {
    spec: { ...spec, layers: [...layers.slice(0, -1), layer, last] },
    parameters: new Map([
      ...network.parameters,
      [`${layerName}.weight`, weight],
      [`${layerName}.bias`, bias],
      ['head.weight', head],
      ['head.bias', new Float32Array(classes)],
    ]),
  }
}

/** The mean of all features, and that of each class; of a class without samples, the mean of all. */
function meansOf(features: Float32Array, classIndex: Int32Array, size: number, classes: number) {
  const mean = new Float64Array(size)
  const means = new Float64Array(classes * size)
  const counts = new Int32Array(classes)
  classIndex.forEach((own, sample) => {
    counts[own] = (counts[own] ?? 0) + 1
    for (let i = 0; i < size; i++) {
      const value = features[sample * size + i] ?? 0
      mean[i] = (mean[i] ?? 0) + value / classIndex.length
      means[own * size + i] = (means[own * size + i] ?? 0) + value
    }
  })
  counts.forEach((count, own) => {
    for (let i = 0; i < size; i++) {
      const at = own * size + i
      means[at] = count === 0 ? (mean[i] ?? 0) : (means[at] ?? 0) / count
    }
  })
  return { mean, means }
}

/** Covariance of samples about the mean of their class, [size, size], shrunk towards a multiple of the identity. */
function strayOf(
  features: Float32Array,
  classIndex: Int32Array,
  means: Float64Array,
  size: number,
): Float64Array {
  const covariance = new Float64Array(size * size)
  const stray = new Float64Array(size)
  classIndex.forEach((own, sample) => {
    for (let i = 0; i < size; i++)
      stray[i] = (features[sample * size + i] ?? 0) - (means[own * size + i] ?? 0)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        covariance[i * size + j] =
          (covariance[i * size + j] ?? 0) + ((stray[i] ?? 0) * (stray[j] ?? 0)) / classIndex.length
  })
  let trace = 0
  for (let i = 0; i < size; i++) trace += covariance[i * size + i] ?? 0
  for (let i = 0; i < size; i++)
    covariance[i * size + i] = (covariance[i * size + i] ?? 0) + (shrinkage * trace) / size + 1e-9
  return covariance
}

/** The inverse of a lower triangular matrix, by forward substitution. */
function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = row === column ? 1 : 0
      for (let k = column; k < row; k++)
        sum -= (lower[row * size + k] ?? 0) * (inverse[k * size + column] ?? 0)
      inverse[row * size + column] = sum / (lower[row * size + row] ?? 1)
    }
  }
  return inverse
}
