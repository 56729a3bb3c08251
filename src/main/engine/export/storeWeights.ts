import onnxProto from 'onnx-proto'
import type { Precision } from '../../../shared/model/modelExport'
import type { ConstantValue } from '../graph/value'
import type { ConstantWriter } from '../onnx/encodeModel'
import { toFloat16 } from './float16'

const { DataType } = onnxProto.onnx.TensorProto

/**
 * Writes a parameter in the form in which an export stores it.
 *
 * Only weights are stored in fewer bits: as float16, or as int8 with a factor for each output (symmetric, per channel:
 * Jacob et al. 2018). Vectors (biases, normalisation) are few and stay as they are. Every runtime turns the stored weights
 * into float32 once, when it loads the file, and then computes as it always does, on every provider and as fast. The other
 * ways were measured and left: DequantizeLinear, which ONNX Runtime does again in each run (less than half as fast);
 * arithmetic in float16, which needs a device with `shader-f16` on WebGPU and gains nothing on the CPU; and activations
 * as int8, which are 1.1 to 1.9 times faster on a CPU, but need data to find their ranges, and on WebGPU go to the CPU and
 * back before each layer, since there is no QuantizeLinear.
 *
 * @returns false for what is left to be written as it is
 */
export function storeWeight(
  precision: Precision,
  writer: ConstantWriter,
  { data, shape }: ConstantValue,
  name: string,
): boolean {
  if (precision === 'float32' || shape.length < 2 || !(data instanceof Float32Array)) return false
  if (precision === 'float16') storeAsFloat16(writer, data, shape, name)
  else storeAsInt8(writer, data, shape, name)
  return true
}

function storeAsFloat16(
  writer: ConstantWriter,
  data: Float32Array,
  shape: readonly number[],
  name: string,
): void {
  const halves = writer.tensor({
    name: `${name}.float16`,
    dims: [...shape],
    dataType: DataType.FLOAT16,
    rawData: bytesOf(toFloat16(data)),
  })
  writer.node('Cast', [halves], { to: DataType.FLOAT }, name)
}

/** Outputs are the first axis of a convolution's weight [out, in, rows, columns] and the last of a matrix [in, out]. */
function storeAsInt8(
  writer: ConstantWriter,
  data: Float32Array,
  shape: readonly number[],
  name: string,
): void {
  const axis = shape.length === 2 ? 1 : 0
  const outputs = shape[axis] ?? 1
  const perOutput = data.length / outputs
  const outputOf = (index: number): number => (axis === 0 ? Math.floor(index / perOutput) : index % outputs)
  const largest = new Float32Array(outputs)
  data.forEach((value, i) => {
    const output = outputOf(i)
    largest[output] = Math.max(largest[output] ?? 0, Math.abs(value))
  })
  const factors = largest.map((value) => (value === 0 ? 1 : value / 127))
  const steps = Int8Array.from(data, (value, i) => Math.round(value / (factors[outputOf(i)] ?? 1)))
  const stored = writer.tensor({
    name: `${name}.int8`,
    dims: [...shape],
    dataType: DataType.INT8,
    rawData: bytesOf(steps),
  })
  const perChannel = writer.tensor({
    name: `${name}.factors`,
    dims: shape.map((_, at) => (at === axis ? outputs : 1)),
    dataType: DataType.FLOAT,
    rawData: bytesOf(factors),
  })
  writer.node('Mul', [writer.node('Cast', [stored], { to: DataType.FLOAT }), perChannel], {}, name)
}

function bytesOf(data: Float32Array | Uint16Array | Int8Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
