import { release } from 'node:os'
import type { ModelSpec } from '../../shared/model/modelSpec'
import { chooseProvider, type ProviderChoice, type TriedProvider } from '../../shared/training/providerChoice'
import { providerSchema, type Provider, type Recipe } from '../../shared/training/recipe'
import type { EngineContract } from '../engineProcess/contract'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { MeasurementFile } from '../store/measurementFile'
import { detailOfFailure, inFreshEngine } from './freshEngine'
import { graphicsAdapters } from './graphicsAdapters'

/** A driver that does not answer is one that does not work. Compiling its first shaders may take a while. */
const PROBE_LIMIT_MS = 60_000
/** A provider that has not shown its speed by then is not the fastest. */
const MEASURE_LIMIT_MS = 45_000

/** The training whose speed is to be known. */
export interface MeasuredTraining {
  spec: EngineContract['measureProvider']['input']['spec']
  recipe: Recipe
}

/** The runtime in the engine process; `failure` is null where it starts. */
export interface RuntimeVersions {
  onnxruntime: string
  providers: Provider[]
  failure: string | null
}

/** Finds out which providers work on this machine and how fast they are, by trying them. */
export class ProviderService {
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly measurements: MeasurementFile,
  ) {}

  /** The one place that decides what a training runs on. What was measured before for the same training is believed. */
  async choose(training: MeasuredTraining, signal?: AbortSignal): Promise<ProviderChoice> {
    const { batchSize } = training.recipe
    const versions = await this.versions(signal)
    const key = await this.#keyOf(training, versions)
    let tried = await this.measurements.find(key)
    if (!tried) {
      tried = await this.#tryEach(versions, signal)
      const isAlone = !tried.some(({ provider, works }) => works && provider !== 'cpu')
      if (!isAlone) tried = await this.#measureEach(tried, training, signal)
      await this.measurements.keep(key, tried)
    }
    return { ...chooseProvider(tried), batchSize, tried }
  }

  /** Tries and measures every provider anew, also where there is nothing to choose, and notes the result for `choose`. */
  async measureProviders(
    training: MeasuredTraining,
    versions: RuntimeVersions,
    signal?: AbortSignal,
  ): Promise<ProviderChoice> {
    const tried = await this.#measureEach(await this.#tryEach(versions, signal), training, signal)
    await this.measurements.keep(await this.#keyOf(training, versions), tried)
    return { ...chooseProvider(tried), batchSize: training.recipe.batchSize, tried }
  }

  async versions(signal?: AbortSignal): Promise<RuntimeVersions> {
    try {
      const { onnxruntime, providers } = await inFreshEngine(
        this.createEngine,
        PROBE_LIMIT_MS,
        (engine, limit) => engine.request('versions', {}, { signal: limit }),
        signal,
      )
      const known = providers.flatMap((name) => providerSchema.safeParse(name).data ?? [])
      return { onnxruntime, providers: known, failure: null }
    } catch (error) {
      return { onnxruntime: '', providers: [], failure: detailOfFailure(error, PROBE_LIMIT_MS, signal) }
    }
  }

  /** One after the other, here and below: two of them on one graphics card would measure each other. */
  async #tryEach({ providers }: RuntimeVersions, signal?: AbortSignal): Promise<TriedProvider[]> {
    const tried: TriedProvider[] = []
    for (const provider of providers) tried.push(await this.#probe(provider, signal))
    return tried
  }

  async #measureEach(
    tried: readonly TriedProvider[],
    training: MeasuredTraining,
    signal?: AbortSignal,
  ): Promise<TriedProvider[]> {
    const measured: TriedProvider[] = []
    for (const one of tried) measured.push(one.works ? await this.#measure(one, training, signal) : one)
    return measured
  }

  async #probe(provider: Provider, signal?: AbortSignal): Promise<TriedProvider> {
    try {
      const found = await inFreshEngine(
        this.createEngine,
        PROBE_LIMIT_MS,
        (engine, limit) => engine.request('probeProvider', { provider }, { signal: limit, graceMs: 0 }),
        signal,
      )
      return { provider, ...found, speed: null }
    } catch (error) {
      const detail = `does not work: ${detailOfFailure(error, PROBE_LIMIT_MS, signal)}`
      return { provider, works: false, detail, elapsedMs: 0, speed: null }
    }
  }

  async #measure(
    one: TriedProvider,
    training: MeasuredTraining,
    signal?: AbortSignal,
  ): Promise<TriedProvider> {
    const { provider } = one
    try {
      const speed = await inFreshEngine(
        this.createEngine,
        MEASURE_LIMIT_MS,
        (engine, limit) =>
          engine.request('measureProvider', { ...training, provider }, { signal: limit, graceMs: 0 }),
        signal,
      )
      return { ...one, speed }
    } catch (error) {
      return { ...one, detail: `not measured: ${detailOfFailure(error, MEASURE_LIMIT_MS, signal)}` }
    }
  }

  /** All that the speed depends on: another driver or runtime, another network or batch, and it is measured again. */
  async #keyOf({ spec, recipe }: MeasuredTraining, { onnxruntime }: RuntimeVersions): Promise<string> {
    const { batchSize, optimizer } = recipe
    const devices = Object.entries(process.env).filter(([name]) => /^(VK_|CUDA_VISIBLE_DEVICES)/.test(name))
    const system = [onnxruntime, release(), await graphicsAdapters(), devices.sort()]
    return JSON.stringify([...system, networkOf(spec), batchSize, optimizer.type])
  }
}

/** What of a spec makes it fast or slow: its name does not, and of its classes only the number does. */
function networkOf(spec: MeasuredTraining['spec']): unknown[] {
  if (!('layers' in spec)) return [spec.name, spec.classes?.length ?? null]
  const { input, layers, classes, rejects }: ModelSpec = spec
  return [input.width, input.height, layers, classes.length, rejects]
}
