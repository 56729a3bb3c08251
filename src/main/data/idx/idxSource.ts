import { invert } from '../../../shared/image/polarity'
import type { Raster } from '../../../shared/image/raster'
import { readCardBeside } from '../card/cardBeside'
import type { DatasetCard } from '../card/datasetCard'
import { labelNumbers } from '../card/labelNumbers'
import { malformed, throwIfAborted } from '../dataErrors'
import { isMostlyDarkOnLight } from '../evenPolarity'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { readIdx, readIdxLabels } from './readIdx'

/** Samples that the polarity of the whole file is judged by. */
const probes = 256

export interface IdxFiles {
  readonly images: string
  readonly labels: string
}

/**
 * IDX images (`[count, height, width]`) with their labels (`[count]`), which become "0", "1" and so on, or what a card of ours
 * beside the labels says that the numbers mean.
 */
export async function openIdxSource(files: IdxFiles): Promise<SampleSource> {
  const card = await readCardBeside(files.labels)
  return { about: card, fitted: true, read: (signal, notes) => read(files, card, signal, notes) }
}

async function* read(
  files: IdxFiles,
  beside: DatasetCard | null,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample> {
  throwIfAborted(signal)
  const images = await readIdx(files.images, 3)
  throwIfAborted(signal)
  const labels = await readIdxLabels(files.labels)
  const [count = 0, height = 0, width = 0] = images.shape
  if (labels.shape[0] !== count) {
    throw malformed(files.labels, 'byte 4', `${labels.shape[0] ?? 0} labels for ${count} images`)
  }
  if (width * height === 0 && count > 0) {
    throw malformed(files.images, 'byte 8', 'the images have no pixels')
  }
  // A card that counts other samples was left over beside another file.
  const card = beside?.samples === count ? beside : null
  const size = width * height
  const picture = (at: number): Raster => ({
    ...{ width, height },
    pixels: images.values.subarray(at * size, (at + 1) * size),
  })
  const step = Math.max(1, Math.floor(count / probes))
  const probed = Array.from({ length: Math.ceil(count / step) }, (_, at) => picture(at * step))
  // What we wrote is upright: to judge it again could only be wrong.
  const dark = card === null && isMostlyDarkOnLight(probed)
  if (dark) notes?.turned()
  const named = card && new Map(labelNumbers(card.labels).map((number, at) => [number, card.labels[at]]))
  for (let at = 0; at < count; at++) {
    const value = labels.values[at] ?? 0
    const label = named ? named.get(value) : String(value)
    if (label === undefined) {
      const place = `byte ${8 + at * labels.values.BYTES_PER_ELEMENT}`
      throw malformed(files.labels, place, `its card has no label number ${value}`)
    }
    yield { kind: 'picture', label, writer: null, picture: dark ? invert(picture(at)) : picture(at) }
  }
}
