import type { ConvAttributes } from '../graph/op'
import type { Tensor, Tensor4D, Tensorflow } from './tensorflow'

/**
 * @param x [batch, rows, columns, channels]
 * @param weight [out, in / groups, rows, columns], as ONNX has it
 * @returns [batch, rows, columns, out]
 */
export function convolve(
  tf: Tensorflow,
  x: Tensor4D,
  weight: Tensor,
  { kernel, stride, padding, groups }: ConvAttributes,
): Tensor {
  const [, rows, columns, channels] = x.shape
  const strides: [number, number] = [stride[0], stride[1]]
  const [top, left, bottom, right] = padding
  const asSame =
    isSame(rows, kernel[0], stride[0], top, bottom) && isSame(columns, kernel[1], stride[1], left, right)
  const padded =
    asSame || padding.every((count) => count === 0)
      ? x
      : tf.pad(x, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ])
  const mode = asSame ? 'same' : 'valid'
  if (groups === 1) return tf.conv2d(padded, tf.transpose(weight as Tensor4D, [2, 3, 1, 0]), strides, mode)
  if (groups === channels && weight.shape[0] === channels) {
    return tf.depthwiseConv2d(padded, tf.transpose(weight as Tensor4D, [2, 3, 0, 1]), strides, mode)
  }
  throw new Error(`a convolution of ${channels} channels in ${groups} groups is none that TensorFlow has`)
}

/** Whether zeros are added along an axis as TensorFlow does for 'same'. */
function isSame(length: number, kernel: number, stride: number, before: number, after: number): boolean {
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length)
  return before === Math.floor(total / 2) && after === total - before
}
