import type { Logger } from '../../shared/logger'
import type { DesktopEvents } from './desktopEvents'
import type { DiagnosticsService } from './diagnosticsService'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { ApiAccessService } from './apiAccessService'
import type { ConversionService } from './conversionService'
import type { EvaluationService } from './evaluationService'
import type { ExchangeService } from './exchangeService'
import type { ExplanationService } from './explanationService'
import type { HandService } from './handService'
import type { ModelService } from './modelService'
import type { NetworkService } from './networkService'
import type { PageService } from './pageService'
import type { RecognitionService } from './recognitionService'
import { implementContract } from './implementContract'
import type { SampleJobService } from './sampleJobService'
import { samplesRouter } from './samplesRouter'
import type { RegistryService } from './registryService'
import type { TeachingService } from './teachingService'
import type { CallGate } from './storage/callGate'
import type { StorageService } from './storage/storageService'
import type { SettingsService } from './settingsService'
import type { SystemService } from './systemService'
import type { TensorflowService } from './tensorflow/tensorflowService'
import type { TrainingService } from './trainingService'
import type { UploadService } from './uploadService'

export type Router = ReturnType<typeof createRouter>

/** The services that the contract's methods are handed to. */
export interface ServiceSet {
  models: ModelService
  networks: NetworkService
  exchange: ExchangeService
  explanations: ExplanationService
  recognition: RecognitionService
  training: TrainingService
  registry: RegistryService
  teaching: TeachingService
  evaluation: EvaluationService
  hands: HandService
  conversion: ConversionService
  pages: PageService
  /** The store process. */
  store: EngineProcess
  sampleJobs: SampleJobService
  uploads: UploadService
  settings: SettingsService
  storage: StorageService
  api: ApiAccessService
  system: SystemService
  tensorflow: TensorflowService
  desktop: DesktopEvents
  diagnostics: DiagnosticsService
}

