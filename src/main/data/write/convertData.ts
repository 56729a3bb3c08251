import { basename } from 'node:path'
import type { Conversion, ConversionFormat, ConversionProgress } from '../../../shared/contract/conversion'
import { AppError } from '../../../shared/errors/appError'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import type { Raster } from '../../../shared/image/raster'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { cardFile } from '../card/cardBeside'
import type { DatasetAbout, DatasetCard } from '../card/datasetCard'
import { malformed } from '../dataErrors'
import { openSource } from '../openSource'
import type { SourceSample } from '../sampleSource'
import { gzipped } from './byteStreams'
import type { PictureSample } from './encodePicture'
import { placeFiles, type FileToWrite } from './placeFiles'
import { surveySamples, wantedSamples, type Survey } from './survey'
import { writeIdxImages, writeIdxLabels } from './writeIdx'
import { writeInkLines, type InkSample } from './writeInkLines'
import { writeInkml } from './writeInkml'
import { writeParquet } from './writeParquet'
import { writePictures } from './writePictures'

/** MNIST's own recipe: what ink is drawn by, and pictures of many sizes are brought to one by, where a format needs that. */
const drawn: ModelInput = { width: 28, height: 28, raster: { box: 20, penWidth: 2, centre: 'mass' } }

export interface ConversionRequest {
  /** See dataReference.ts. */
  readonly data: string
  /** Where to; for `idx` the files' common beginning. */
  readonly file: string
  readonly format: ConversionFormat
  /** Keeps just these labels. */
  readonly only: readonly string[] | null
  /** Replaces what is there. */
  readonly force: boolean
}

/**
 * Writes labelled data in another format, with a card of what it is. It is read twice, once to be counted and once to be
 * written, so that a set of any size takes little memory; what goes out comes back in as it was.
 *
 * @throws AppError as openSource and its samples, 'data-empty', 'data-not-ink', 'file-exists', 'file-unwritable', 'cancelled'
 */
export async function convertData(
  { data, file, format, only, force }: ConversionRequest,
  report: (progress: ConversionProgress) => void,
  signal?: AbortSignal,
): Promise<Conversion> {
  const source = await openSource(data)
  const counted = wantedSamples(
    source,
    only,
    (done) => report({ step: 'counting', done, total: null }),
    signal,
  )
  const survey = await surveySamples(counted, data)
  if (survey.samples === 0) throw new AppError('data-empty', { data })
  const toInk = format === 'ink' || format === 'inkml'
  if (toInk && survey.kind === 'pictures') throw new AppError('data-not-ink', { data, format })
  const redrawn = !toInk && (survey.kind === 'ink' || (format === 'idx' && survey.size === null))
  const card = describe(source.about, survey, toInk, data)
  const written = wantedSamples(
    source,
    only,
    (done) => {
      // What was counted is in headers by now.
      if (done > survey.samples) throw malformed(data, `sample ${done}`, 'it changed while it was read')
      report({ step: 'writing', done, total: survey.samples })
    },
    signal,
  )
  const size = toInk ? null : redrawn ? { width: drawn.width, height: drawn.height } : survey.size
  const target = targetOf({ file, format, card, survey, samples: written, redrawn, data })
  await placeFiles(target.files, force)
  return {
    ...{ format, files: target.files.map((each) => each.file), data: target.data, samples: survey.samples },
    ...{ labels: [...survey.labels], people: card.people, size, redrawn },
  }
}

function describe(about: DatasetAbout | null, survey: Survey, toInk: boolean, data: string): DatasetCard {
  const { samples, labels, counts, writers } = survey
  const known = writers.length > 0 ? writers.length : (about?.people ?? null)
  // The name of a file, and not its path: that is this machine's own affair.
  const source = about?.source || basename(data.replace(/^\w+:/, ''))
  return {
    longhandDataset: 1,
    ...{ source, licence: about?.licence ?? '', consent: about?.consent ?? '', people: known },
    ...{ kind: toInk ? 'ink' : 'pictures', samples, labels: [...labels], counts: [...counts] },
  }
}

interface Target {
  readonly files: readonly FileToWrite[]
  readonly data: string
}

function targetOf(job: {
  file: string
  format: ConversionFormat
  card: DatasetCard
  survey: Survey
  samples: AsyncGenerator<SourceSample>
  redrawn: boolean
  data: string
}): Target {
  const { file, format, card, survey, samples, redrawn, data } = job
  const pictures = toPictures(samples, redrawn)
  switch (format) {
    case 'ink': {
      const lines = writeInkLines(toInk(samples, data))
      const bytes = file.endsWith('.gz') ? gzipped(lines) : lines
      return { files: [{ file, bytes }, beside(file, card)], data: `ink:${file}` }
    }
    case 'inkml':
      return { files: [{ file, bytes: writeInkml(toInk(samples, data), card, data) }], data: `inkml:${file}` }
    case 'images': {
      const withWriters = { ...card, writers: [...survey.writers] }
      return { files: [{ file, bytes: writePictures(pictures, withWriters) }], data: `images:${file}` }
    }
    case 'parquet':
      return { files: [{ file, bytes: writeParquet(pictures, card) }], data: `parquet:${file}` }
    case 'idx': {
      const images = `${file}-images-idx3-ubyte.gz`
      const labels = `${file}-labels-idx1-ubyte.gz`
      const indices = new Int32Array(survey.samples)
      const size = redrawn || survey.size === null ? drawn : survey.size
      const noted = noteLabels(pictures, survey.labels, indices)
      const files = [
        { file: images, bytes: writeIdxImages(noted, survey.samples, size) },
        { file: labels, bytes: writeIdxLabels(indices, survey.labels) },
        beside(labels, card),
      ]
      return { files, data: `idx:${images},${labels}` }
    }
  }
}

function beside(file: string, card: DatasetCard): FileToWrite {
  return { file: cardFile(file), bytes: [Buffer.from(`${JSON.stringify(card, null, 1)}\n`)] }
}

async function* toInk(samples: AsyncIterable<SourceSample>, data: string): AsyncGenerator<InkSample> {
  for await (const sample of samples) {
    if (sample.kind !== 'ink') throw new AppError('data-not-ink', { data, format: 'ink' })
    yield sample
  }
}

async function* toPictures(
  samples: AsyncIterable<SourceSample>,
  redrawn: boolean,
): AsyncGenerator<PictureSample> {
  for await (const sample of samples) {
    const { label, writer } = sample
    if (sample.kind === 'ink')
      yield { kind: 'picture', label, writer, picture: inkToRaster(sample.ink, drawn) }
    else yield redrawn ? { ...sample, picture: toOneSize(sample.picture) } : sample
  }
}

function toOneSize(picture: Raster): Raster {
  const fits = picture.width === drawn.width && picture.height === drawn.height
  return fits ? picture : pictureToRaster(picture, drawn)
}

/** The labels' file follows the pictures', and the samples are read but once for both. */
async function* noteLabels(
  samples: AsyncIterable<PictureSample>,
  labels: readonly string[],
  indices: Int32Array,
): AsyncGenerator<PictureSample> {
  const indexOf = new Map(labels.map((label, at) => [label, at]))
  let at = 0
  for await (const sample of samples) {
    indices[at++] = indexOf.get(sample.label) ?? 0
    yield sample
  }
}
