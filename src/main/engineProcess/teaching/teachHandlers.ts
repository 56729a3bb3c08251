import type { TrainedRung, UsualTuning } from '../../../shared/teaching/teaching'
import { PauseGate } from '../../engine/training/pauseGate'
import type { EngineHandlers } from '../protocol/serve'
import { teach } from './teach'
import { openLesson } from './teachable'
import { readCharacterCard } from '../../engine/model/modelFolder'
import { previewCopies } from './previewCopies'
import { usualTuning } from './rungs'
import { readJob } from './workFolder'

type Handlers = Pick<
  EngineHandlers,
  'planTeaching' | 'previewCopies' | 'teach' | 'resumeTeaching' | 'pauseTeaching'
>

/** Teaching. An engine process does one at a time. */
export function teachHandlers(workerFile: string): Handlers {
  const gate = new PauseGate()
  return {
    planTeaching: async ({ baseFolder, data }, { signal }) => {
      const { plan, spec, own } = await openLesson(
        { card: await readCharacterCard(baseFolder) },
        data,
        null,
        signal,
      )
      const usual = (rung: TrainedRung): UsualTuning => usualTuning(rung, spec, own.indices.length)
      return { ...plan, usual: { head: usual('head'), last: usual('last'), full: usual('full') } }
    },
    previewCopies: async ({ baseFolder, data, augmentation }, { signal }) => {
      const { spec, own } = await openLesson(
        { card: await readCharacterCard(baseFolder) },
        data,
        null,
        signal,
      )
      return previewCopies(own, spec, augmentation)
    },
    teach: async ({ outFolder, ...job }, context) => ({
      ...(await teach({ format: 1, fingerprint: '', ...job }, outFolder, { ...context, gate, workerFile })),
      activate: job.activate,
    }),
    resumeTeaching: async ({ folder, activate }, context) => {
      const job = await readJob(folder)
      const taught = await teach(job, folder, { ...context, gate, workerFile })
      return { ...taught, activate: activate || job.activate }
    },
    pauseTeaching: ({ paused }) => {
      if (paused) gate.close()
      else gate.open()
      return Promise.resolve(null)
    },
  }
}
