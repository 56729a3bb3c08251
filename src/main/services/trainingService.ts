import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import type { ModelSpec } from '../../shared/model/modelSpec'
import { specNames } from '../../shared/model/specs'
import type { Provider, Recipe } from '../../shared/training/recipe'
import type { TrainingEvent } from '../../shared/training/trainingEvent'
import type { EngineContract } from '../engineProcess/contract'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EventLog } from './eventLog'
import { nameOfFolder } from './modelService'

export interface TrainingRequest {
  spec: string | ModelSpec
  classes?: string[] | undefined
  data: string
  fromFolder: string | null
  outFolder: string
  name?: string | undefined
  recipe: Recipe
  provider: Provider
  command: string
}

type RequestedSpec = EngineContract['train']['input']['spec']

interface Job {
  readonly events: EventLog<TrainingEvent>
  readonly controller: AbortController
  finished: boolean
  /** Settles once its process is gone too. */
  released: Promise<void>
}

/** Jobs that are done stay to be looked at again; of the oldest, only these many. */
const KEPT_JOBS = 20
/** A cancelled training still measures and writes its best epoch, which takes a while with a large model. */
const CANCEL_GRACE_MS = 120_000

/** Trainings, one at a time, each in an engine process of its own that is gone afterwards. */
export class TrainingService {
  readonly #jobs = new Map<string, Job>()
  /** Held from the check on, over the reading of the folder, so that two starts at once cannot both pass. */
  #busy = false

  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly log: Logger,
  ) {}

  /** @throws AppError 'training-busy', 'spec-unknown' or 'output-exists' */
  async start(request: TrainingRequest): Promise<{ job: string }> {
    if (this.#busy) throw new AppError('training-busy', {})
    this.#busy = true
    try {
      const outFolder = resolve(request.outFolder)
      const spec = specOf(request)
      await requireVacant(outFolder)
      const id = randomUUID()
      this.#jobs.set(id, this.#run(request, spec, outFolder))
      this.#forgetOldest()
      this.log.info({ job: id, spec: spec.name, data: request.data, outFolder }, 'training started')
      return { job: id }
    } catch (error) {
      this.#busy = false
      throw error
    }
  }

  watch(id: string, signal?: AbortSignal): AsyncGenerator<TrainingEvent, void> {
    return this.#job(id).events.read(signal)
  }

  cancel(id: string): void {
    this.#job(id).controller.abort()
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#jobs.values()].map((job) => {
        job.controller.abort()
        return job.released
      }),
    )
  }

  #run(request: TrainingRequest, spec: RequestedSpec, outFolder: string): Job {
    const job: Job = {
      events: new EventLog<TrainingEvent>((event) => event.event === 'step'),
      controller: new AbortController(),
      finished: false,
      released: Promise.resolve(),
    }
    const engine = this.createEngine()
    const { data, fromFolder, recipe, provider, command } = request
    const ended = engine.request(
      'train',
      {
        spec,
        data,
        fromFolder,
        recipe,
        provider,
        outFolder,
        name: request.name ?? nameOfFolder(outFolder),
        command,
      },
      {
        signal: job.controller.signal,
        graceMs: CANCEL_GRACE_MS,
        // 'done' comes as the result too, and only once.
        onEvent: (event) => event.event !== 'done' && job.events.push(event),
      },
    )
    const settle = (): void => {
      job.finished = true
      this.#busy = false
    }
    job.released = ended
      .then(
        (done) => {
          settle()
          job.events.push(done)
          job.events.end()
        },
        (error: unknown) => {
          settle()
          this.log.warn({ error }, 'training failed')
          job.events.end({ error })
        },
      )
      .then(() => engine.stop())
    return job
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id)
    if (!job) throw new AppError('job-unknown', { id })
    return job
  }

  #forgetOldest(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= KEPT_JOBS) return
      if (job.finished) this.#jobs.delete(id)
    }
  }
}

/** A spec by name goes on by name: its classes may be known only once the data is read. */
function specOf({ spec, classes }: TrainingRequest): RequestedSpec {
  if (typeof spec !== 'string') return classes ? { ...spec, classes } : spec
  if (!specNames.includes(spec)) {
    throw new AppError('spec-unknown', { name: spec, known: specNames.join(', ') })
  }
  return { name: spec, classes: classes ?? null }
}

/** A folder that is not there or holds nothing. Models are never overwritten. */
async function requireVacant(folder: string): Promise<void> {
  const content = await readdir(folder).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new AppError('output-exists', { folder }, { cause: error })
    throw new AppError('file-unwritable', { file: folder, detail: message }, { cause: error })
  })
  if (content.length > 0) throw new AppError('output-exists', { folder })
}
