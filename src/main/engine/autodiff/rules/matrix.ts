import { inputOf, type GradientRules } from '../gradientRule'

export const matrixRules: GradientRules<'MatMul'> = {
  MatMul: (b, upstream, node) => {
    const [a, other] = [inputOf(node, 0), inputOf(node, 1)]
    const { transposeA, transposeB } = node.attributes
    return [
      transposeA
        ? b.matMul(other, upstream, { transposeA: transposeB, transposeB: true })
        : b.matMul(upstream, other, { transposeB: !transposeB }),
      transposeB
        ? b.matMul(upstream, a, { transposeA: true, transposeB: transposeA })
        : b.matMul(a, upstream, { transposeA: !transposeA }),
    ]
  },
}
