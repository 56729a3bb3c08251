import { AppError } from '../../../shared/errors/appError'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { WritersBy } from '../../../shared/hand/hand'
import type { ModelCard } from '../../../shared/model/modelCard'
import type { Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import { readPicture } from '../../data/pictures/readPicture'
import { renderDataset } from '../../data/renderDataset'
import { subset } from '../../data/selectSamples'
import { embedHands, meanEmbedding, type HandEmbeddings } from '../../engine/hand/embedHands'
import { fitHandOdds } from '../../engine/hand/fitHandOdds'
import { summarizeTrials } from '../../engine/hand/handErrors'
import { tryHands, type WrittenSamples } from '../../engine/hand/handTrials'
import { whitenHands } from '../../engine/hand/whitenHands'
import { writeHandOdds } from '../../engine/hand/writeHandOdds'
import { readCard, readWeights, writeModel } from '../../engine/model/modelFolder'
import { countTrained, describeParameters } from '../../engine/network/describeNetwork'
import type { HandWriting } from '../contract'
import type { EngineHandlers } from '../protocol/serve'

/** Numbers of samples, on either side, that odds are fitted to. */
const calibrated = [1, 2, 5, 10, 20]

/** Whose hand it is, by a model that was trained on writers. */
export const handHandlers: Pick<EngineHandlers, 'embedHand' | 'measureHands' | 'calibrateHands'> = {
  embedHand: async ({ modelFolder, writing }, { signal }) => {
    const model = await openHandModel(modelFolder)
    const { name, created, handOdds = null } = model.card
    const rasters = await rastersOf(writing, model.card, signal)
    const embeddings = await embedHands(model, rasters, signal)
    const samples = embeddings.vectors.length / embeddings.size
    const mean = meanEmbedding(embeddings, [...Array(samples).keys()])
    return { model: { name, created }, odds: handOdds, samples, mean }
  },

  measureHands: async ({ modelFolder, data, against, by, enrolled, questioned }, { signal }) => {
    const model = await openHandModel(modelFolder)
    const known = await embedWriters(model, data, by, signal)
    const other =
      against === null || against === data ? known : await embedWriters(model, against, by, signal)
    const trials = enrolled.flatMap((some) => questioned.map((one) => tryHands(known, some, one, other)))
    const tried = trials.filter(({ writers }) => writers > 1)
    if (tried.length === 0) throw new AppError('hands-too-few', { data })
    return {
      ...{ model: model.card.name, data, against },
      writers: Math.max(...tried.map(({ writers }) => writers)),
      errors: tried.map((trial) => summarizeTrials(trial, model.card.handOdds ?? null)),
    }
  },

  calibrateHands: async ({ modelFolder, data, whiten, by }, { signal }) => {
    if (whiten !== null) await whitenModel(modelFolder, whiten, by, signal)
    const model = await openHandModel(modelFolder)
    const known = await embedWriters(model, data, by, signal)
    const trials = calibrated.flatMap((some) => calibrated.map((one) => tryHands(known, some, one)))
    const tried = trials.filter(({ writers }) => writers > 1)
    if (tried.length === 0) throw new AppError('hands-too-few', { data })
    const odds = fitHandOdds(tried)
    await writeHandOdds(modelFolder, odds)
    return odds
  },
}

interface HandModel {
  readonly card: ModelCard
  readonly spec: ModelCard['spec']
  readonly parameters: Map<string, Float32Array>
}

async function openHandModel(folder: string): Promise<HandModel> {
  const card = await readCard(folder)
  if (card.spec.purpose !== 'hand') throw new AppError('model-tells-no-hands', { model: card.name })
  return { card, spec: card.spec, parameters: await readWeights(folder) }
}

/** The model's classes are writers of the data. */
async function whitenModel(folder: string, data: string, by: WritersBy, signal: AbortSignal): Promise<void> {
  const { card, ...network } = await openHandModel(folder)
  const { classes, input } = network.spec
  const dataset = await openDataset(data, input, signal)
  const writers = [...groupWriters(dataset, by)].filter(([writer]) => classes.includes(writer))
  if (writers.length === 0) throw new AppError('hands-too-few', { data })
  const samples = writers.flatMap(([writer, own]) => own.map((at) => [at, classes.indexOf(writer)] as const))
  const used = subset(
    dataset,
    Int32Array.from(samples, ([at]) => at),
  )
  const classIndex = Int32Array.from(samples, ([, own]) => own)
  const { spec, parameters } = await whitenHands(network, renderDataset(used, input), classIndex, signal)
  const infos = describeParameters(spec)
  await writeModel(folder, { ...card, spec, parameters: countTrained(infos) }, infos, parameters)
}

async function rastersOf(
  writing: HandWriting,
  { spec: { input } }: ModelCard,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if ('inks' in writing) {
    const size = input.width * input.height
    const rasters = new Uint8Array(writing.inks.length * size)
    writing.inks.forEach((ink, at) => rasters.set(inkToRaster(ink, input).pixels, at * size))
    return rasters
  }
  if ('pictures' in writing) {
    const size = input.width * input.height
    const rasters = new Uint8Array(writing.pictures.length * size)
    for (const [at, { picture, file }] of writing.pictures.entries()) {
      signal.throwIfAborted()
      const { pixels } = pictureToRaster(await readPicture(picture, file), input)
      if (pixels.every((value) => value === 0)) throw new AppError('picture-blank', { file })
      rasters.set(pixels, at * size)
    }
    return rasters
  }
  const { data, writer } = writing
  const dataset = await openDataset(data, input, signal)
  if (writer === undefined) return renderDataset(dataset, input)
  const own = Array.from(dataset.labelIndex.keys()).filter((at) => dataset.writers?.[at] === writer)
  if (own.length === 0) throw new AppError('data-empty', { data: `${data} (${writer})` })
  return renderDataset(subset(dataset, Int32Array.from(own)), input)
}

async function embedWriters(
  model: HandModel,
  data: string,
  by: WritersBy,
  signal: AbortSignal,
): Promise<WrittenSamples> {
  const { input } = model.spec
  const dataset = await openDataset(data, input, signal)
  const embeddings: HandEmbeddings = await embedHands(model, renderDataset(dataset, input), signal)
  return { embeddings, byWriter: groupWriters(dataset, by) }
}

/** Samples of nobody are left out. */
function groupWriters(dataset: Dataset, by: WritersBy): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  dataset.labelIndex.forEach((label, at) => {
    const writer = by === 'label' ? dataset.labels[label] : dataset.writers?.[at]
    if (writer === undefined || writer === null) return
    const group = groups.get(writer)
    if (group) group.push(at)
    else groups.set(writer, [at])
  })
  return groups
}
