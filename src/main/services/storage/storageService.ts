import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { MoveEvent, StorageReport } from '../../../shared/contract/storage'
import { AppError } from '../../../shared/errors/appError'
import type { Logger } from '../../../shared/logger'
import { locationFileIn, readDataLocation, standardDataFolder, type DataLocation } from '../../dataFolder'
import { writeFileAtomically } from '../../store/atomicFile'
import { folderFiles } from '../../store/folderFiles'
import { LockHeldError, takeLock } from '../../store/lockFile'
import { importLockFile } from '../../store/purge'
import { storeFileIn } from '../../store/storeFile'
import { freeBytesOf } from '../diskSpace'
import { EventLog } from '../eventLog'
import type { TrainingLock } from '../trainingLock'
import type { CallGate } from './callGate'
import { copyData, emptyFolder, prepareTarget } from './moveData'
import { sumBytes, sumParts } from './storageParts'

export interface StorageOptions {
  dataFolder: string
  log: Logger
  lock: TrainingLock
  gate: CallGate
  /** Waits until nothing but the store's process writes into the data folder, and lets that go of its file. */
  rest(signal: AbortSignal): Promise<void>
  /** Told when Longhand has to start anew: in which data folder, and whether that was emptied. */
  onRestart(restart: Restart): void
}

export interface Restart {
  dataFolder: string
  isWiped: boolean
}

/** For whoever watches a move to hear of its end. */
const TELL_LIMIT_MS = 1000

/** For a wipe to wait for; work that takes longer has to be cancelled first. */
const REST_LIMIT_MS = 60_000

/** What a shell that starts anew may still hold open; it empties these itself. */
const OF_THE_SHELL = ['browser', 'crashes', 'running']

/** What lies in the data folder, and where that is. */
export class StorageService {
  constructor(
    private readonly options: StorageOptions,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  async survey(): Promise<StorageReport> {
    const { dataFolder } = this.options
    const { folder, earlier } = this.#location
    return {
      folder: dataFolder,
      chosenBy: this.#isFixed ? 'environment' : folder === dataFolder ? 'user' : 'system',
      freeBytes: await freeBytesOf(dataFolder),
      parts: sumParts(await folderFiles(dataFolder)),
      earlier:
        earlier === undefined ? null : { folder: earlier, bytes: sumBytes(await folderFiles(earlier)) },
    }
  }

  /** @throws AppError 'data-folder-fixed', 'training-busy', 'import-busy', and those of moveData.ts */
  async *move(to: string, signal?: AbortSignal): AsyncGenerator<MoveEvent, void> {
    const { dataFolder } = this.options
    if (this.#isFixed) throw new AppError('data-folder-fixed', { folder: dataFolder })
    const folder = await prepareTarget(dataFolder, to)
    const release = await this.#holdStill()
    const left = new AbortController()
    const both = signal ? AbortSignal.any([signal, left.signal]) : left.signal
    const events = new EventLog<MoveEvent>(({ event }) => event === 'progress')
    const told = new AbortController()
    const work = this.#copyTo(folder, (event) => events.push(event), both).then(
      async () => {
        events.end()
        await release()
        // The gate stays closed: what would still be written into the old folder would be lost.
        await delay(TELL_LIMIT_MS, undefined, { signal: told.signal }).catch(() => undefined)
        this.options.onRestart({ dataFolder: folder, isWiped: false })
      },
      async (error: unknown) => {
        await release()
        this.options.gate.open()
        events.end({ error })
      },
    )
    try {
      yield* events.read(signal)
      if (both.aborted) throw new AppError('cancelled', {})
    } finally {
      told.abort()
      left.abort()
      await work
    }
  }

  async #copyTo(folder: string, onEvent: (event: MoveEvent) => void, signal: AbortSignal): Promise<void> {
    const { dataFolder } = this.options
    onEvent({ event: 'waiting' })
    await this.options.rest(signal)
    await copyData(dataFolder, folder, onEvent, signal)
    await this.#writeLocation({ folder, earlier: dataFolder })
    onEvent({ event: 'done', folder })
  }

  async removeEarlier(): Promise<number> {
    const { earlier, ...location } = this.#location
    if (earlier === undefined) return 0
    const freedBytes = sumBytes(await folderFiles(earlier))
    await this.#deleteFolder(earlier)
    await this.#writeLocation(location)
    return freedBytes
  }

  /** @throws AppError 'training-busy', 'import-busy', 'file-unwritable' */
  async wipe(): Promise<void> {
    const { dataFolder } = this.options
    const release = await this.#holdStill()
    try {
      await this.options.rest(AbortSignal.timeout(REST_LIMIT_MS))
      await this.removeEarlier()
      await emptyFolder(dataFolder, [...OF_THE_SHELL, 'location.json'])
    } catch (error) {
      await release()
      this.options.gate.open()
      throw error
    }
    await release()
    this.options.onRestart({ dataFolder, isWiped: true })
  }

  /** Whoever started Longhand says which folder it is. */
  get #isFixed(): boolean {
    return Boolean(this.env.LONGHAND_DATA_FOLDER)
  }

  get #location(): DataLocation {
    return this.#isFixed ? {} : readDataLocation(this.env)
  }

  get #standardFolder(): string {
    return standardDataFolder(process.platform, this.env)
  }

  async #writeLocation({ folder, earlier }: DataLocation): Promise<void> {
    const file = locationFileIn(this.#standardFolder)
    const isMoved = folder !== undefined && folder !== this.#standardFolder
    if (!isMoved && earlier === undefined) return rm(file, { force: true })
    const location = { ...(isMoved ? { folder } : {}), ...(earlier === undefined ? {} : { earlier }) }
    await writeFileAtomically(file, `${JSON.stringify(location, null, 2)}\n`)
  }

  async #deleteFolder(folder: string): Promise<void> {
    try {
      const isStandard = resolve(folder) === this.#standardFolder
      if (isStandard) await emptyFolder(folder, ['location.json'])
      else await rm(folder, { recursive: true, force: true })
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new AppError('file-unwritable', { file: folder, detail }, { cause: error })
    }
  }

  /** No training, no import, and no call that could write: answers what lets them begin again. */
  async #holdStill(): Promise<() => Promise<void>> {
    const { dataFolder, lock, gate } = this.options
    if (gate.isClosed) throw new AppError('data-folder-busy', {})
    const freeTraining = await lock.take()
    try {
      const freeImport = await takeLock(importLockFile(storeFileIn(dataFolder)))
      gate.close()
      return async () => {
        await freeImport()
        await freeTraining()
      }
    } catch (error) {
      await freeTraining()
      if (!(error instanceof LockHeldError)) throw error
      throw new AppError('import-busy', { pid: error.pid }, { cause: error })
    }
  }
}
