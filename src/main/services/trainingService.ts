import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { TrainingStatus } from '../../shared/contract/training'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import type { ProviderChoice, ProviderRequest } from '../../shared/training/providerChoice'
import type { EngineRequest, TrainingEngineName } from '../../shared/training/trainingEngine'
import type { TrainingEvent } from '../../shared/training/trainingEvent'
import type { EngineRequestOptions } from '../engineProcess/host/engineClient'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { withCpuFallback } from './cpuFallback'
import { EngineJob, type JobWork } from './engineJob'
import { nameOfFolder, type ModelService } from './modelService'
import type { MeasuredTraining, ProviderService } from './providerService'
import type { SettingsService } from './settingsService'
import type { TensorflowService } from './tensorflow/tensorflowService'
import type { TrainingLock } from './trainingLock'
import { specOf, type ResumeRequest, type TrainingRequest } from './trainingRequest'
import { requireVacant } from './vacantFolder'

/** Jobs that are done stay to be looked at again; of the oldest, only these many. */
const KEPT_JOBS = 20

/** What the service stands on. */
interface TrainingParts {
  readonly createEngine: () => EngineProcess
  readonly models: ModelService
  readonly settings: SettingsService
  readonly providers: ProviderService
  readonly tensorflow: TensorflowService
  readonly lock: TrainingLock
  readonly log: Logger
}

type Begin = JobWork<TrainingEvent>['begin']
type JobOptions = EngineRequestOptions<TrainingEvent>

/** Trainings, each in an engine process of its own that is gone afterwards; one at a time for all that use a data folder. */
export class TrainingService {
  readonly #jobs = new Map<string, EngineJob<TrainingEvent>>()

  constructor(private readonly parts: TrainingParts) {}

  /** @throws AppError 'training-busy', 'spec-unknown', 'output-exists' or 'training-unfinished' */
  async start(request: TrainingRequest): Promise<{ job: string; outFolder: string }> {
    const { data, fromFolder, recipe, checkpointSeconds, command } = request
    const { trainingEngine, trainingProvider } = await this.parts.settings.get()
    const { engine: askedEngine = trainingEngine, provider = trainingProvider } = request
    const outFolder = resolve(request.outFolder ?? (await this.parts.models.vacantFolder(ownName(request))))
    const name = request.name ?? nameOfFolder(outFolder)
    const begun = await this.#begin({ name, outFolder }, async () => {
      const spec = specOf(request)
      await requireVacant(outFolder)
      const about = { spec, data, fromFolder, recipe, outFolder, name, checkpointSeconds, command }
      return async (process, options) => {
        const tensorflowFolder = this.parts.tensorflow.folder
        const engine = await this.#chooseEngine(askedEngine, provider, options.signal)
        const input = { ...about, engine, tensorflowFolder }
        if (provider !== 'auto') return process.request('train', { ...input, provider }, options)
        if (engine === 'tensorflow') return process.request('train', { ...input, provider: 'cpu' }, options)
        const choice = await this.#choose({ spec, recipe }, options.signal)
        if (!choice) {
          return { event: 'done', path: outFolder, reason: 'cancelled', epochs: 0, seconds: 0, metrics: null }
        }
        return process.request(
          'train',
          { ...input, provider: choice.provider },
          tellingChoice(options, choice),
        )
      }
    })
    return { ...begun, outFolder }
  }

  /**
   * Goes on with a training that was interrupted. What stands against it in the checkpoint is told by the job.
   * @throws AppError 'training-busy', 'checkpoint-missing'
   */
  resumeFrom(request: ResumeRequest): Promise<{ job: string }> {
    const folder = resolve(request.folder)
    return this.#begin({ name: nameOfFolder(folder), outFolder: folder }, async () => {
      const found = await stat(join(folder, 'checkpoint')).catch(() => null)
      if (!found?.isDirectory()) throw new AppError('checkpoint-missing', { folder })
      const { learningRate = null, epochs = null, engine: chosen = null } = request
      const { folder: tensorflowFolder } = this.parts.tensorflow
      const input = { folder, learningRate, epochs, provider: null, engine: chosen, tensorflowFolder }
      return (engine, options) => engine.request('resumeTraining', input, options)
    })
  }

  /** Of the training that runs, else of the last one; null where there was none. */
  status(): TrainingStatus | null {
    return [...this.#jobs.values()].at(-1)?.status ?? null
  }

  watch(id: string, signal?: AbortSignal): AsyncGenerator<TrainingEvent, void> {
    return this.#job(id).watch(signal)
  }

  pause(id: string): Promise<void> {
    return this.#job(id).pause(true)
  }

  resume(id: string): Promise<void> {
    return this.#job(id).pause(false)
  }

  cancel(id: string): void {
    this.#job(id).cancel()
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#jobs.values()].map((job) => {
        job.cancel()
        return job.released
      }),
    )
  }

  /** Where nobody says what to train with: TensorFlow, where it is set up and has a graphics card to compute on. */
  async #chooseEngine(
    engine: EngineRequest,
    provider: ProviderRequest,
    signal?: AbortSignal,
  ): Promise<TrainingEngineName> {
    if (engine === 'tensorflow' && (await this.parts.tensorflow.status()).setup === null) {
      throw new AppError('tensorflow-missing', {})
    }
    if (engine !== 'auto') return engine
    if (provider !== 'auto') return 'onnx'
    const found = await this.parts.tensorflow.find(signal)
    return found?.report?.device === 'gpu' ? 'tensorflow' : 'onnx'
  }

  /** Null where it was cancelled meanwhile: then there is nothing to train, and nothing to keep. */
  async #choose(training: MeasuredTraining, signal?: AbortSignal): Promise<ProviderChoice | null> {
    try {
      return await this.parts.providers.choose(training, signal)
    } catch (error) {
      if (!signal?.aborted) throw error
      return null
    }
  }

  async #begin(
    about: Pick<TrainingStatus, 'name' | 'outFolder'>,
    prepare: () => Promise<Begin>,
  ): Promise<{ job: string }> {
    const letGo = await this.parts.lock.take()
    try {
      const begin = await prepare()
      const engine = this.parts.createEngine()
      const job = new EngineJob<TrainingEvent>(engine, about, {
        begin: withCpuFallback(begin, about.outFolder),
        pause: (process, paused) => process.request('pauseTraining', { paused }),
        isMinor: ({ event }) => event === 'step' || event === 'checkpoint',
        onSettled: async (error) => {
          if (error !== undefined) this.parts.log.warn({ error }, 'training failed')
          await letGo()
        },
      })
      this.#jobs.set(job.id, job)
      this.#forgetOldest()
      this.parts.log.info({ job: job.id, ...about }, 'training started')
      return { job: job.id }
    } catch (error) {
      await letGo()
      throw error
    }
  }

  #job(id: string): EngineJob<TrainingEvent> {
    const job = this.#jobs.get(id)
    if (!job) throw new AppError('job-unknown', { id })
    return job
  }

  #forgetOldest(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= KEPT_JOBS) return
      if (job.isOver) this.#jobs.delete(id)
    }
  }
}

/** What a new model is called where nobody says: as its network, without the size of its raster. */
function ownName({ name, spec }: TrainingRequest): string {
  return name ?? (typeof spec === 'string' ? spec.replace(/@.*$/s, '') : spec.name)
}

/** The engine does not know why it was given its provider, so that is added to what it tells first. */
function tellingChoice(options: JobOptions, choice: ProviderChoice): JobOptions {
  const onEvent = (event: TrainingEvent): void =>
    options.onEvent?.(event.event === 'started' ? { ...event, choice } : event)
  return { ...options, onEvent }
}
