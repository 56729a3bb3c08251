import { setImmediate as nextTurn } from 'node:timers/promises'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import { isDarkOnLight } from '../../../shared/image/polarity'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { malformed, throwIfAborted } from '../dataErrors'
import { createDataset, sharedBytes, type Dataset } from '../dataset'
import { readIdx } from './readIdx'

/** Samples that the polarity of the whole file is judged by. */
const probes = 256

/**
 * Opens IDX images (`[count, height, width]`) with their labels (`[count]`), which become "0", "1" and so on. Images of
 * exactly the input's size are taken as they are, others go through the recipe.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed', 'cancelled'
 */
export async function openIdx(options: {
  name: string
  images: string
  labels: string
  input: ModelInput
  signal?: AbortSignal | undefined
}): Promise<Dataset> {
  const { name, input, signal } = options
  throwIfAborted(signal)
  const images = await readIdx(options.images, 3)
  throwIfAborted(signal)
  const labels = await readIdx(options.labels, 1)
  const [count = 0, height = 0, width = 0] = images.shape
  if (labels.shape[0] !== count) {
    throw malformed(options.labels, 'byte 4', `${labels.shape[0] ?? 0} labels for ${count} images`)
  }
  if (width * height === 0 && count > 0)
    throw malformed(options.images, 'byte 8', 'the images have no pixels')
  const dark = isDarkOnLightFile(images.values, count, width, height)
  const size = width * height
  const outSize = input.width * input.height
  const pixels = sharedBytes(count * outSize)
  const asIs = width === input.width && height === input.height
  for (let i = 0; i < count; i++) {
    const source = images.values.subarray(i * size, (i + 1) * size)
    const upright = dark ? source.map((value) => 255 - value) : source
    pixels.set(
      asIs ? upright : pictureToRaster({ width, height, pixels: upright }, input).pixels,
      i * outSize,
    )
    if (!asIs && i % 256 === 255) {
      await nextTurn()
      throwIfAborted(signal)
    }
  }
  const content = { kind: 'rasters', width: input.width, height: input.height, pixels } as const
  return createDataset(name, Array.from(labels.values, String), content)
}

/** One file has one polarity: single dense images would be misjudged, the majority is not. */
function isDarkOnLightFile(values: Uint8Array, count: number, width: number, height: number): boolean {
  const size = width * height
  const step = Math.max(1, Math.floor(count / probes))
  let dark = 0
  let seen = 0
  for (let i = 0; i < count; i += step, seen++) {
    if (isDarkOnLight({ width, height, pixels: values.subarray(i * size, (i + 1) * size) })) dark++
  }
  return dark * 2 > seen
}
