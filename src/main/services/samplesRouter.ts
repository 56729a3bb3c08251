import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { StoreContract } from '../engineProcess/contract'
import type { ContractImplementer } from './implementContract'
import type { SampleJobService } from './sampleJobService'
import type { UploadService } from './uploadService'

/** The contract's methods on samples: the store process does them, and long work a process of its own. */
export function samplesRouter(
  os: ContractImplementer,
  store: EngineProcess,
  jobs: SampleJobService,
  uploads: UploadService,
) {
  // Without the caller's signal: a change that was begun is better done than killed.
  const ask =
    <Method extends keyof StoreContract>(method: Method) =>
    ({ input }: { input: StoreContract[Method]['input'] }): Promise<StoreContract[Method]['output']> =>
      store.request(method, input)
  const { datasets, samples, history, views } = os
  return {
    datasets: {
      list: datasets.list.handler(ask('datasets.list')),
      create: datasets.create.handler(ask('datasets.create')),
      addExamples: datasets.addExamples.handler(ask('datasets.addExamples')),
      rename: datasets.rename.handler(ask('datasets.rename')),
      remove: datasets.remove.handler(ask('datasets.remove')),
      card: datasets.card.handler(ask('datasets.card')),
      updateCard: datasets.updateCard.handler(ask('datasets.updateCard')),
    },
    samples: {
      add: samples.add.handler(ask('samples.add')),
      addMany: samples.addMany.handler(ask('samples.addMany')),
      remove: samples.remove.handler(ask('samples.remove')),
      counts: samples.counts.handler(ask('samples.counts')),
      page: samples.page.handler(ask('samples.page')),
      pick: samples.pick.handler(ask('samples.pick')),
      locate: samples.locate.handler(ask('samples.locate')),
      ids: samples.ids.handler(ask('samples.ids')),
      facets: samples.facets.handler(ask('samples.facets')),
      get: samples.get.handler(ask('samples.get')),
      stats: samples.stats.handler(ask('samples.stats')),
      writers: samples.writers.handler(ask('samples.writers')),
      sessions: samples.sessions.handler(ask('samples.sessions')),
      relabel: samples.relabel.handler(ask('samples.relabel')),
      mark: samples.mark.handler(ask('samples.mark')),
      setSplit: samples.setSplit.handler(ask('samples.setSplit')),
      setWriter: samples.setWriter.handler(ask('samples.setWriter')),
      upload: samples.upload.handler(({ input }) => uploads.add(input)),
      dropUpload: samples.dropUpload.handler(({ input }) => uploads.drop(input.upload)),
      previewImport: samples.previewImport.handler(({ input, signal }) => jobs.preview(input, signal)),
      runImport: samples.runImport.handler(({ input, signal }) => jobs.import(input, signal)),
      score: samples.score.handler(({ input, signal }) => jobs.score(input, signal)),
      embed: samples.embed.handler(({ input, signal }) => jobs.embed(input, signal)),
      drawMap: samples.drawMap.handler(({ input, signal }) => jobs.drawMap(input, signal)),
      lastMap: samples.lastMap.handler(ask('samples.lastMap')),
      audit: samples.audit.handler(({ input, signal }) => jobs.audit(input, signal)),
      lastAudit: samples.lastAudit.handler(ask('samples.lastAudit')),
      wipe: samples.wipe.handler(ask('samples.wipe')),
      repair: samples.repair.handler(ask('samples.repair')),
    },
    history: {
      undo: history.undo.handler(ask('history.undo')),
      redo: history.redo.handler(ask('history.redo')),
      list: history.list.handler(ask('history.list')),
    },
    views: {
      list: views.list.handler(ask('views.list')),
      save: views.save.handler(ask('views.save')),
      remove: views.remove.handler(ask('views.remove')),
    },
  }
}
