import { headUnits, type ModelSpec } from '../../../shared/model/modelSpec'
import type { Value } from '../graph/value'
import type { ForwardContext } from './forwardContext'
import { buildLayer, buildLayers, nameLayers } from './layers'

/**
 * Builds a network.
 * @param x [batch, 1, height, width], 0 for paper to 1 for full ink
 * @param skip how many of the first layers are left out; x is then what the last of them gives
 * @returns features [batch, n], that is what goes into the head, and logits [batch, outputs]
 * @throws Error where a network that reads texts does not end in one row of the columns that it names
 */
export function forward(
  context: ForwardContext,
  spec: ModelSpec,
  x: Value,
  skip = 0,
): { features: Value; logits: Value } {
  const last = buildLayers(context, nameLayers(spec.layers, '').slice(skip), x)
  const features = last.shape.length === 2 ? last : context.b.flatten(last)
  const units = headUnits(spec)
  if (spec.text) {
    const [, , rows, columns] = last.shape
    if (rows !== 1 || columns !== spec.text.columns)
      throw new Error(`the layers do not end in one row of ${spec.text.columns} columns`)
    // The same dense layer for each column.
    const head = { type: 'conv1d', name: 'head', filters: units, kernel: 1, stride: 1, bias: true } as const
    return { features, logits: context.b.flatten(buildLayer(context, head, last, 'head')) }
  }
  const head = { type: 'dense', name: 'head', units, bias: true } as const
  return { features, logits: buildLayer(context, head, features, 'head') }
}
