import type { Tensor, Tensor4D, Tensorflow } from './tensorflow'

/**
 * A graph's value in TensorFlow. The graph's images are [batch, channels, rows, columns]; TensorFlow's processor kernels want
 * the channels last. An image is turned when an operator needs it so, and then stays so for as long as nothing minds.
 */
export interface Held {
  readonly tensor: Tensor
  /** Whether the tensor is the graph's value as [batch, rows, columns, channels]. */
  readonly channelsLast: boolean
}

export const asInGraph = (tensor: Tensor): Held => ({ tensor, channelsLast: false })
export const channelsLast = (tensor: Tensor): Held => ({ tensor, channelsLast: true })

/** Where an axis of the graph lies in a tensor with its channels last. */
export const placeOfAxis = (axis: number): number => [0, 3, 1, 2][axis] ?? axis

/** The value in the graph's own order. */
export function graphOrder(tf: Tensorflow, { tensor, channelsLast: isTurned }: Held): Tensor {
  return isTurned ? turn(tf, tensor, [0, 3, 1, 2]) : tensor
}

/** The value, an image or what broadcasts to one, with its channels last. */
export function imageOrder(tf: Tensorflow, held: Held): Tensor4D {
  const { tensor } = held
  if (held.channelsLast) return tensor as Tensor4D
  const missing = Array.from({ length: 4 - tensor.rank }, () => 1)
  const image = missing.length === 0 ? tensor : tf.reshape(tensor, [...missing, ...tensor.shape])
  return turn(tf, image, [0, 2, 3, 1]) as Tensor4D
}

/** One order for all, so that they can be computed with one by one: channels last where any of them has them so. */
export function sameOrder(
  tf: Tensorflow,
  values: readonly Held[],
): { tensors: Tensor[]; hold: (tensor: Tensor) => Held } {
  if (!values.some((held) => held.channelsLast)) {
    return { tensors: values.map(({ tensor }) => tensor), hold: asInGraph }
  }
  // A single number is the same either way.
  const tensors = values.map((held) => (held.tensor.size === 1 ? held.tensor : imageOrder(tf, held)))
  return { tensors, hold: channelsLast }
}

/** Transposes; a change of shape alone does where only axes of length 1 change places with others. */
function turn(tf: Tensorflow, x: Tensor, permutation: readonly number[]): Tensor {
  const long = permutation.filter((axis) => x.shape[axis] !== 1)
  const keepsOrder = long.every((axis, i) => i === 0 || axis > (long[i - 1] ?? 0))
  return keepsOrder
    ? tf.reshape(
        x,
        permutation.map((axis) => x.shape[axis] ?? 1),
      )
    : tf.transpose(x, [...permutation])
}
