import type { LayerSpec } from '../../../shared/model/modelSpec'
import { channelMoments, gelu, normalizeGroups, perChannel } from '../graph/derivedOps'
import type { Pair } from '../graph/op'
import type { Value } from '../graph/value'
import type { ForwardContext } from './forwardContext'

type LayerOf<T extends LayerSpec['type']> = Extract<LayerSpec, { type: T }>
type LayerBuilder<T extends LayerSpec['type']> = (
  context: ForwardContext,
  layer: LayerOf<T>,
  x: Value,
  name: string,
) => Value

const layerBuilders: { readonly [T in LayerSpec['type']]: LayerBuilder<T> } = {
  conv2d: (context, layer, x, name) => convolve(context, layer, x, name, layer.filters, 1),
  conv1d: (context, layer, x, name) => convolveColumns(context, layer, x, name),
  depthwiseConv2d: (context, layer, x, name) => {
    const channels = x.shape[1] ?? 0
    return convolve(context, layer, x, name, channels, channels)
  },
  dense: (context, layer, x, name) => dense(context, x, name, layer.units, layer.bias),
  relu: (context, _, x) => context.b.relu(x),
  gelu: (context, _, x) => gelu(context.b, x),
  silu: (context, _, x) => context.b.mul(x, context.b.sigmoid(x)),
  maxPool: (context, layer, x) => context.b.maxPool(x, window(layer)),
  averagePool: (context, layer, x) => context.b.averagePool(x, window(layer)),
  batchNorm: (context, layer, x, name) => {
    const { b } = context
    const shape = [x.shape[1] ?? 0]
    const scale = context.parameter(`${name}.scale`, shape, 'scale')
    const shift = context.parameter(`${name}.shift`, shape, 'shift')
    const running = {
      mean: context.parameter(`${name}.runningMean`, shape, 'runningMean'),
      variance: context.parameter(`${name}.runningVariance`, shape, 'runningVariance'),
    }
    if (!context.training || context.keepsStatistics) {
      // One factor and one shift a channel, through which gradients flow straight where a frozen layer lies in a training.
      const factor = b.div(scale, b.sqrt(b.add(running.variance, b.scalar(layer.epsilon))))
      const offset = b.sub(shift, b.mul(running.mean, factor))
      return b.add(b.mul(x, perChannel(b, factor, x)), perChannel(b, offset, x))
    }
    const moments = channelMoments(b, x)
    context.observe(name, layer.momentum, moments)
    return b.apply('BatchNorm', [x, scale, shift, moments.mean, moments.variance], { epsilon: layer.epsilon })
  },
  groupNorm: (context, layer, x, name) => {
    const { b } = context
    const channels = x.shape[1] ?? 0
    if (channels % layer.groups !== 0)
      throw new Error(`${name}: ${channels} channels do not divide into ${layer.groups} groups`)
    const scale = context.parameter(`${name}.scale`, [channels], 'scale')
    const shift = context.parameter(`${name}.shift`, [channels], 'shift')
    const normal = normalizeGroups(b, x, layer.groups, layer.epsilon)
    return b.add(b.mul(normal, perChannel(b, scale, x)), perChannel(b, shift, x))
  },
  squeezeExcite: (context, layer, x, name) => {
    const { b } = context
    const channels = x.shape[1] ?? 0
    const units = Math.max(1, Math.round(channels / layer.ratio))
    const squeezed = b.relu(dense(context, b.reduceMean(x, [2, 3]), `${name}.squeeze`, units, true))
    const weights = b.sigmoid(dense(context, squeezed, `${name}.excite`, channels, true))
    return b.mul(x, b.reshape(weights, [...weights.shape, 1, 1]))
  },
  /** Inverted dropout (Srivastava et al. 2014): what is kept is scaled up, so that inference needs nothing. */
  dropout: (context, layer, x, name) => {
    if (!context.training || layer.rate === 0) return x
    const { b } = context
    const kept = b.toFloat(b.greater(context.noise(name, x.shape), b.scalar(layer.rate)))
    return b.mul(x, b.mul(kept, b.scalar(1 / (1 - layer.rate))))
  },
  unitLength: ({ b }, layer, x) => {
    const flat = x.shape.length === 2 ? x : b.flatten(x)
    const squared = b.reduceSum(b.mul(flat, flat), [1], true)
    return b.mul(b.div(flat, b.sqrt(b.add(squared, b.scalar(1e-8)))), b.scalar(layer.scale))
  },
  residual: (context, layer, x, name) => {
    const { b } = context
    const out = buildLayers(context, nameLayers(layer.layers, name), x)
    return b.add(out, shortCut(context, x, out, name))
  },
  globalAveragePool: (context, _, x) => context.b.reduceMean(x, [2, 3]),
  flatten: (context, _, x) => context.b.flatten(x),
  columns: (context, _, x) => {
    const [batch = 1, channels = 1, height = 1, width = 1] = x.shape
    return context.b.reshape(x, [batch, channels * height, 1, width])
  },
}

