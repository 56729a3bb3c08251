import type { GradientRules } from '../gradientRule'

/** The order of numbers in memory: a gradient goes back to the order that its value came from. */
export const layoutRules: GradientRules<'ToBlocks' | 'FromBlocks'> = {
  ToBlocks: (b, upstream) => [b.fromBlocks(upstream)],
  FromBlocks: (b, upstream) => [b.toBlocks(upstream)],
}