/** The contract's methods, each handed to the service that does it. */
export function createRouter(services: ServiceSet, gate: CallGate, log: Logger) {
  const { models, exchange, networks, recognition, training, evaluation, settings, system } = services
  const os = implementContract(log, gate)
  const { teaching } = services

  return os.router({
    recognition: {
      ink: os.recognition.ink.handler(({ input, signal }) =>
        recognition.readInk(input.ink, input.model, signal),
      ),
      line: os.recognition.line.handler(({ input: { model, ...request }, signal }) =>
        recognition.readLine(request, model, signal),
      ),
      picture: os.recognition.picture.handler(({ input, signal }) =>
        recognition.readPicture(input.picture, input.file, input.model, signal),
      ),
    },
    hand: {
      list: os.hand.list.handler(() => services.hands.list()),
      enrol: os.hand.enrol.handler(({ input, signal }) => services.hands.enrol(input, signal)),
      identify: os.hand.identify.handler(({ input, signal }) => services.hands.identify(input, signal)),
      verify: os.hand.verify.handler(({ input, signal }) => services.hands.verify(input, signal)),
      rename: os.hand.rename.handler(({ input: { name, to } }) => services.hands.rename(name, to)),
      remove: os.hand.remove.handler(({ input }) => services.hands.remove(input.name)),
      wipe: os.hand.wipe.handler(async () => ({ hands: await services.hands.wipe() })),
      measure: os.hand.measure.handler(({ input, signal }) => services.hands.measure(input, signal)),
      calibrate: os.hand.calibrate.handler(({ input, signal }) => services.hands.calibrate(input, signal)),
    },
    models: {
      list: os.models.list.handler(() => services.registry.list()),
      activate: os.models.activate.handler(({ input }) => services.registry.activate(input.model)),
      rollBack: os.models.rollBack.handler(() => services.registry.rollBack()),
      remark: os.models.remark.handler(({ input: { model, ...remark } }) =>
        services.registry.remark(model, remark),
      ),
      delete: os.models.delete.handler(({ input }) => services.registry.delete(input.model)),
      compare: os.models.compare.handler(({ input, signal }) => services.registry.compare(input, signal)),
      makeReplay: os.models.makeReplay.handler(({ input, signal }) =>
        services.registry.makeReplay(input, signal),
      ),
      wipe: os.models.wipe.handler(async () => ({ deleted: await services.registry.wipe() })),
      card: os.models.card.handler(({ input }) => models.card(input.model)),
      specs: os.models.specs.handler(() => models.specs()),
      export: os.models.export.handler(({ input, signal }) => exchange.export(input, signal)),
      import: os.models.import.handler(({ input, signal }) => exchange.import(input, signal)),
      share: os.models.share.handler(({ input, signal }) => exchange.share(input, signal)),
      explain: os.models.explain.handler(({ input, signal }) => services.explanations.explain(input, signal)),
      lookInside: os.models.lookInside.handler(({ input, signal }) =>
        services.explanations.lookInside(input, signal),
      ),
      tabulate: os.models.tabulate.handler(({ input, signal }) => networks.tabulate(input, signal)),
    },
    training: {
      start: os.training.start.handler(async ({ input: { from, ...request } }) =>
        training.start({ ...request, fromFolder: from === undefined ? null : await models.resolve(from) }),
      ),
      watch: os.training.watch.handler(({ input, signal }) => training.watch(input.job, signal)),
      resumeFrom: os.training.resumeFrom.handler(({ input }) => training.resumeFrom(input)),
      status: os.training.status.handler(() => training.status()),
      pause: os.training.pause.handler(({ input }) => training.pause(input.job)),
      resume: os.training.resume.handler(({ input }) => training.resume(input.job)),
      cancel: os.training.cancel.handler(({ input }) => training.cancel(input.job)),
    },
    teaching: {
      plan: os.teaching.plan.handler(({ input, signal }) => teaching.plan(input.base, input.data, signal)),
      previewCopies: os.teaching.previewCopies.handler(({ input, signal }) =>
        teaching.previewCopies(input, signal),
      ),
      start: os.teaching.start.handler(({ input }) => teaching.start(input)),
      resumeFrom: os.teaching.resumeFrom.handler(({ input }) =>
        teaching.resumeFrom(input.name, input.activate),
      ),
      unfinished: os.teaching.unfinished.handler(() => teaching.unfinished()),
      discard: os.teaching.discard.handler(({ input }) => teaching.discard(input.name)),
      status: os.teaching.status.handler(() => teaching.status()),
      watch: os.teaching.watch.handler(({ input, signal }) => teaching.watch(input.job, signal)),
      pause: os.teaching.pause.handler(({ input }) => teaching.pause(input.job, true)),
      resume: os.teaching.resume.handler(({ input }) => teaching.pause(input.job, false)),
      cancel: os.teaching.cancel.handler(({ input }) => teaching.cancel(input.job)),
      result: os.teaching.result.handler(({ input }) => teaching.result(input.model)),
    },
    evaluation: {
      run: os.evaluation.run.handler(({ input, signal }) => evaluation.run(input, signal)),
    },
    data: {
      convert: os.data.convert.handler(({ input, signal }) => services.conversion.run(input, signal)),
    },
    pages: {
      cut: os.pages.cut.handler(({ input, signal }) => services.pages.cut(input, signal)),
      read: os.pages.read.handler(({ input: { model, ...request }, signal }) =>
        services.pages.read(request, model, signal),
      ),
      readForm: os.pages.readForm.handler(({ input: { model, ...request }, signal }) =>
        services.pages.readForm(request, model, signal),
      ),
      searchablePdf: os.pages.searchablePdf.handler(({ input, signal }) =>
        services.pages.searchablePdf(input, signal),
      ),
      sheet: os.pages.sheet.handler(({ input, signal }) => services.pages.sheet(input, signal)),
      samples: os.pages.samples.handler(({ input, signal }) => services.pages.samples(input, signal)),
    },
    ...samplesRouter(os, services.store, services.sampleJobs, services.uploads),
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      update: os.settings.update.handler(({ input }) => settings.update(input)),
    },
    storage: {
      survey: os.storage.survey.handler(() => services.storage.survey()),
      move: os.storage.move.handler(({ input, signal }) => services.storage.move(input.folder, signal)),
      removeEarlier: os.storage.removeEarlier.handler(async () => ({
        freedBytes: await services.storage.removeEarlier(),
      })),
      wipe: os.storage.wipe.handler(() => services.storage.wipe()),
    },
    api: {
      state: os.api.state.handler(() => services.api.state()),
      programs: os.api.programs.handler(() => services.api.list()),
      addProgram: os.api.addProgram.handler(({ input }) => services.api.add(input.name)),
      revokeProgram: os.api.revokeProgram.handler(({ input }) => services.api.revoke(input.name)),
    },
    tensorflow: {
      status: os.tensorflow.status.handler(() => services.tensorflow.status()),
      setup: os.tensorflow.setup.handler(({ input, signal }) =>
        services.tensorflow.setup(input.source, signal),
      ),
      remove: os.tensorflow.remove.handler(() => services.tensorflow.remove()),
    },
    desktop: { events: os.desktop.events.handler(({ signal }) => services.desktop.read(signal)) },
    system: {
      diagnostics: os.system.diagnostics.handler(() => services.diagnostics.text()),
      doctor: os.system.doctor.handler(({ signal }) => system.doctor(signal)),
    },
  })
}
