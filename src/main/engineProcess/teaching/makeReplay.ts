import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { encodeReplay, replayFile } from '../../data/replay/replayFile'
import { pickReplay } from '../../data/replay/pickReplay'
import { writeBeside } from '../../engine/model/durableFile'
import { messageOf } from '../../engine/model/messageOf'
import { readCharacterCard } from '../../engine/model/modelFolder'
import type { TrainingData } from '../handlers/trainingData'
import { openTrainingData } from '../handlers/trainingData'
import type { EngineHandlers } from '../protocol/serve'

interface Made {
  readonly training: number
  readonly check: number
  readonly bytes: number
}

/**
 * Puts data of a model's own kind into its folder.
 * @throws AppError 'file-unwritable'
 */
export async function writeReplay(
  folder: string,
  spec: ModelSpec,
  { training, heldOut }: Pick<TrainingData, 'training' | 'heldOut'>,
  seed: number,
): Promise<Made> {
  const replay = pickReplay(spec, training, heldOut, seed)
  const bytes = await encodeReplay(replay)
  try {
    const moveToPlace = await writeBeside(join(folder, replayFile), bytes)
    await moveToPlace()
  } catch (error) {
    throw new AppError('file-unwritable', { file: folder, detail: messageOf(error) }, { cause: error })
  }
  return {
    training: replay.training.labels.length,
    check: replay.check.labels.length,
    bytes: bytes.length,
  }
}

/** For a model that has none: from the data that it was trained on, divided as its training divided it. */
export const makeReplay: EngineHandlers['makeReplay'] = async ({ modelFolder, data }, { signal }) => {
  const { spec, recipe } = await readCharacterCard(modelFolder)
  const opened = await openTrainingData(spec, data, { ...recipe, replay: null }, signal)
  return writeReplay(modelFolder, spec, opened, recipe.seed)
}
