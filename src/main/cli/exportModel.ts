import { resolve } from 'node:path'
import type { ExportedModelFile } from '../../shared/contract/exchange'
import { AppError } from '../../shared/errors/appError'
import type { CardUpdate, ModelExport, Precision } from '../../shared/model/modelExport'
import { formatShare } from './format'
import { createProgress } from './progress'
import { resolveData, resolveModel } from './references'
import { DONE } from './reportError'
import type { Session } from './session'

export interface ModelExportOptions {
  out: string
  precision: Precision
  /** To measure the file on. */
  data?: string
  force?: true
  json?: true
}

/** Writes a model as an ONNX file, and says how well it agrees with the model. */
export async function exportModel(
  { client, environment, print }: Session,
  model: string,
  options: ModelExportOptions,
): Promise<number> {
  const { userFolder, interrupted } = environment
  const file = resolve(userFolder, options.out)
  const request = {
    model: resolveModel(model, userFolder),
    file,
    precision: options.precision,
    ...(options.data === undefined ? {} : { data: resolveData(options.data, userFolder) }),
    force: options.force ?? false,
  }
  const progress = createProgress(environment, '{value} samples')
  let exported: ExportedModelFile | null = null
  try {
    for await (const event of await client.models.export(request, { signal: interrupted })) {
      if (event.event === 'done') exported = event.exported
      else progress.update(event.done, event.total ?? event.done)
    }
  } finally {
    progress.stop()
  }
  if (!exported) throw new AppError('cancelled', {})
  const { entry, report, card } = exported
  if (options.json) print(JSON.stringify({ ...entry, path: file, report, card }))
  else for (const line of describeExport(file, entry, card)) print(line)
  return DONE
}

const cardNotes: Readonly<Record<CardUpdate, string>> = {
  updated: "The report is beside the file and in the model's card.",
  shipped: 'The report is beside the file; the card of a model that ships stays as it is.',
  unwritable: "The report is beside the file only: the model's card cannot be written.",
}

function describeExport(
  file: string,
  { precision, bytes, parity, measured }: ModelExport,
  card: CardUpdate,
): string[] {
  const speed = (imagesPerSecond: number): string => `${Math.round(imagesPerSecond)} images/s`
  return [
    `${file}: ${precision}, ${bytes} bytes`,
    `${formatShare(parity.agreement)} of ${parity.samples} rasters get the same answer as from the model; ` +
      `probabilities differ by ${parity.largestDifference.toExponential(1)} at most`,
    ...(measured
      ? [
          `on ${measured.data}: ${formatShare(measured.accuracy)} right at ${speed(measured.imagesPerSecond)}; as float32 ` +
            `${formatShare(measured.floatAccuracy)} at ${speed(measured.floatImagesPerSecond)}`,
        ]
      : []),
    cardNotes[card],
  ]
}
