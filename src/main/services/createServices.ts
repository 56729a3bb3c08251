import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Settings } from '../../shared/contract/settings'
import type { Logger } from '../../shared/logger'
import type {
  EngineInstance,
  EngineProcessHandle,
  SpawnEngine,
} from '../engineProcess/host/engineProcessHandle'
import { EngineProcess } from '../engineProcess/host/engineProcess'
import { ApiPrograms } from '../store/apiPrograms'
import { HandsFile } from '../store/handsFile'
import { RegistryFile } from '../store/registryFile'
import { MeasurementFile } from '../store/measurementFile'
import { SettingsFile } from '../store/settingsFile'
import { ApiAccessService } from './apiAccessService'
import { ConversionService } from './conversionService'
import { DesktopEvents } from './desktopEvents'
import { DiagnosticsService } from './diagnosticsService'
import { EvaluationService } from './evaluationService'
import { ExchangeService } from './exchangeService'
import { ExplanationService } from './explanationService'
import { HandService } from './handService'
import { ModelService } from './modelService'
import { NetworkService } from './networkService'
import { PageService } from './pageService'
import { ProviderService } from './providerService'
import { RecognitionService } from './recognitionService'
import { createRouter, type Router } from './router'
import { SampleJobService } from './sampleJobService'
import { RegistryService } from './registryService'
import { SettingsService } from './settingsService'
import { CallGate } from './storage/callGate'
import { StorageService, type Restart } from './storage/storageService'
import { SystemService } from './systemService'
import { TensorflowService } from './tensorflow/tensorflowService'
import { TeachingService } from './teachingService'
import { TrainingLock } from './trainingLock'
import { TrainingService } from './trainingService'
import { UploadService } from './uploadService'

export interface ServicesOptions {
  /** Where this user's settings, samples and models lie; see dataFolder.ts. */
  dataFolder: string
  /** What ships with the program: `models/` in it holds the base models. */
  resourcesFolder: string
  spawnEngine: SpawnEngine
  log: Logger
  longhandVersion: string
  /** Null outside Electron. */
  electronVersion: string | null
}

export interface Services {
  /** For an oRPC handler of any transport, with `customJsonSerializers`, or for createInProcessClient. */
  router: Router
  /** Where the desktop shell puts what it has for the page. */
  desktop: DesktopEvents
  /** What the shell that serves the local API asks, and tells of it. */
  api: ApiAccessService
  /** Calls the listener after each change of the settings. */
  onSettings(listener: (settings: Settings) => void): void
  /** Calls the listener when the services have to be made anew, in a data folder that may be another. */
  onRestart(listener: (restart: Restart) => void): void
  /** Starts the engine and loads the active model, so that the first reading is quick. Never rejects. */
  warmUp(): Promise<void>
  /** Ends what runs, keeping what a training has so far, and lets go of everything. */
  close(): Promise<void>
}

/** What a training may take at the end of the app to keep its best epoch. */
const CLOSE_GRACE_MS = 10_000

/** Between two looks whether other work is done. */
const REST_LOOK_MS = 100

/** Builds the services and what they stand on, in this order. Nothing is opened or started before it is asked for. */
export function createServices(options: ServicesOptions): Services {
  const { dataFolder, resourcesFolder, spawnEngine, log } = options
  const engines = new Set<EngineProcess>()
  const createEngine = (instance: EngineInstance): EngineProcess => {
    const onStopped = (): void => void engines.delete(engine)
    const spawn = (kind: EngineInstance): EngineProcessHandle => spawnEngine(kind, dataFolder)
    const engine = new EngineProcess({ spawn, instance, log, onStopped })
    engines.add(engine)
    return engine
  }
  const createWorker = (): EngineProcess => createEngine('train')

  const registryFile = new RegistryFile(join(dataFolder, 'models.json'), log)
  const models = new ModelService(
    { shipped: join(resourcesFolder, 'models'), own: join(dataFolder, 'models') },
    async () => (await registryFile.read()).active,
  )
  const reader = createEngine('recognize')
  const recognition = new RecognitionService(reader, models, log)
  const measurements = new MeasurementFile(join(dataFolder, 'providers.json'), log)
  const providers = new ProviderService(createWorker, measurements)
  const tensorflow = new TensorflowService(createWorker, dataFolder)
  const settingsFile = new SettingsFile(join(dataFolder, 'settings.json'), log)
  const settings = new SettingsService(settingsFile)
  const about = { models, settings, providers, tensorflow }
  const lock = new TrainingLock(dataFolder, log)
  const training = new TrainingService({ createEngine: createWorker, ...about, lock, log })
  const desktop = new DesktopEvents()
  const registry = new RegistryService(createWorker, models, registryFile, log, () => recognition.warmUp())
  const teaching = new TeachingService(createWorker, models, registry, lock, log)
  const store = createEngine('store')
  const gate = new CallGate()
  const restartListeners = new Set<(restart: Restart) => void>()
  const storage = new StorageService({
    ...{ dataFolder, log, lock, gate },
    rest: async (signal) => {
      while ([...engines].some((engine) => engine.instance === 'train')) {
        await delay(REST_LOOK_MS, undefined, { signal })
      }
      await store.rest()
    },
    onRestart: (restart) => restartListeners.forEach((listener) => listener(restart)),
  })
  const uploads = new UploadService()
  const services = {
    models,
    exchange: new ExchangeService(createWorker, models, registry.remarks, options.longhandVersion),
    explanations: new ExplanationService(reader, models),
    networks: new NetworkService(createWorker),
    recognition,
    training,
    registry,
    teaching,
    evaluation: new EvaluationService(createWorker, models),
    hands: new HandService(createWorker, models, new HandsFile(join(dataFolder, 'hands.json'), log)),
    conversion: new ConversionService(createWorker),
    store,
    storage,
    sampleJobs: new SampleJobService(createWorker, models),
    uploads,
    pages: new PageService(createWorker, models),
    settings,
    api: new ApiAccessService(new ApiPrograms(join(dataFolder, 'api'), log)),
    desktop,
    diagnostics: new DiagnosticsService(settingsFile, options),
    tensorflow,
    system: new SystemService(providers, tensorflow, options),
  }

  return {
    router: createRouter(services, gate, log),
    desktop,
    api: services.api,
    onSettings: (listener) => settings.onChange(listener),
    onRestart: (listener) => void restartListeners.add(listener),
    warmUp: () => recognition.warmUp(),
    close: async () => {
      const ended = Promise.all([training.close(), teaching.close()])
      settings.close()
      await Promise.race([ended, delay(CLOSE_GRACE_MS, undefined, { ref: false })])
      await Promise.all([...engines].map((engine) => engine.stop()))
      await uploads.close()
    },
  }
}
