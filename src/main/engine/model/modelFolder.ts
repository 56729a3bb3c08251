import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { modelCardSchema, type ModelCard } from '../../../shared/model/modelCard'
import { compileInference } from '../compile/inferenceGraph'
import { largestNetworkBytes } from '../onnx/untrustedGraph'
import type { ParameterInfo, Parameters } from '../network/parameter'
import { discardBeside, syncFolder, writeBeside } from './durableFile'
import { messageOf } from './messageOf'
import { decodeSafetensors, encodeSafetensors } from './safetensors'

/** The three files of a model's folder: what it is, what runs, and what can be trained on. */
const cardFile = 'card.json'
const networkFile = 'model.onnx'
const weightsFile = 'weights.safetensors'

/**
 * Writes a model's folder. All files are written beside their places before the first is moved there, so that a full disk
 * leaves the model that was there; the card is moved last, so that a folder with a card is whole.
 * @throws AppError 'file-unwritable'
 */
export async function writeModel(
  folder: string,
  card: ModelCard,
  infos: readonly ParameterInfo[],
  parameters: Parameters,
): Promise<void> {
  const tensors = infos.map(({ name, shape }) => {
    const data = parameters.get(name)
    if (!data) throw new Error(`the parameter ${name} is missing`)
    return { name, shape, data }
  })
  const contents: readonly [string, () => Uint8Array | string][] = [
    [weightsFile, () => encodeSafetensors(tensors, { model: card.name })],
    [networkFile, () => compileInference(card.spec, parameters)],
    [cardFile, () => `${JSON.stringify(card, null, 2)}\n`],
  ]
  try {
    await mkdir(folder, { recursive: true })
    const places: (() => Promise<void>)[] = []
    for (const [name, content] of contents) places.push(await writeBeside(join(folder, name), content()))
    await rm(join(folder, cardFile), { force: true })
    for (const place of places) await place()
    await syncFolder(folder)
  } catch (error) {
    for (const [name] of contents) await discardBeside(join(folder, name))
    throw new AppError('file-unwritable', { file: folder, detail: messageOf(error) }, { cause: error })
  }
}

/** @throws AppError 'model-broken' */
export async function readCard(folder: string): Promise<ModelCard> {
  return readPart(folder, cardFile, (bytes) => {
    const card: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return modelCardSchema.parse(card)
  })
}

/**
 * The card of a model that reads characters one by one.
 * @throws AppError 'model-broken', 'model-reads-words', 'model-reads-nothing'
 */
export async function readCharacterCard(folder: string): Promise<ModelCard> {
  const card = await readCard(folder)
  if (card.spec.text) throw new AppError('model-reads-words', { model: card.name })
  if (card.spec.purpose === 'hand') throw new AppError('model-reads-nothing', { model: card.name })
  return card
}

/** @throws AppError 'model-broken' */
export async function readNetwork(folder: string): Promise<Uint8Array> {
  return readPart(folder, networkFile, (bytes) => bytes)
}

/** @throws AppError 'model-broken' */
export async function readWeights(folder: string): Promise<Map<string, Float32Array>> {
  return readPart(
    folder,
    weightsFile,
    (bytes) => new Map(decodeSafetensors(bytes).map(({ name, data }) => [name, data])),
  )
}

/** Tells one model from another that took its place in the same folder later; the same for all that is not there. */
export async function modelVersion(folder: string): Promise<string> {
  const parts = await Promise.all(
    [cardFile, networkFile].map((file) => stat(join(folder, file)).catch(() => null)),
  )
  return parts.map((part) => (part ? `${part.ino} ${part.size} ${part.mtimeMs}` : '')).join(', ')
}

async function readPart<T>(folder: string, file: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  try {
    const { size } = await stat(join(folder, file))
    if (size > largestNetworkBytes) throw new Error(`it takes ${size} bytes`)
    return parse(await readFile(join(folder, file)))
  } catch (error) {
    throw new AppError('model-broken', { folder, detail: `${file}: ${messageOf(error)}` }, { cause: error })
  }
}
