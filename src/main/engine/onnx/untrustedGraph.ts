import onnxProto, { type onnx } from 'onnx-proto'
import { exportOperators } from '../export/exportOperators'
import { sizeOf } from '../graph/shape'
import { opset } from './encodeModel'

const { ModelProto } = onnxProto.onnx
const { DataType, DataLocation } = onnxProto.onnx.TensorProto

/** Many times what a network that can be trained on a desktop takes. */
export const largestNetworkBytes = 256 * 1024 * 1024
/** Nodes: many times what our largest networks have. */
const largestGraph = 10_000
/** A list of numbers, such as a shape, whose product is more than this would be a tensor of more than 256 MB. */
const largestProduct = 2 ** 26

/** @throws Error where the bytes are no ONNX file */
export function decodeNetwork(bytes: Uint8Array): onnx.IModelProto {
  try {
    return ModelProto.decode(bytes)
  } catch (error) {
    throw new Error('it is cut, or not an ONNX file at all', { cause: error })
  }
}

/**
 * Looks whether running a network is no more than running one of ours: known operators, all of it in the one file, no graph
 * within a graph.
 * @throws Error that says what else is in it
 */
export function checkNetwork({ opsetImport, graph, functions, trainingInfo }: onnx.IModelProto): void {
  const imports = opsetImport ?? []
  if (imports.length !== 1 || imports[0]?.domain || Number(imports[0]?.version) !== opset) {
    throw new Error(`it is not written in opset ${opset} alone`)
  }
  if (functions?.length || trainingInfo?.length || graph?.sparseInitializer?.length) {
    throw new Error('it holds parts that no network of Longhand has')
  }
  const nodes = graph?.node ?? []
  if (nodes.length > largestGraph) throw new Error(`it has ${nodes.length} operators`)
  for (const { opType, domain, attribute } of nodes) {
    if (domain || !exportOperators.has(opType ?? '')) {
      throw new Error(`it has the operator ${opType ?? ''}, which no network of Longhand has`)
    }
    if (attribute?.some(({ g, graphs }) => Boolean(g ?? graphs?.length))) {
      throw new Error('it holds a graph in a graph')
    }
  }
  for (const tensor of graph?.initializer ?? []) checkTensor(tensor)
}

function checkTensor({ name, dataLocation, externalData, dataType, rawData, dims }: onnx.ITensorProto): void {
  if (dataLocation === DataLocation.EXTERNAL || externalData?.length) {
    throw new Error(`its tensor ${name ?? ''} lies in another file`)
  }
  if (dataType !== DataType.INT64) return
  const raw = rawData ?? new Uint8Array()
  const count = sizeOf((dims ?? []).map(Number))
  // A list that is no shape is no list of ours.
  if (count > 64 || raw.length !== 8 * count) throw new Error(`its list ${name ?? ''} is of ${count} numbers`)
  const values = new BigInt64Array(count)
  new Uint8Array(values.buffer).set(raw)
  const product = values.reduce((size, value) => size * Math.max(1, Math.abs(Number(value))), 1)
  if (product > largestProduct) throw new Error(`it asks for a tensor of ${product} numbers`)
}
