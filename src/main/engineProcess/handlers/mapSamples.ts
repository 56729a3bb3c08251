import { AppError } from '../../../shared/errors/appError'
import { mostMapped } from '../../../shared/samples/sampleMap'
import { inStore } from '../../data/stored/storedSource'
import { drawSome } from '../../engine/map/drawSome'
import { layOutMap } from '../../engine/map/layOutMap'
import { requireDataset } from '../../store/datasets'
import { readEmbeddings } from '../../store/embeddings'
import { findStored } from '../../store/readStored'
import { keepMap } from '../../store/sampleMaps'
import type { EngineHandlers } from '../protocol/serve'
import { embedMissing } from './embedMissing'

/** The same samples lie at the same places whenever they are mapped. */
const seed = 1

/** Lays a data set out in a plane, as a model sees it, and keeps the map. */
export const mapSamples: EngineHandlers['mapSamples'] = ({ dataset, modelFolder }, { signal, emit }) =>
  inStore(async (context) => {
    const { name } = requireDataset(context.store, dataset)
    const all = findStored(context, { dataset })
    const total = all.ids.length
    if (total === 0) throw new AppError('data-empty', { data: name })
    const count = Math.min(mostMapped, total)
    const chosen = drawSome(total, count, seed).map((at) => all.ids[at] ?? 0)
    const { card } = await embedMissing(context, { ...all, ids: chosen }, modelFolder, {
      ...{ signal, onProgress: (done) => emit({ step: 'features', done, total: count }) },
    })
    const { ids, features } = readEmbeddings(context, card.name, chosen)
    const places = await layOutMap(features, ids.length, { seed, signal, onStep: emit })
    keepMap(context, dataset, { model: card.name, total, ids, places })
    return { samples: ids.length }
  })
