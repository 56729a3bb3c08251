import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isAppError } from '../../../shared/errors/appError'
import { CheckpointFolder } from '../../engine/model/checkpointFolder'
import { writeBeside } from '../../engine/model/durableFile'
import { decodeSafetensors, encodeSafetensors } from '../../engine/model/safetensors'
import type { Parameters } from '../../engine/network/parameter'
import {
  trainingPositionSchema,
  type CheckpointStore,
  type TrainingCheckpoint,
} from '../../engine/training/trainingCheckpoint'

/** One training of a teaching, as far as it was done before. */
interface Stage {
  /** What came of it; null where it is not finished. */
  readonly finished: Parameters | null
  /** To go on from. */
  readonly from?: TrainingCheckpoint | undefined
  readonly checkpoints: CheckpointStore
  finish(parameters: Parameters): Promise<void>
}

/** Where the trainings of a teaching keep what they have done. */
export interface StageStore {
  open(name: string): Promise<Stage>
}

/** Keeps nothing, for teachings that are over in seconds and repeated at will. */
export const forgettingStages: StageStore = {
  open: () =>
    Promise.resolve({
      finished: null,
      checkpoints: {
        folder: '',
        write: () => Promise.resolve(),
        latest: () => Promise.resolve(null),
      },
      finish: () => Promise.resolve(),
    }),
}

const contentSchema = z.object({ position: trainingPositionSchema })
type Content = z.infer<typeof contentSchema>
const parse = (content: unknown): Content | null => contentSchema.safeParse(content).data ?? null

/** Keeps each training's checkpoints, and its weights once it is finished, in a folder of its own. */
export function stagesIn(folder: string): StageStore {
  return {
    open: async (name) => {
      const place = join(folder, name)
      await mkdir(place, { recursive: true })
      const weights = join(place, 'weights.safetensors')
      const checkpoints = new CheckpointFolder(place, parse)
      const latest = (): Promise<TrainingCheckpoint | null> => readLatest(checkpoints)
      return {
        finished: await readFinished(weights),
        from: (await latest()) ?? undefined,
        checkpoints: {
          folder: place,
          write: ({ position, tensors }) => checkpoints.write({ position }, tensors),
          latest,
        },
        finish: async (parameters) => {
          const tensors = [...parameters].map(([key, data]) => ({ name: key, shape: [data.length], data }))
          const moveToPlace = await writeBeside(weights, encodeSafetensors(tensors))
          await moveToPlace()
          await checkpoints.remove()
        },
      }
    },
  }
}

/** What was damaged is done again. */
async function readFinished(file: string): Promise<Parameters | null> {
  try {
    return new Map(decodeSafetensors(await readFile(file)).map(({ name, data }) => [name, data]))
  } catch {
    return null
  }
}

async function readLatest(checkpoints: CheckpointFolder<Content>): Promise<TrainingCheckpoint | null> {
  try {
    const { content, tensors } = await checkpoints.read(() => undefined)
    return { position: content.position, tensors }
  } catch (error) {
    if (isAppError(error, 'checkpoint-missing') || isAppError(error, 'checkpoint-broken')) return null
    throw error
  }
}
