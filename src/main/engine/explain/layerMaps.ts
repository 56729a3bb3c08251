import type { LayerView } from '../../../shared/model/explanation'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { inferenceContext } from '../compile/inferenceGraph'
import { GraphBuilder } from '../graph/graphBuilder'
import { sizeOf, type Shape } from '../graph/shape'
import type { Value } from '../graph/value'
import { forward } from '../network/forward'
import type { Parameters } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'
import { Session } from '../runtime/session'
import { signedBytes } from './signedBytes'

/** Maps of one layer that are shown. */
const mostMaps = 128

/**
 * What each layer makes of one raster, and what its filters look like.
 * @param pixels [height, width], 0 for paper to 1 for full ink
 */
export async function layerMaps(
  spec: ModelSpec,
  parameters: Parameters,
  pixels: Float32Array,
): Promise<LayerView[]> {
  const { width, height } = spec.input
  const b = new GraphBuilder()
  const shapes = new Map<string, Shape>()
  const layers: { name: string; type: string; output: Value }[] = []
  const context = inferenceContext(b, (name, shape) => {
    const values = parameters.get(name)
    if (!values) throw new Error(`the parameter ${name} is missing`)
    shapes.set(name, shape)
    return b.constant(values, shape)
  })
  const onLayer = (name: string, type: string, output: Value): void =>
    void layers.push({ name, type, output })
  forward({ ...context, onLayer }, spec, b.input('pixels', [1, 1, height, width]))
  // Layers that do nothing when it reads, as dropout, give what came before them.
  const outputs = Object.fromEntries(
    layers.filter(({ output }) => output.kind === 'node').map(({ output }) => [`v${output.id}`, output]),
  )
  const session = await Session.create(encodeModel(outputs), { provider: 'cpu' })
  try {
    const results = await session.run({ pixels: { data: pixels, shape: [1, 1, height, width] } })
    return layers.map(({ name, type, output }) => {
      const data = results[`v${output.id}`]?.data
      const [, channels = 1, ...rest] = output.shape
      const [rows = 1, columns = 1] = rest
      const maps = Math.min(channels, mostMaps)
      const shown =
        data instanceof Float32Array ? data.subarray(0, maps * rows * columns) : new Float32Array()
      return {
        ...{ name, type, channels, height: rows, width: columns },
        maps: signedBytes(shown),
        filters: filtersOf(parameters.get(`${name}.weight`), shapes.get(`${name}.weight`)),
      }
    })
  } finally {
    await session.release()
  }
}

/** A convolution's kernels, each the mean over the channels that it takes. */
function filtersOf(weights: Float32Array | undefined, shape: Shape | undefined): LayerView['filters'] {
  const [filters = 0, channels = 0, height = 0, width = 0] = shape ?? []
  if (!weights || shape?.length !== 4 || height * width === 1) return null
  const area = height * width
  const count = Math.min(filters, mostMaps)
  const means = new Float32Array(count * area)
  for (let i = 0; i < sizeOf([count, channels, area]); i++) {
    const at = Math.floor(i / (channels * area)) * area + (i % area)
    means[at] = (means[at] ?? 0) + (weights[i] ?? 0) / channels
  }
  return { count, height, width, kernels: signedBytes(means) }
}
