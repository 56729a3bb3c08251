import type { Augmentation } from '../../../shared/training/recipe'

/** Whether samples are changed at all, and differ from epoch to epoch. */
export function distorts(augmentation: Augmentation): boolean {
  const { rotation, scale, shift, shear, perspective, elastic, thickness, blur, cutout } = augmentation
  const { strokes, joins, omissions, slope, proportions } = augmentation
  const limits = [rotation, scale, shift, shear, perspective, elastic, thickness, blur, cutout]
  return [...limits, strokes, joins, omissions, slope, proportions].some((limit) => limit > 0)
}
