import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingStatus } from '../../shared/contract/training'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import {
  teachingResultSchema,
  type CopiesPreview,
  type HandAugmentation,
  type TeachingEvent,
  type TeachingMode,
  type TeachingOutlook,
  type TeachingResult,
  type TeachingTuning,
} from '../../shared/teaching/teaching'
import type { EngineContract } from '../engineProcess/contract'
import type { EngineRequestOptions } from '../engineProcess/host/engineClient'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EngineJob } from './engineJob'
import { inFreshEngine } from './freshEngine'
import type { ModelService } from './modelService'
import type { RegistryService } from './registryService'
import { removeFolder } from './removeFolder'
import type { TrainingLock } from './trainingLock'
import { requireVacant } from './vacantFolder'

/** Counting samples takes seconds; this is for what hangs. */
const PLAN_LIMIT_MS = 600_000

export interface TeachingRequest {
  base: string
  data: string
  mode: TeachingMode
  shots: number | null
  seed: number
  tuning: TeachingTuning
  baseData: string | null
  largestBaseLoss: number
  name: string
  activate: boolean
  command: string
}

type Teach = (
  engine: EngineProcess,
  options: EngineRequestOptions<EngineContract['teach']['event']>,
) => Promise<EngineContract['teach']['output']>

/** Teachings, each in an engine process of its own; one at a time, and not beside a training. */
export class TeachingService {
  #job: EngineJob<TeachingEvent> | null = null

  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
    private readonly registry: RegistryService,
    private readonly lock: TrainingLock,
    private readonly log: Logger,
  ) {}

  async plan(base: string, data: string, signal?: AbortSignal): Promise<TeachingOutlook> {
    const baseFolder = await this.models.resolve(base)
    return inFreshEngine(
      this.createEngine,
      PLAN_LIMIT_MS,
      (engine, limit) => engine.request('planTeaching', { baseFolder, data }, { signal: limit }),
      signal,
    )
  }

  async previewCopies(
    { base, ...request }: { base: string; data: string; augmentation: HandAugmentation },
    signal?: AbortSignal,
  ): Promise<CopiesPreview> {
    const baseFolder = await this.models.resolve(base)
    return inFreshEngine(
      this.createEngine,
      PLAN_LIMIT_MS,
      (engine, limit) => engine.request('previewCopies', { baseFolder, ...request }, { signal: limit }),
      signal,
    )
  }

  /** @throws AppError 'training-busy', 'model-unknown', 'output-exists' */
  start({ base, name, ...request }: TeachingRequest): Promise<{ job: string }> {
    return this.#begin(name, async (outFolder) => {
      const baseFolder = await this.models.resolve(base)
      await requireVacant(outFolder)
      const input: EngineContract['teach']['input'] = { ...request, baseFolder, name, outFolder }
      return (engine, options) => engine.request('teach', input, options)
    })
  }

  /**
   * @param activate takes it into use where it passes, even if that was not asked for when it began
   * @throws AppError 'training-busy', 'checkpoint-missing'
   */
  resumeFrom(name: string, activate: boolean): Promise<{ job: string }> {
    return this.#begin(name, async (folder) => {
      if (!(await this.unfinished()).includes(name)) throw new AppError('checkpoint-missing', { folder })
      return (engine, options) => engine.request('resumeTeaching', { folder, activate }, options)
    })
  }

  async unfinished(): Promise<string[]> {
    const entries = await readdir(this.models.ownFolder, { withFileTypes: true }).catch(() => [])
    const found = await Promise.all(
      entries.map(async ({ name }) => {
        const job = await stat(join(this.models.folderOf(name), 'teaching', 'job.json')).catch(() => null)
        return job?.isFile() && !this.#isRunning(name) ? [name] : []
      }),
    )
    return found.flat().sort()
  }

  /** @throws AppError 'checkpoint-missing', 'file-unwritable' */
  async discard(name: string): Promise<void> {
    const folder = this.models.folderOf(name)
    if (!(await this.unfinished()).includes(name)) throw new AppError('checkpoint-missing', { folder })
    const known = (await this.models.list()).some((model) => model.folder === folder)
    await removeFolder(known ? join(folder, 'teaching') : folder)
  }

  status(): TrainingStatus | null {
    return this.#job?.status ?? null
  }

  watch(id: string, signal?: AbortSignal): AsyncGenerator<TeachingEvent, void> {
    return this.#find(id).watch(signal)
  }

  pause(id: string, paused: boolean): Promise<void> {
    return this.#find(id).pause(paused)
  }

  cancel(id: string): void {
    this.#find(id).cancel()
  }

  async close(): Promise<void> {
    this.#job?.cancel()
    await this.#job?.released
  }

  /** @throws AppError 'model-unknown', 'model-broken' */
  async result(reference: string): Promise<TeachingResult | null> {
    const folder = await this.models.resolve(reference)
    const text = await readFile(join(folder, 'teaching.json'), 'utf8').catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return null
      throw new AppError('model-broken', { folder, detail: `teaching.json: ${message}` }, { cause: error })
    })
    if (text === null) return null
    try {
      return teachingResultSchema.parse(JSON.parse(text))
    } catch (error) {
      throw new AppError('model-broken', { folder, detail: 'teaching.json does not fit' }, { cause: error })
    }
  }

  #isRunning(name: string): boolean {
    return this.#job !== null && !this.#job.isOver && this.#job.status.name === name
  }

  #find(id: string): EngineJob<TeachingEvent> {
    if (this.#job?.id !== id) throw new AppError('job-unknown', { id })
    return this.#job
  }

  async #begin(name: string, prepare: (outFolder: string) => Promise<Teach>): Promise<{ job: string }> {
    const outFolder = this.models.folderOf(name)
    const letGo = await this.lock.take()
    try {
      const teach = await prepare(outFolder)
      const job = new EngineJob<TeachingEvent>(
        this.createEngine(),
        { name, outFolder },
        {
          begin: async (engine, options) => {
            const { path, result, activate } = await teach(engine, options)
            const activated = activate && result.gate.passed
            if (activated) await this.registry.activate(result.model)
            return { event: 'done', path, result, activated }
          },
          pause: (engine, paused) => engine.request('pauseTeaching', { paused }),
          isMinor: ({ event }) => event === 'step',
          onSettled: async (error) => {
            if (error !== undefined) this.log.warn({ error, name }, 'teaching did not end')
            await letGo()
          },
        },
      )
      this.#job = job
      this.log.info({ job: job.id, name }, 'teaching started')
      return { job: job.id }
    } catch (error) {
      await letGo()
      throw error
    }
  }
}
