import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../../../shared/errors/appError'
import { findDataset, readAbout } from '../../store/datasets'
import { joinStore } from '../../store/openStore'
import { findStored, readStored } from '../../store/readStored'
import { createStoreContext, type StoreContext } from '../../store/storeContext'
import type { StoredReference } from '../dataReference'
import { throwIfAborted } from '../dataErrors'
import type { SampleSource, SourceSample } from '../sampleSource'
import { quietLog } from './quietLog'
import { storePlace } from './storePlace'

/**
 * Samples of the user's store, as they are now: whatever is changed while they are read, the same ones are read. All are ink
 * where all have ink; else all are pictures.
 *
 * @throws AppError 'dataset-unknown', 'data-empty', 'store-broken'
 */
export async function openStoredSource(
  data: string,
  { name, filter }: StoredReference,
): Promise<SampleSource> {
  const { set, about } = await inStore((context) => {
    const dataset = findDataset(context.store, name)
    if (!dataset) throw new AppError('dataset-unknown', { name })
    return {
      set: findStored(context, { ...filter, dataset: dataset.id }),
      about: readAbout(context.store, dataset.id),
    }
  })
  if (set.ids.length === 0) throw new AppError('data-empty', { data })
  async function* read(signal?: AbortSignal): AsyncGenerator<SourceSample> {
    const store = joinStore(storePlace(), quietLog)
    try {
      for (const samples of readStored(createStoreContext(store), set.ids)) {
        await nextTurn()
        throwIfAborted(signal)
        for (const { label, writer, session: sitting, ink, raster } of samples) {
          if (set.allInk && ink) yield { kind: 'ink', label, writer, sitting, ink }
          else yield { kind: 'picture', label, writer, sitting, picture: raster }
        }
      }
    } finally {
      store.close()
    }
  }
  return { about: { ...about, source: about.source || name }, fitted: set.fitted, read }
}

/** Does something with the store, which is let go of afterwards. */
export function inStore<Result>(work: (context: StoreContext) => Result | Promise<Result>): Promise<Result> {
  return new Promise<Result>((resolve) => {
    const store = joinStore(storePlace(), quietLog)
    resolve(
      (async () => {
        try {
          return await work(createStoreContext(store))
        } finally {
          store.close()
        }
      })(),
    )
  })
}
