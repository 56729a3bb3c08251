import { inStore } from '../../data/stored/storedSource'
import { findStored } from '../../store/readStored'
import type { EngineHandlers } from '../protocol/serve'
import { embedMissing } from './embedMissing'

/** Lets a model look at samples of the store, so that they can be sorted by likeness. */
export const embedSamples: EngineHandlers['embedSamples'] = ({ filter, modelFolder }, { signal, emit }) =>
  inStore(async (context) => {
    const set = findStored(context, filter)
    const { embedded } = await embedMissing(context, set, modelFolder, {
      ...{ signal, onProgress: (done) => emit({ done, total: set.ids.length }) },
    })
    return { embedded }
  })
