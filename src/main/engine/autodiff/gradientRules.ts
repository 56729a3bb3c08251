import type { Op } from '../graph/op'
import type { GradientRules } from './gradientRule'
import { convolutionRules } from './rules/convolution'
import { elementwiseRules } from './rules/elementwise'
import { layoutRules } from './rules/layout'
import { matrixRules } from './rules/matrix'
import { poolingRules } from './rules/pooling'
import { reductionRules } from './rules/reduction'
import { shapeRules } from './rules/shape'

/** One rule for every operator: leaving one out does not compile. */
export const gradientRules: GradientRules<Op> = {
  ...elementwiseRules,
  ...reductionRules,
  ...shapeRules,
  ...matrixRules,
  ...poolingRules,
  ...convolutionRules,
  ...layoutRules,
}
