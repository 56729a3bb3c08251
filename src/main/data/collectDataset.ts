import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../../shared/errors/appError'
import { pictureToRaster } from '../../shared/image/pictureToRaster'
import type { Raster } from '../../shared/image/raster'
import type { Ink } from '../../shared/ink/ink'
import type { ModelInput } from '../../shared/model/modelSpec'
import { throwIfAborted } from './dataErrors'
import { createDataset, sharedBytes, type Dataset } from './dataset'
import type { SampleSource } from './sampleSource'

/** What a data set may take in memory: 1 GiB of rasters (1.3 million of 28 x 28), or about as much of points. */
const limits = { pixels: 2 ** 30, points: 20_000_000 } as const

/** Samples between two looks at the signal. */
const turn = 256

/**
 * Reads a source into memory. Pictures become rasters of the model's input by its recipe, or are taken as they are where the
 * source is fitted and the size is the input's; ink stays ink.
 *
 * @throws AppError as the source, and 'data-too-large'
 */
export async function collectDataset(
  name: string,
  source: SampleSource,
  input: ModelInput,
  signal?: AbortSignal,
): Promise<Dataset> {
  const labels: string[] = []
  const writers: (string | null)[] = []
  const sittings: (string | null)[] = []
  const inks: Ink[] = []
  const rasters: Uint8Array[] = []
  const size = input.width * input.height
  let points = 0
  throwIfAborted(signal)
  for await (const sample of source.read(signal)) {
    labels.push(sample.label)
    writers.push(sample.writer)
    sittings.push(sample.sitting ?? null)
    if (sample.kind === 'ink') {
      inks.push(sample.ink)
      for (const stroke of sample.ink) points += stroke.length
      if (points > limits.points) throw tooLarge(name, `more than ${limits.points} points`)
    } else {
      rasters.push(toRaster(sample.picture, input, source.fitted))
      if (rasters.length * size > limits.pixels) throw tooLarge(name, `more than ${limits.pixels} pixels`)
    }
    if (labels.length % turn === 0) {
      await nextTurn()
      throwIfAborted(signal)
    }
  }
  const known = (list: (string | null)[]): (string | null)[] | null =>
    list.some((item) => item !== null) ? list : null
  const create = (content: Dataset['content']): Dataset =>
    createDataset(name, labels, content, known(writers), known(sittings))
  if (inks.length > 0) return create({ kind: 'ink', inks })
  const pixels = sharedBytes(rasters.length * size)
  rasters.forEach((raster, index) => pixels.set(raster, index * size))
  const { width, height } = input
  return create({ kind: 'rasters', width, height, pixels })
}

function toRaster(picture: Raster, input: ModelInput, fitted: boolean): Uint8Array {
  const asIs = fitted && picture.width === input.width && picture.height === input.height
  return asIs ? picture.pixels : pictureToRaster(picture, input).pixels
}

function tooLarge(data: string, detail: string): AppError {
  return new AppError('data-too-large', { data, detail })
}
