import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type {
  TensorflowFinding,
  TensorflowSetupEvent,
  TensorflowSource,
  TensorflowStatus,
} from '../../../shared/contract/tensorflow'
import { AppError, isAppError } from '../../../shared/errors/appError'
import { tensorflowSetupSchema, type TensorflowReport } from '../../../shared/training/tensorflowSetup'
import type { EngineProcess } from '../../engineProcess/host/engineProcess'
import { LockHeldError, takeLock } from '../../store/lockFile'
import { EventLog } from '../eventLog'
import { detailOfFailure, inFreshEngine } from '../freshEngine'
import { buildSetup } from './buildSetup'
import { computeDevices } from './computeDevices'

/** A driver that does not answer is one that does not work; compiling its first kernels may take a while. */
const CHECK_LIMIT_MS = 120_000

/**
 * TensorFlow in a place of its own in the data folder, from where engine processes load it when a training asks for it. It is in
 * no installer: with its libraries it is larger than all the rest together.
 */
export class TensorflowService {
  /** In which it is set up, or would be. */
  readonly folder: string

  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly dataFolder: string,
  ) {
    this.folder = join(dataFolder, 'tensorflow')
  }

  async status(): Promise<TensorflowStatus> {
    const folder = this.folder
    const text = await readFile(join(folder, 'setup.json'), 'utf8').catch(() => null)
    if (text === null) return { folder, setup: null }
    try {
      const { source, installed } = tensorflowSetupSchema.parse(JSON.parse(text))
      return { folder, setup: { source, installed } }
    } catch (error) {
      throw new AppError(
        'tensorflow-broken',
        { folder, detail: 'its setup.json is damaged' },
        { cause: error },
      )
    }
  }

  /** What is set up and what it can do, by trying it; null where there is none. That it does not work is no error here. */
  async find(signal?: AbortSignal): Promise<TensorflowFinding | null> {
    const { folder } = this
    try {
      const { setup } = await this.status()
      if (setup === null) return null
      const report = await this.#check(folder, signal).catch((error: unknown) => detailOf(error, signal))
      const { source } = setup
      return typeof report === 'string'
        ? { folder, source, report: null, devices: [], detail: report }
        : { folder, source, report, devices: await computeDevices(report.device), detail: '' }
    } catch (error) {
      return { folder, source: 'unknown', report: null, devices: [], detail: detailOf(error, signal) }
    }
  }

  /**
   * Sets it up, in place of what was there: built beside it, tried in an engine process, and only then put in its place.
   * Leaving the stream, or aborting the signal, ends the work and takes away what there is of it.
   */
  async *setup(source: TensorflowSource, signal?: AbortSignal): AsyncGenerator<TensorflowSetupEvent, void> {
    const left = new AbortController()
    const both = signal ? AbortSignal.any([signal, left.signal]) : left.signal
    const events = new EventLog<TensorflowSetupEvent>(({ event }) => event === 'progress')
    const work = this.#setUp(source, (event) => events.push(event), both).then(
      () => events.end(),
      (error: unknown) => events.end({ error: both.aborted ? new AppError('cancelled', {}) : error }),
    )
    try {
      yield* events.read()
    } finally {
      left.abort(new AppError('cancelled', {}))
      await work
    }
  }

  /** Takes it away. Nothing happens where there is none. */
  async remove(): Promise<void> {
    await this.#alone(async (scratch) => {
      // Renamed first: a folder that is half gone would look like one that is there.
      await rename(this.folder, scratch).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      })
    })
  }

  async #setUp(
    source: TensorflowSource,
    emit: (event: TensorflowSetupEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const report = await this.#alone(async (scratch) => {
      const fresh = join(scratch, 'new')
      await mkdir(fresh, { recursive: true })
      await buildSetup(fresh, source, { emit, signal })
      emit({ event: 'step', step: 'verify' })
      const found = await this.#check(fresh, signal)
      signal.throwIfAborted()
      await rename(this.folder, join(scratch, 'old')).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      })
      await rename(fresh, this.folder)
      return found
    })
    emit({ event: 'done', folder: this.folder, report })
  }

  async #check(folder: string, signal?: AbortSignal): Promise<TensorflowReport> {
    try {
      return await inFreshEngine(
        this.createEngine,
        CHECK_LIMIT_MS,
        (engine, limit) => engine.request('checkTensorflow', { folder }, { signal: limit, graceMs: 0 }),
        signal,
      )
    } catch (error) {
      if (isAppError(error, 'tensorflow-missing') || isAppError(error, 'tensorflow-broken')) throw error
      const detail = detailOfFailure(error, CHECK_LIMIT_MS, signal)
      throw new AppError('tensorflow-broken', { folder, detail }, { cause: error })
    }
  }

  /** One process at a time. What an earlier one left behind when it was killed is cleared away first, and at the end. */
  async #alone<T>(work: (scratch: string) => Promise<T>): Promise<T> {
    const scratch = `${this.folder}.tmp`
    const unlock = await takeLock(`${this.folder}.lock`).catch((error: unknown) => {
      throw error instanceof LockHeldError ? new AppError('tensorflow-busy', { pid: error.pid }) : error
    })
    try {
      await mkdir(dirname(scratch), { recursive: true })
      await rm(scratch, { recursive: true, force: true })
      return await work(scratch)
    } catch (error) {
      throw this.#toAppError(error)
    } finally {
      await rm(scratch, { recursive: true, force: true })
      await unlock()
    }
  }

  #toAppError(error: unknown): unknown {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') {
      return new AppError(
        'file-unwritable',
        { file: this.dataFolder, detail: 'the disk is full' },
        { cause: error },
      )
    }
    return code === 'EACCES' || code === 'EROFS'
      ? new AppError('file-unwritable', { file: this.dataFolder, detail: code }, { cause: error })
      : error
  }
}

function detailOf(error: unknown, signal?: AbortSignal): string {
  return detailOfFailure(error, CHECK_LIMIT_MS, signal)
}
