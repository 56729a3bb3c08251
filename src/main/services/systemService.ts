import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { DoctorReport } from '../../shared/contract/system'
import { toWireError } from '../../shared/errors/appError'
import { providerSchema, type Provider } from '../../shared/training/recipe'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { graphicsAdapters } from './graphicsAdapters'

/** A driver that does not answer is one that does not work. Compiling its first shaders may take a while. */
const PROBE_LIMIT_MS = 60_000

export interface SystemOptions {
  dataFolder: string
  longhandVersion: string
  electronVersion: string | null
}

/** Finds out what this machine can do, by trying it. */
export class SystemService {
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly options: SystemOptions,
  ) {}

  async doctor(signal?: AbortSignal): Promise<DoctorReport> {
    const { dataFolder, longhandVersion, electronVersion } = this.options
    const engine = await this.#versions(signal)
    const providers = []
    // One after the other: two of them on one graphics card would measure each other.
    for (const provider of engine.providers) providers.push(await this.#probe(provider, signal))
    const processors = cpus()
    return {
      longhand: longhandVersion,
      node: process.versions.node,
      electron: electronVersion,
      onnxruntime: engine.onnxruntime,
      platform: `${platform()} ${arch()} ${release()}`,
      cpu: { model: processors[0]?.model.trim() || 'unknown', cores: processors.length },
      memoryBytes: totalmem(),
      gpus: await graphicsAdapters(),
      providers,
      dataFolder: await inspectFolder(dataFolder),
    }
  }

  async #versions(signal?: AbortSignal): Promise<{ onnxruntime: string; providers: Provider[] }> {
    try {
      const versions = await this.#inFreshEngine(
        (engine, limit) => engine.request('versions', {}, { signal: limit }),
        signal,
      )
      return {
        onnxruntime: versions.onnxruntime,
        providers: versions.providers.flatMap((name) => providerSchema.safeParse(name).data ?? []),
      }
    } catch (error) {
      return { onnxruntime: `does not start: ${detailOf(error, signal)}`, providers: [] }
    }
  }

  async #probe(provider: Provider, signal?: AbortSignal): Promise<DoctorReport['providers'][number]> {
    try {
      const found = await this.#inFreshEngine(
        (engine, limit) => engine.request('probeProvider', { provider }, { signal: limit, graceMs: 0 }),
        signal,
      )
      return { provider, ...found }
    } catch (error) {
      return { provider, works: false, detail: `does not work: ${detailOf(error, signal)}`, elapsedMs: 0 }
    }
  }

  /** A process of its own for each try: a driver that takes its process down takes nothing else with it. */
  async #inFreshEngine<T>(
    task: (engine: EngineProcess, limit: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const engine = this.createEngine()
    const limit = AbortSignal.timeout(PROBE_LIMIT_MS)
    try {
      return await task(engine, signal ? AbortSignal.any([signal, limit]) : limit)
    } finally {
      await engine.stop()
    }
  }
}

/** What to write beside something that failed. Whoever cancelled the whole report gets that instead of a report. */
function detailOf(error: unknown, signal?: AbortSignal): string {
  signal?.throwIfAborted()
  const { code, data } = toWireError(error)
  if (code === 'cancelled') return `no answer within ${PROBE_LIMIT_MS / 1000} s`
  return String(data.detail ?? code)
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
