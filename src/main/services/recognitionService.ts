import type { Ink } from '../../shared/ink/ink'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import type { LineReading, LineRequest } from '../../shared/recognition/line/lineReading'
import type { Prediction } from '../../shared/recognition/prediction'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { ModelService } from './modelService'

/** Reads characters and lines in the engine process that is always warm. */
export class RecognitionService {
  constructor(
    private readonly engine: EngineProcess,
    private readonly models: ModelService,
    private readonly log: Logger,
  ) {}

  async readInk(ink: Ink, model: string | undefined, signal?: AbortSignal): Promise<Prediction> {
    const modelFolder = await this.models.resolve(model)
    return this.#warmAfterCrash(this.engine.request('recognizeInk', { modelFolder, ink }, { signal }))
  }

  async readLine(
    request: LineRequest,
    model: string | undefined,
    signal?: AbortSignal,
  ): Promise<LineReading> {
    const modelFolder = await this.models.resolve(model)
    return this.#warmAfterCrash(this.engine.request('recognizeLine', { modelFolder, request }, { signal }))
  }

  /** @param file names the picture in errors */
  async readPicture(
    picture: Uint8Array,
    file: string,
    model: string | undefined,
    signal?: AbortSignal,
  ): Promise<Prediction> {
    const modelFolder = await this.models.resolve(model)
    return this.#warmAfterCrash(
      this.engine.request('recognizePicture', { modelFolder, picture, file }, { signal }),
    )
  }

  /** Starts the engine and loads the active model. A failure is logged only: the first reading will meet it and say it. */
  async warmUp(): Promise<void> {
    try {
      const modelFolder = await this.models.resolve()
      await this.engine.request('load', { modelFolder })
    } catch (error) {
      this.log.warn({ error }, 'the engine could not be warmed up')
    }
  }

  async #warmAfterCrash<T>(reading: Promise<T>): Promise<T> {
    try {
      return await reading
    } catch (error) {
      if (error instanceof AppError && error.code === 'engine-crashed') void this.warmUp()
      throw error
    }
  }
}
