import { mkdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import type { ExportMeasurement, ModelExport, Precision } from '../../../shared/model/modelExport'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { checkParity, isSameNetwork } from '../../engine/export/checkParity'
import { ExportedModel } from '../../engine/export/exportedModel'
import { compileExport } from '../../engine/export/exportGraph'
import { measureExport } from '../../engine/export/measureExport'
import { recordExport } from '../../engine/export/recordExport'
import { Recognizer } from '../../engine/infer/recognizer'
import { discardBeside, part, syncFolder, writeBeside } from '../../engine/model/durableFile'
import { messageOf } from '../../engine/model/messageOf'
import { readWeights } from '../../engine/model/modelFolder'
import { opset } from '../../engine/onnx/encodeModel'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'
import { checkRasters } from './checkRasters'
import { classIndex } from './classIndex'

type ExportInput = EngineContract['exportModel']['input']

/** Rasters that the file and the model are compared on. */
const comparedRasters = 256

/** Labelled rasters, [count, height, width], and the numbers of their classes. */
interface Labelled {
  readonly rasters: Uint8Array
  readonly truth: Int32Array
}

/**
 * Writes a model as a file for other programs, and runs what was written beside the model before it is put into its place: a
 * float32 file that says anything else than the model is thrown away.
 */
export const exportModel: EngineHandlers['exportModel'] = async (input, { signal, emit }) => {
  const { modelFolder, file, precision, force } = input
  const report = `${file}.json`
  await requireVacant(file, force)
  await requireVacant(report, force)
  const recognizer = await Recognizer.load(modelFolder, { provider: 'cpu' })
  const { card } = recognizer
  const labelled = input.data === null ? null : await openLabelled(input.data, card, signal)
  const compile = await compiler(input, card)
  signal.throwIfAborted()

  try {
    await mkdir(dirname(file), { recursive: true })
    const placeNetwork = await writeBeside(file, compile(precision))
    const bytes = await readFile(part(file))
    const exported = await ExportedModel.load(bytes, card.spec.input)
    const rasters = comparisonRasters(card, labelled)
    const logits = await recognizer.logits(rasters)
    const parity = checkParity(card.spec, card.calibration, logits, await exported.read(rasters))
    if (precision === 'float32' ? !isSameNetwork(parity) : !Number.isFinite(parity.largestDifference)) {
      throw new AppError('export-differs', { file, difference: parity.largestDifference })
    }
    const measured =
      labelled && input.data !== null
        ? await measure(exported, compile('float32'), card, labelled, input.data, signal, (done, total) =>
            emit({ done, total }),
          )
        : undefined
    const entry: ModelExport = {
      file: basename(file),
      precision,
      bytes: bytes.length,
      opset,
      created: new Date().toISOString(),
      parity,
      ...(measured && { measured }),
    }
    const content = { model: card.name, ...entry }
    const placeReport = await writeBeside(report, `${JSON.stringify(content, null, 2)}\n`)
    // Looked at again: another program may have written there in the meantime.
    await requireVacant(file, force)
    signal.throwIfAborted()
    await placeNetwork()
    await placeReport()
    await syncFolder(dirname(file))
    await exported.release()
    const updated = input.shipped ? 'shipped' : await recordExport(modelFolder, entry)
    return { entry, report, card: updated }
  } catch (error) {
    if (!isFileError(error)) throw error
    throw new AppError('file-unwritable', { file, detail: messageOf(error) }, { cause: error })
  } finally {
    for (const written of [file, report]) await discardBeside(written)
    await recognizer.release()
  }
}

/** @throws AppError 'file-exists', or 'file-unwritable' for the network of a model's folder, which the app itself runs */
async function requireVacant(file: string, force: boolean): Promise<void> {
  const there = await stat(file).catch(() => null)
  if (!there) return
  if (!force) throw new AppError('file-exists', { file })
  const beside = await stat(join(dirname(file), 'card.json')).catch(() => null)
  if (beside && basename(file) === 'model.onnx') {
    throw new AppError('file-unwritable', { file, detail: 'it is what the model itself runs' })
  }
}

/** What the system said of a file, such as that the disk is full. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** @throws AppError 'labels-unknown', and what openDataset does */
async function openLabelled(data: string, card: ModelCard, signal: AbortSignal): Promise<Labelled> {
  const dataset = await openDataset(data, card.spec.input, signal)
  const truth = classIndex(dataset, card.spec.classes, card.name)
  return { rasters: renderDataset(dataset, card.spec.input), truth }
}

/** @throws AppError 'model-broken' where the weights do not fit the spec */
async function compiler(
  { modelFolder, longhandVersion }: ExportInput,
  card: ModelCard,
): Promise<(precision: Precision) => Uint8Array> {
  const parameters = await readWeights(modelFolder)
  return (precision) => {
    try {
      return compileExport(card, parameters, precision, longhandVersion)
    } catch (error) {
      throw new AppError('model-broken', { folder: modelFolder, detail: messageOf(error) }, { cause: error })
    }
  }
}

/** Evenly from all of the data, which may be sorted; made ones where there is none. */
function comparisonRasters({ spec }: ModelCard, labelled: Labelled | null): Uint8Array {
  if (!labelled) return checkRasters(spec.input, comparedRasters)
  const size = spec.input.width * spec.input.height
  const count = Math.min(comparedRasters, labelled.truth.length)
  const rasters = new Uint8Array(count * size)
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * labelled.truth.length) / count)
    rasters.set(labelled.rasters.subarray(from * size, (from + 1) * size), i * size)
  }
  return rasters
}

async function measure(
  exported: ExportedModel,
  floatBytes: Uint8Array,
  { spec }: ModelCard,
  { rasters, truth }: Labelled,
  data: string,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<ExportMeasurement> {
  const float = await ExportedModel.load(floatBytes, spec.input)
  try {
    const { length: total } = truth
    const tell = (done: number): void => onProgress(done, total)
    return { data, ...(await measureExport(exported, float, rasters, truth, signal, tell)) }
  } finally {
    await float.release()
  }
}