/** Adds one layer to the graph. */
export function buildLayer<T extends LayerSpec['type']>(
  context: ForwardContext,
  layer: LayerOf<T> & { type: T },
  x: Value,
  name: string,
): Value {
  const build: LayerBuilder<T> = layerBuilders[layer.type]
  const output = build(context, layer, x, name)
  context.onLayer?.(name, layer.type, output)
  return output
}

/** Builds layers, each with its path, one after another. */
export function buildLayers(
  context: ForwardContext,
  layers: readonly (readonly [string, LayerSpec])[],
  x: Value,
): Value {
  return layers.reduce((value, [name, layer]) => {
    const own = context.training && context.isFrozen(name) ? { ...context, training: false } : context
    return buildLayer(own, layer, value, name)
  }, x)
}

/** Each layer with its path: its own name, or its type and number among its neighbours of that type. */
export function nameLayers(layers: readonly LayerSpec[], prefix: string): [string, LayerSpec][] {
  const counts = new Map<string, number>()
  const taken = new Set<string>(prefix === '' ? ['head'] : [])
  return layers.map((layer) => {
    const count = (counts.get(layer.type) ?? 0) + 1
    counts.set(layer.type, count)
    const name = layer.name ?? `${layer.type}${count}`
    if (taken.has(name)) throw new Error(`two layers are called ${name}`)
    taken.add(name)
    return [prefix === '' ? name : `${prefix}.${name}`, layer]
  })
}

function convolve(
  context: ForwardContext,
  layer: LayerOf<'conv2d'> | LayerOf<'depthwiseConv2d'>,
  x: Value,
  name: string,
  filters: number,
  groups: number,
): Value {
  const [, channels = 0, height = 0, width = 0] = x.shape
  const kernel: Pair = [layer.kernel, layer.kernel]
  const shape = [filters, channels / groups, ...kernel]
  const weight = context.parameter(`${name}.weight`, shape, 'weight', (channels / groups) * layer.kernel ** 2)
  const bias = layer.bias ? context.parameter(`${name}.bias`, [filters], 'bias') : null
  const padding = (length: number): Pair =>
    layer.padding === 'same' ? samePadding(length, layer.kernel, layer.stride) : [0, 0]
  const [top, bottom] = padding(height)
  const [left, right] = padding(width)
  return context.b.conv(x, weight, bias, {
    kernel,
    stride: [layer.stride, layer.stride],
    padding: [top, left, bottom, right],
    groups,
  })
}

function convolveColumns(
  context: ForwardContext,
  { filters, kernel, stride, bias: hasBias }: LayerOf<'conv1d'>,
  x: Value,
  name: string,
): Value {
  const [, channels = 0, , width = 0] = x.shape
  const shape = [filters, channels, 1, kernel]
  const weight = context.parameter(`${name}.weight`, shape, 'weight', channels * kernel)
  const bias = hasBias ? context.parameter(`${name}.bias`, [filters], 'bias') : null
  const [left, right] = samePadding(width, kernel, stride)
  return context.b.conv(x, weight, bias, {
    kernel: [1, kernel],
    stride: [1, stride],
    padding: [0, left, 0, right],
    groups: 1,
  })
}

function dense(context: ForwardContext, x: Value, name: string, units: number, hasBias: boolean): Value {
  const { b } = context
  const flat = x.shape.length === 2 ? x : b.flatten(x)
  const inputs = flat.shape[1] ?? 0
  const product = b.matMul(flat, context.parameter(`${name}.weight`, [inputs, units], 'weight', inputs))
  return hasBias ? b.add(product, context.parameter(`${name}.bias`, [units], 'bias')) : product
}

/** As TensorFlow pads 'same': the output has ceil(length / stride) entries, an odd zero goes to the end. */
function samePadding(length: number, kernel: number, stride: number): Pair {
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length)
  return [Math.floor(total / 2), total - Math.floor(total / 2)]
}

function window({ size, stride = size }: { size: number; stride?: number | undefined }): {
  kernel: Pair
  stride: Pair
} {
  return { kernel: [size, size], stride: [stride, stride] }
}

/** The identity, or a 1x1 convolution where the block changes the shape (He et al. 2016, option B). */
function shortCut(context: ForwardContext, x: Value, out: Value, name: string): Value {
  const [, channels = 0, height = 0] = x.shape
  const [, filters = 0, outHeight = 1] = out.shape
  if (channels === filters && height === outHeight) return x
  const stride = Math.round(height / outHeight)
  const weight = context.parameter(`${name}.shortcut.weight`, [filters, channels, 1, 1], 'weight', channels)
  return context.b.conv(x, weight, null, {
    kernel: [1, 1],
    stride: [stride, stride],
    padding: [0, 0, 0, 0],
    groups: 1,
  })
}
