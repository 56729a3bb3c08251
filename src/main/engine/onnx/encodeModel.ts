// A CommonJS package: Node gives its values as one default export.
import onnxProto, { type onnx } from 'onnx-proto'
import type { DType } from '../graph/op'
import { topologicalOrder } from '../graph/topologicalOrder'
import type { ConstantValue, Value } from '../graph/value'
import { blockedDomain, lowerOp, type NodeWriter, type OnnxAttribute, type OnnxAttributes } from './lowerOp'

/** 17 is the newest opset whose kernels every provider has; ARCHITECTURE.md says why. */
export const opset = 17
const irVersion = 8
const { ModelProto } = onnxProto.onnx
const { DataType } = onnxProto.onnx.TensorProto
const { AttributeType } = onnxProto.onnx.AttributeProto

const elementTypes: Record<DType, number> = {
  float: DataType.FLOAT,
  int32: DataType.INT32,
  uint8: DataType.UINT8,
  bool: DataType.BOOL,
}

/** What writes a constant in another form than its own may write: tensors, and the nodes that make it of them. */
export interface ConstantWriter extends Pick<NodeWriter, 'node'> {
  /** Adds a tensor and returns its name. */
  tensor(tensor: onnx.ITensorProto & { name: string }): string
}

export interface EncodeOptions {
  /** Leaves the first axis of inputs and outputs open, so that one graph runs batches of any size. */
  readonly dynamicBatch?: boolean
  /** Goes into the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Names for constants, by which a reader of the file finds them; the others are numbered. */
  readonly constantNames?: ReadonlyMap<Value, string>
  /**
   * Writes a constant in a form of its own, the last node's output being `name`. False where it leaves it to be written
   * as it is.
   */
  readonly store?: (writer: ConstantWriter, constant: ConstantValue, name: string) => boolean
}

/**
 * Encodes a graph as an ONNX model (protobuf).
 * @param outputs the values to compute, by the names that they get in the model
 * @returns the bytes of a ModelProto; inputs keep the names that they were made with
 */
export function encodeModel(
  outputs: Readonly<Record<string, Value>>,
  options: EncodeOptions = {},
): Uint8Array {
  const order = topologicalOrder(Object.values(outputs))
  const nodes: onnx.INodeProto[] = []
  const initializers = new Map<string, onnx.ITensorProto>()

  const outputNames = new Map(Object.entries(outputs).map(([name, value]) => [value, name]))
  const nameOf = (value: Value): string => {
    if (value.kind === 'input') return value.name
    if (value.kind === 'constant') return options.constantNames?.get(value) ?? `v${value.id}`
    return outputNames.get(value) ?? `v${value.id}`
  }
  let temporaries = 0
  const writer = {
    node(
      opType: string,
      input: readonly string[],
      attributes: OnnxAttributes = {},
      output = `t${temporaries++}`,
      domain = '',
    ): string {
      nodes.push({
        opType,
        domain,
        input: [...input],
        output: [output],
        attribute: Object.entries(attributes).map(([name, value]) => encodeAttribute(name, value)),
      })
      return output
    },
    tensor(tensor: onnx.ITensorProto & { name: string }): string {
      initializers.set(tensor.name, tensor)
      return tensor.name
    },
    ints(values: readonly number[]): string {
      const rawData = bytesOf(BigInt64Array.from(values, BigInt))
      const name = `ints:${values.join(',')}`
      return writer.tensor({ name, dims: [values.length], dataType: DataType.INT64, rawData })
    },
    float(value: number): string {
      const rawData = bytesOf(Float32Array.of(value))
      return writer.tensor({ name: `float:${value}`, dims: [], dataType: DataType.FLOAT, rawData })
    },
  }

  const writeConstant = (value: ConstantValue): void => {
    const name = nameOf(value)
    if (!options.store?.(writer, value, name)) writer.tensor(encodeConstant(name, value))
  }

  for (const value of order) {
    if (value.kind === 'node') lowerOp(writer, value, value.inputs.map(nameOf), nameOf(value))
    else if (value.kind === 'constant') writeConstant(value)
  }
  for (const [name, value] of Object.entries(outputs)) {
    if (nameOf(value) !== name) writer.node('Identity', [nameOf(value)], {}, name)
  }

  const describe = (name: string, { shape, dtype }: Value): onnx.IValueInfoProto => ({
    name,
    type: {
      tensorType: {
        elemType: elementTypes[dtype],
        shape: {
          dim: shape.map((length, axis) =>
            axis === 0 && options.dynamicBatch ? { dimParam: 'batch' } : { dimValue: length },
          ),
        },
      },
    },
  })
  const model = ModelProto.create({
    irVersion,
    producerName: 'longhand',
    opsetImport: [
      { domain: '', version: opset },
      ...(nodes.some(({ domain }) => domain === blockedDomain)
        ? [{ domain: blockedDomain, version: 1 }]
        : []),
    ],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'longhand',
      node: nodes,
      initializer: [...initializers.values()],
      input: order.flatMap((value) => (value.kind === 'input' ? [describe(value.name, value)] : [])),
      output: Object.entries(outputs).map(([name, value]) => describe(name, value)),
    },
  })
  return ModelProto.encode(model).finish()
}

function encodeAttribute(name: string, value: OnnxAttribute): onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value }
  return 'float' in value
    ? { name, type: AttributeType.FLOAT, f: value.float }
    : { name, type: AttributeType.INTS, ints: [...value] }
}

function encodeConstant(
  name: string,
  { data, shape, dtype }: ConstantValue,
): onnx.ITensorProto & { name: string } {
  return { name, dims: [...shape], dataType: elementTypes[dtype], rawData: bytesOf(data) }
}

/** ONNX keeps raw tensors in little-endian order, which is that of every machine that Longhand runs on. */
function bytesOf(data: Float32Array | Int32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
