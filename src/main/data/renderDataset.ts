import { pictureToRaster } from '../../shared/image/pictureToRaster'
import { inkToRaster } from '../../shared/ink/inkToRaster'
import type { ModelInput } from '../../shared/model/modelSpec'
import type { Dataset } from './dataset'

/** Every sample as the model sees it, without augmentation: `[count, height, width]`, ink 255. */
export function renderDataset(dataset: Dataset, input: ModelInput): Uint8Array {
  const { content } = dataset
  if (content.kind === 'rasters' && content.width === input.width && content.height === input.height) {
    return content.pixels
  }
  const size = input.width * input.height
  const rendered = new Uint8Array(dataset.count * size)
  for (let i = 0; i < dataset.count; i++) rendered.set(renderSample(dataset, i, input), i * size)
  return rendered
}

/** One sample as the model sees it: `[height, width]`, ink 255. A view where nothing had to be computed. */
export function renderSample(dataset: Dataset, index: number, input: ModelInput): Uint8Array {
  const { content } = dataset
  if (content.kind === 'ink') return inkToRaster(content.inks[index] ?? [], input).pixels
  const { width, height } = content
  const pixels = content.pixels.subarray(index * width * height, (index + 1) * width * height)
  if (width === input.width && height === input.height) return pixels
  return pictureToRaster({ width, height, pixels }, input).pixels
}
