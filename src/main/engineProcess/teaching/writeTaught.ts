import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { Calibration, ModelCard } from '../../../shared/model/modelCard'
import { trainedRungs, type TeachingResult } from '../../../shared/teaching/teaching'
import { recipeSchema } from '../../../shared/training/recipe'
import { encodeReplay, replayFile, type Replay } from '../../data/replay/replayFile'
import { writeBeside } from '../../engine/model/durableFile'
import { messageOf } from '../../engine/model/messageOf'
import { writeModel } from '../../engine/model/modelFolder'
import { countParameters, describeParameters } from '../../engine/network/describeNetwork'
import type { Parameters } from '../../engine/network/parameter'
import { copiesFor, recipeOf } from './rungs'
import type { Lesson, Teachable } from './teachable'
import { plain } from './teachNetwork'
import type { TeachingJob } from './teachingJob'

/** What came of a teaching, in the model's folder. */
const resultFile = 'teaching.json'

interface Taught {
  readonly job: TeachingJob
  readonly base: Teachable
  readonly lesson: Lesson
  readonly parameters: Parameters
  readonly calibration: Calibration
  readonly result: TeachingResult
  /** The samples that it was taught with. */
  readonly final: Int32Array
}

/** Writes a taught model's folder. The card comes last, so that a folder with a card is whole. */
export async function writeTaught(folder: string, taught: Taught): Promise<void> {
  const { lesson, parameters, result } = taught
  try {
    await mkdir(folder, { recursive: true })
    const contents = [
      [replayFile, await encodeReplay(replayOf(taught))],
      [resultFile, JSON.stringify(result)],
    ] as const
    for (const [name, content] of contents) {
      const moveToPlace = await writeBeside(join(folder, name), content)
      await moveToPlace()
    }
  } catch (error) {
    throw new AppError('file-unwritable', { file: folder, detail: messageOf(error) }, { cause: error })
  }
  await writeModel(folder, cardOf(taught), describeParameters(lesson.spec), parameters)
}

/** The base's own, and the user's samples of classes that it did not know: they would be forgotten by the next teaching. */
function replayOf({ base, lesson, final, job }: Taught): Replay {
  const known = base.card.spec.classes.length
  const { own, spec } = lesson
  const added = plain(
    { ...own, indices: final.filter((index) => (own.classIndex[index] ?? 0) >= known) },
    spec,
  )
  const { training } = base.replay
  const rasters = new Uint8Array(training.rasters.length + added.rasters.length)
  rasters.set(training.rasters)
  rasters.set(added.rasters, training.rasters.length)
  const labels = [...training.labels, ...Array.from(added.outputs, (output) => spec.classes[output] ?? '')]
  const data = added.outputs.length > 0 ? [...base.replay.data, job.data] : base.replay.data
  return { ...base.replay, data, training: { rasters, labels } }
}

function cardOf({ job, base, lesson, calibration, result, final }: Taught): ModelCard {
  const { spec } = lesson
  const last = trainedRungs(result.rung).at(-1)
  const samples = last === 'full' ? final.length : final.length * copiesFor(final.length, job.tuning)
  const { count, accuracy, macroPrecision, macroRecall, macroF1 } = result.comparison.after
  return {
    format: 1,
    name: job.name,
    created: new Date().toISOString(),
    spec,
    recipe: last
      ? recipeOf(last, spec, samples, job.tuning, job.seed)
      : recipeSchema.parse({ freeze: 'backbone', seed: job.seed }),
    engine: 'onnx',
    provider: job.tuning.provider ?? 'cpu',
    parameters: countParameters(spec),
    parent: basename(base.folder),
    data: [{ name: job.data, use: 'training', samples: final.length }],
    calibration,
    taught: { rung: result.rung, passed: result.gate.passed },
    validation: { count, accuracy, macroPrecision, macroRecall, macroF1 },
    measured: [],
    command: job.command,
    licence: '',
    notes: '',
  }
}
