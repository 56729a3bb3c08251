import type { GradientRules } from '../gradientRule'

/** The order of numbers in memory: a gradient goes back to the order that its value came from. */
export const layoutRules: GradientRules<'ToBlocks' | 'FromBlocks' | 'RepeatColumns'> = {
  ToBlocks: (b, upstream) => [b.fromBlocks(upstream)],
  FromBlocks: (b, upstream) => [b.toBlocks(upstream)],
  RepeatColumns: (b, upstream, { attributes: { count } }) => {
    const window = { kernel: [1, count], stride: [1, count] } as const
    return [b.mul(b.toBlocks(b.averagePool(b.fromBlocks(upstream), window)), b.scalar(count))]
  },
}
