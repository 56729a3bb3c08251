import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { DoctorReport } from '../../shared/contract/system'
import { recipeSchema, type Provider } from '../../shared/training/recipe'
import { graphicsAdapters } from './graphicsAdapters'
import type { ProviderService } from './providerService'
import type { TensorflowService } from './tensorflow/tensorflowService'

/** What is measured for the report: the network that ships, at the batch size that a training has by itself. */
const reference = { spec: { name: 'compact', classes: null }, recipe: recipeSchema.parse({}) }

/**
 * The app reads one character at a time, which is a fraction of a millisecond of work: on a graphics card it takes longer to
 * hand it over and to wait for the answer. `readingMs` of the report shows it for each provider.
 */
const RECOGNITION: Provider = 'cpu'

export interface SystemOptions {
  dataFolder: string
  longhandVersion: string
  electronVersion: string | null
}

/** Finds out what this machine can do, by trying it. */
export class SystemService {
  constructor(
    private readonly providers: ProviderService,
    private readonly tensorflow: TensorflowService,
    private readonly options: SystemOptions,
  ) {}

  async doctor(signal?: AbortSignal): Promise<DoctorReport> {
    const { dataFolder, longhandVersion, electronVersion } = this.options
    const versions = await this.providers.versions(signal)
    const { tried, ...choice } = await this.providers.measureProviders(reference, versions, signal)
    const processors = cpus()
    return {
      longhand: longhandVersion,
      node: process.versions.node,
      electron: electronVersion,
      onnxruntime: versions.failure === null ? versions.onnxruntime : `does not start: ${versions.failure}`,
      platform: `${platform()} ${arch()} ${release()}`,
      cpu: { model: processors[0]?.model.trim() || 'unknown', cores: processors.length },
      memoryBytes: totalmem(),
      gpus: await graphicsAdapters(),
      providers: tried,
      tensorflow: await this.tensorflow.find(signal),
      training: { ...choice, spec: reference.spec.name },
      recognition: RECOGNITION,
      dataFolder: await inspectFolder(dataFolder),
    }
  }
}

/** The folder may not have been made yet; then its nearest parent is what counts. Looking makes nothing. */
async function inspectFolder(path: string): Promise<DoctorReport['dataFolder']> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder)
      const writable = await access(folder, constants.W_OK).then(
        () => true,
        () => false,
      )
      return { path, writable, freeBytes: bavail * bsize }
    } catch {
      if (folder === dirname(folder)) return { path, writable: false, freeBytes: 0 }
    }
  }
}
