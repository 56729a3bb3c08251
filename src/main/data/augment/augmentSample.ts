import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'
import type { Dataset } from '../dataset'
import { renderSample } from '../renderDataset'
import { augmentInk } from './augmentInk'
import { augmentRaster } from './augmentRaster'
import { augmentTrace } from './augmentTrace'
import { distorts } from './distorts'

/** Draws a randomly distorted copy of a sample: bent strokes of ink, warped pixels of a picture. */
export function augmentSample(
  dataset: Dataset,
  index: number,
  target: Uint8Array,
  input: ModelInput,
  augmentation: Augmentation,
  random: Random,
): void {
  const { content } = dataset
  if (content.kind === 'ink' && input.trace)
    augmentTrace(content.inks[index] ?? [], target, input, augmentation, random)
  else if (content.kind === 'ink') augmentInk(content.inks[index] ?? [], target, input, augmentation, random)
  else if (distorts(augmentation))
    augmentRaster(renderSample(dataset, index, input), target, input, augmentation, random)
  else target.set(renderSample(dataset, index, input))
}
