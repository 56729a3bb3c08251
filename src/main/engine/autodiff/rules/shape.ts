import { inputOf, type GradientRules } from '../gradientRule'
import { placeAlongAxis } from './placement'

export const shapeRules: GradientRules<
  'Reshape' | 'Flatten' | 'Transpose' | 'Expand' | 'Concat' | 'Slice' | 'Pad'
> = {
  Reshape: (b, upstream, node) => [b.reshape(upstream, inputOf(node, 0).shape)],
  Flatten: (b, upstream, node) => [b.reshape(upstream, inputOf(node, 0).shape)],
  Transpose: (b, upstream, node) => [
    b.transpose(
      upstream,
      node.attributes.permutation.map((_, axis) => node.attributes.permutation.indexOf(axis)),
    ),
  ],
  Expand: (_, upstream) => [upstream],
  Concat: (b, upstream, node) => {
    const { axis } = node.attributes
    let start = 0
    return node.inputs.map((input) => {
      const end = start + (input.shape[axis] ?? 0)
      const part = b.slice(upstream, { axes: [axis], starts: [start], ends: [end], steps: [1] })
      start = end
      return part
    })
  },
  Slice: (b, upstream, node) => {
    const { axes, starts, steps } = node.attributes
    const x = inputOf(node, 0)
    const placed = axes.reduce((gradient, axis, i) => {
      const [start = 0, step = 1] = [starts[i], steps[i]]
      return step === -1
        ? b.flip(gradient, [axis])
        : placeAlongAxis(b, gradient, axis, start, step, x.shape[axis] ?? 0)
    }, upstream)
    return [placed]
  },
  Pad: (b, upstream, node) => {
    const { shape } = inputOf(node, 0)
    const { before } = node.attributes
    return [
      b.slice(upstream, {
        axes: shape.map((_, axis) => axis),
        starts: [...before],
        ends: shape.map((length, axis) => length + (before[axis] ?? 0)),
        steps: shape.map(() => 1),
      }),
    ]
  },
}
