import type { EditResult } from '../../../shared/contract/sampleEdits'
import { exampleSamples } from '../../data/stored/exampleSamples'
import { readAudit } from '../../store/audits'
import { addSamples, countOwnSamples } from '../../store/addSamples'
import {
  createDataset,
  listDatasets,
  readCard,
  removeDataset,
  renameDataset,
  requireDataset,
  updateAbout,
} from '../../store/datasets'
import { listEdits, possibleSteps, stepThroughEdits, type ChangedField } from '../../store/journal'
import { readSample } from '../../store/sampleDetail'
import {
  markSamples,
  relabelSamples,
  removeSamples,
  setSplit,
  setWriter,
  type EditDone,
} from '../../store/sampleEdits'
import { countFacets } from '../../store/sampleFacets'
import { pickSamples, readPage } from '../../store/samplePages'
import { readMap } from '../../store/sampleMaps'
import { computeStats, listSessions } from '../../store/sampleStats'
import { listWriters } from '../../store/sampleWriters'
import { listViews, removeView, saveView } from '../../store/savedViews'
import { inTransaction } from '../../store/storeContext'
import { wipePersonal } from '../../store/wipe'
import type { EngineHandlers } from '../protocol/serve'
import type { StoreContract } from '../storeContract'
import type { OpenedStore } from './openedStore'

/**
 * The store process's work. Each call is done in one go, and the next waits for it; only what looks through many
 * samples lets others in between.
 *
 * @param session of what is written in this run of the app
 */
export function storeHandlers(
  opened: OpenedStore,
  session: string,
): Pick<EngineHandlers, keyof StoreContract> {
  const edited = (done: EditDone): EditResult => {
    if (done) opened.get().lists.changed(done.fields)
    return { edit: done?.edit ?? null }
  }
  const step = (direction: 'undo' | 'redo') => {
    const { context, lists } = opened.get()
    const done: ReturnType<typeof stepThroughEdits> = inTransaction(context, () =>
      stepThroughEdits(context.store, direction),
    )
    lists.changed(done.fields)
    return done.step
  }
  /** Done at once; what it throws fails the call. */
  const now =
    <Input, Output>(work: (input: Input) => Output) =>
    (input: Input): Promise<Output> =>
      new Promise((resolve) => resolve(work(input)))
  const context = () => opened.get().context
  const store = () => context().store
  const added = (samples: Parameters<typeof addSamples>[1]): ReturnType<typeof addSamples> => {
    const done = addSamples(context(), samples, session)
    opened.get().lists.changed(done.fields)
    return done
  }
  return {
    'datasets.list': now(() => listDatasets(store())),
    'datasets.create': now(({ name }) => {
      const { dataset, fields } = createDataset(context(), name)
      opened.get().lists.changed(fields satisfies ChangedField[])
      return dataset
    }),
    'datasets.addExamples': now(({ name }) => {
      const { dataset, fields } = createDataset(context(), name)
      opened.get().lists.changed(fields)
      added(exampleSamples().map((sample) => ({ ...sample, dataset: dataset.id, session: 'examples' })))
      return requireDataset(store(), dataset.id)
    }),
    'datasets.rename': now(({ dataset, name }) => edited(renameDataset(context(), dataset, name))),
    'datasets.remove': now(({ dataset }) => edited(removeDataset(context(), dataset))),
    'datasets.card': now(({ dataset }) => readCard(context(), dataset)),
    'datasets.updateCard': now(({ dataset, about }) => edited(updateAbout(context(), dataset, about))),

    'samples.add': now((sample) => {
      const { ids } = added([sample])
      return { id: ids[0] ?? 0, counts: countOwnSamples(store()) }
    }),
    'samples.addMany': now(({ samples }) => {
      const { ids, edit } = added(samples)
      return { ids, edit }
    }),
    'samples.remove': now(({ selection }) => {
      const result = edited(removeSamples(context(), selection))
      return { ...result, counts: countOwnSamples(store()) }
    }),
    'samples.counts': now(() => countOwnSamples(store())),
    'samples.page': now(({ query, offset, count }) =>
      readPage(context(), opened.get().lists, query, offset, count),
    ),
    'samples.pick': now(({ ids }) => pickSamples(context(), ids)),
    'samples.locate': now(({ query, ids }) => ({
      offsets: opened.get().lists.query(query).locate(ids),
    })),
    'samples.ids': now(({ query, offset, count }) => ({
      ids: Array.from(opened.get().lists.query(query).range(offset, count)),
    })),
    'samples.facets': ({ filter }) => countFacets(context(), filter),
    'samples.get': now(({ id }) => readSample(context(), id)),
    'samples.stats': ({ filter }, { signal }) => computeStats(context(), filter, signal),
    'samples.writers': now(({ filter }) => listWriters(context(), filter)),
    'samples.sessions': now(({ dataset }) => listSessions(context(), dataset)),
    'samples.relabel': now(({ selection, label }) => edited(relabelSamples(context(), selection, label))),
    'samples.mark': now(({ selection, ...marks }) => edited(markSamples(context(), selection, marks))),
    'samples.setSplit': now(({ selection, split }) => edited(setSplit(context(), selection, split))),
    'samples.setWriter': now(({ selection, writer }) => edited(setWriter(context(), selection, writer))),
    'samples.lastAudit': now(({ dataset }) => readAudit(store(), dataset)),
    'samples.lastMap': now(({ dataset }) => readMap(context(), dataset)),
    'samples.wipe': async () => {
      const { context: wiped, lists } = opened.get()
      const samples = await wipePersonal(wiped, opened.file)
      lists.clear()
      return { samples }
    },
    'samples.repair': now(() => {
      return opened.repair()
    }),

    'history.undo': now(() => step('undo')),
    'history.redo': now(() => step('redo')),
    'history.list': now(({ count }) => ({ edits: listEdits(store(), count), ...possibleSteps(store()) })),

    'views.list': now(() => listViews(store())),
    'views.save': now((view) => saveView(store(), view)),
    'views.remove': now(({ name }) => removeView(store(), name)),
  }
}
