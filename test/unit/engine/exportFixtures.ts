import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { writeModel } from '../../../src/main/engine/model/modelFolder'
import { countParameters, describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import type { EngineContract } from '../../../src/main/engineProcess/contract'
import { exportModel } from '../../../src/main/engineProcess/handlers/exportModel'
import { importModel } from '../../../src/main/engineProcess/handlers/importModel'
import { modelCardSchema, type ModelCard } from '../../../src/shared/model/modelCard'
import { modelSpecSchema, type ModelSpec, type ModelSpecInput } from '../../../src/shared/model/modelSpec'
import { Random } from '../../../src/shared/random'

export const digitsFolder = join(import.meta.dirname, '../../../resources/models/digits')

/** Every kind of parameter: normalisation after a convolution, on its own and in a residual block, and a short cut. */
export const tinySpec: ModelSpec = modelSpecSchema.parse({
  name: 'tiny',
  input: { width: 12, height: 10, raster: { box: 8, penWidth: 1, centre: 'mass' } },
  classes: ['a', 'b', 'ç'],
  rejects: true,
  layers: [
    { type: 'conv2d', filters: 4, bias: false },
    { type: 'batchNorm' },
    { type: 'relu' },
    {
      type: 'residual',
      layers: [
        { type: 'conv2d', filters: 6, stride: 2 },
        { type: 'batchNorm' },
        { type: 'silu' },
        { type: 'batchNorm' },
      ],
    },
    { type: 'dense', units: 8 },
    { type: 'gelu' },
  ],
} satisfies ModelSpecInput)

/** A model with random parameters, its running statistics included, in a folder of its own. */
export async function randomModel(spec = tinySpec): Promise<{ folder: string; card: ModelCard }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'longhand-export-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const infos = describeParameters(spec)
  const parameters = initializeParameters(infos, 7)
  const random = new Random(8)
  for (const { name, role } of infos) {
    const middle = role === 'scale' || role === 'runningVariance' ? 0.8 : 0
    parameters.get(name)?.forEach((_, i, values) => (values[i] = middle + random.uniform(-0.4, 0.4)))
  }
  const card = modelCardSchema.parse({
    format: 1,
    name: 'tiny one',
    created: '2025-01-02T03:04:05.000Z',
    spec,
    recipe: { replay: { data: 'ink:/home/somebody/private.jsonl' } },
    provider: 'cpu',
    parameters: countParameters(spec),
    parent: 'elder',
    data: [{ name: 'ink:/home/somebody/private.jsonl', use: 'training', samples: 3 }],
    calibration: { temperature: 0.7, sureAt: 0.8, rejectAt: 0.5 },
    validation: null,
    command: 'longhand train --data ink:private.jsonl',
    licence: 'CC0',
  })
  await writeModel(join(folder, 'model'), card, infos, parameters)
  return { folder, card }
}

type ExportInput = EngineContract['exportModel']['input']
type ImportInput = EngineContract['importModel']['input']

/** The engine's own handlers, as its process calls them. */
const context = () => ({ signal: new AbortController().signal, emit: () => undefined })

export function runExport(
  input: Pick<ExportInput, 'modelFolder' | 'file'> & Partial<ExportInput>,
): ReturnType<typeof exportModel> {
  const defaults = { shipped: false, precision: 'float32', data: null, force: false } as const
  return exportModel({ ...defaults, longhandVersion: '9.8.7', ...input }, context())
}

export function runImport(
  input: Pick<ImportInput, 'file' | 'outFolder'> & Partial<ImportInput>,
): ReturnType<typeof importModel> {
  return importModel({ name: null, command: 'longhand import', ...input }, context())
}
