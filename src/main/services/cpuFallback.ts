import { isAppError } from '../../shared/errors/appError'
import type { Provider } from '../../shared/training/recipe'
import type { TrainingEvent } from '../../shared/training/trainingEvent'
import type { JobWork } from './engineJob'

type Begin = JobWork<TrainingEvent>['begin']

/**
 * A driver that takes the whole process with it cannot be answered within it: a new one goes on at the checkpoint, on the CPU.
 * @param folder the model's, with its checkpoint
 */
export function withCpuFallback(begin: Begin, folder: string): Begin {
  return async (engine, options) => {
    let computedBy = null as Provider | 'tensorflow' | null
    const onEvent = (event: TrainingEvent): void => {
      if (event.event === 'started')
        computedBy = event.engine === 'tensorflow' ? 'tensorflow' : event.provider
      if (event.event === 'provider-changed') computedBy = event.to
      options.onEvent?.(event)
    }
    const watched = { ...options, onEvent }
    try {
      return await begin(engine, watched)
    } catch (error) {
      if (!isAppError(error, 'engine-crashed') || computedBy === null || computedBy === 'cpu') throw error
      onEvent({ event: 'provider-changed', from: computedBy, to: 'cpu', reason: error.data.detail })
      return engine.request(
        'resumeTraining',
        {
          ...{ folder, learningRate: null, epochs: null },
          ...{ provider: 'cpu', engine: 'onnx', tensorflowFolder: '' },
        },
        watched,
      )
    }
  }
}
