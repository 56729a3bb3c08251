import { PauseGate } from '../../engine/training/pauseGate'
import type { EngineHandlers } from '../protocol/serve'
import { teach } from './teach'
import { openLesson } from './teachable'
import { readCard } from '../../engine/model/modelFolder'
import { readJob } from './workFolder'

type Handlers = Pick<EngineHandlers, 'planTeaching' | 'teach' | 'resumeTeaching' | 'pauseTeaching'>

/** Teaching. An engine process does one at a time. */
export function teachHandlers(workerFile: string): Handlers {
  const gate = new PauseGate()
  return {
    planTeaching: async ({ baseFolder, data }, { signal }) => {
      const { plan } = await openLesson({ card: await readCard(baseFolder) }, data, signal)
      return plan
    },
    teach: ({ outFolder, ...job }, context) =>
      teach({ format: 1, fingerprint: '', ...job }, outFolder, { ...context, gate, workerFile }),
    resumeTeaching: async ({ folder }, context) =>
      teach(await readJob(folder), folder, { ...context, gate, workerFile }),
    pauseTeaching: ({ paused }) => {
      if (paused) gate.close()
      else gate.open()
      return Promise.resolve(null)
    },
  }
}
