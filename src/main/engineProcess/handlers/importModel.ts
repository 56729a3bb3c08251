import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import { fileError } from '../../data/dataErrors'
import { firstBytes } from '../../data/files/fileKind'
import { checkParity, isSameNetwork } from '../../engine/export/checkParity'
import { ExportedModel } from '../../engine/export/exportedModel'
import { compileExport } from '../../engine/export/exportGraph'
import { readExport, type ExportContent } from '../../engine/export/readExport'
import { messageOf } from '../../engine/model/messageOf'
import { writeModel } from '../../engine/model/modelFolder'
import { largestNetworkBytes } from '../../engine/onnx/untrustedGraph'
import { countParameters } from '../../engine/network/describeNetwork'
import type { Parameters } from '../../engine/network/parameter'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'
import { importProfile } from '../profile/importProfile'
import { checkRasters } from './checkRasters'

type ImportInput = EngineContract['importModel']['input']

/** Rasters that the file and its spec are compared on. */
const comparedRasters = 16

/**
 * Makes a model's folder of a file that exportModel wrote as float32, or that shareProfile wrote. A refused file changes
 * nothing.
 */
export const importModel: EngineHandlers['importModel'] = async (input, context) => {
  const { file, outFolder } = input
  const { signal } = context
  if (await isZip(file)) return importProfile(input, context)
  const bytes = await readWhole(file)
  const refuse = (error: unknown): never => {
    throw new AppError('model-not-importable', { file, detail: messageOf(error) }, { cause: error })
  }
  const content = await Promise.resolve(bytes).then(readExport).catch(refuse)
  const card = describeModel(input, content)
  await requireSameGraph(bytes, card, content.parameters).catch(refuse)
  signal.throwIfAborted()
  await writeModel(outFolder, card, content.infos, content.parameters)
  const { name, parameters } = card
  return { name, path: outFolder, parameters, title: '', note: '', samples: null }
}

/** @throws AppError 'file-missing' or 'file-unreadable' */
async function isZip(file: string): Promise<boolean> {
  return (await firstBytes(file, 4)).toString('latin1') === 'PK\x03\x04'
}

/** @throws AppError 'file-missing', 'file-unreadable' or 'model-not-importable' */
async function readWhole(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size <= largestNetworkBytes) return await readFile(file)
    const detail = `it takes ${size} bytes, and ${largestNetworkBytes} are the limit`
    throw new AppError('model-not-importable', { file, detail })
  } catch (error) {
    throw fileError(file, error)
  }
}

/** The data and the command that made the weights are not in the file; the rest of its card is. */
function describeModel(input: ImportInput, { metadata }: ExportContent): ModelCard {
  const { spec, calibration, origin, licence, longhand } = metadata
  return {
    format: 1,
    name: input.name ?? metadata.name,
    ...origin,
    spec,
    calibration,
    parameters: countParameters(spec),
    data: [],
    measured: [],
    command: input.command,
    licence,
    notes: `Imported from ${basename(input.file)}, exported by Longhand ${longhand}.`,
  }
}

/**
 * The file is run once, beside a graph made of its spec and its parameters: were they not the same, the model would read
 * otherwise than the file that it came from.
 */
async function requireSameGraph(bytes: Uint8Array, card: ModelCard, parameters: Parameters): Promise<void> {
  const { input } = card.spec
  const rasters = checkRasters(input, comparedRasters)
  const own = await ExportedModel.load(compileExport(card, parameters, 'float32', ''), input)
  const { logits } = await own.read(rasters)
  await own.release()
  const exported = await ExportedModel.load(bytes, input)
  const parity = checkParity(card.spec, card.calibration, logits, await exported.read(rasters))
  await exported.release()
  if (!isSameNetwork(parity)) throw new Error('its graph does not compute what its spec says')
}
