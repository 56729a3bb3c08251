import type { LayerRow, NetworkTable } from '../../../shared/model/networkTable'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { sizeOf } from '../graph/shape'
import { topologicalOrder } from '../graph/topologicalOrder'
import type { Value } from '../graph/value'
import { countTrained, walkNetwork } from './describeNetwork'
import type { ParameterInfo } from './parameter'

/**
 * Lists a network's layers with what each gives and costs, as it is trained: normalisation apart, nothing folded.
 * @throws AppError 'spec-invalid' where the layers do not fit each other
 */
export function tabulateNetwork(spec: ModelSpec): NetworkTable {
  const infos: ParameterInfo[] = []
  const counted = new Set<number>()
  const layers: LayerRow[] = []
  const onLayer = (name: string, type: string, output: Value): void => {
    const inner = layers.filter((row) => row.name.startsWith(`${name}.`))
    const parameters =
      countTrained(infos.filter((info) => info.name.startsWith(`${name}.`))) - sum(inner, 'parameters')
    const added = topologicalOrder([output]).filter(({ id }) => !counted.has(id))
    for (const { id } of added) counted.add(id)
    const flops = added.reduce((total, value) => total + flopsOf(value), 0)
    layers.push({ name, type, output: output.shape.slice(1), parameters, flops })
  }
  walkNetwork(spec, infos, onLayer)
  return {
    name: spec.name,
    input: [1, spec.input.height, spec.input.width],
    layers,
    parameters: countTrained(infos),
    flops: sum(layers, 'flops'),
  }
}

function sum(rows: readonly LayerRow[], field: 'parameters' | 'flops'): number {
  return rows.reduce((total, row) => total + row[field], 0)
}

/** Convolutions and products by their multiplications and additions, all else as one operation a number. */
function flopsOf(value: Value): number {
  if (value.kind !== 'node') return 0
  const size = sizeOf(value.shape)
  switch (value.op) {
    case 'Conv':
      return 2 * size * sizeOf(value.inputs[1]?.shape.slice(1) ?? [])
    case 'MatMul':
      return 2 * size * (value.inputs[0]?.shape.at(value.attributes.transposeA ? -2 : -1) ?? 0)
    case 'MaxPool':
    case 'AveragePool':
      return size * sizeOf(value.attributes.kernel)
    case 'ReduceMean':
    case 'ReduceSum':
    case 'ReduceMax':
      return sizeOf(value.inputs[0]?.shape ?? [])
    case 'Reshape':
    case 'Flatten':
    case 'Expand':
      return 0
    default:
      return size
  }
}
