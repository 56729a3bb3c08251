import type { ModelSpec } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { Batch } from '../../../shared/training/batch'
import type { Provider, Recipe } from '../../../shared/training/recipe'
import { stateKey } from '../compile/stateKey'
import { compileTraining, nextKey, type TrainingGraph } from '../compile/trainingGraph'
import { averagingInput, learningRateInput } from '../compile/updateGraph'
import { describeParameters } from '../network/describeNetwork'
import type { NamedTensor } from '../model/safetensors'
import type { ParameterInfo, Parameters } from '../network/parameter'
import { channelBlock } from '../runtime/channelBlock'
import { emptyTensor, scalarTensor, Session, type FloatTensor } from '../runtime/session'
import { onProvider } from './onProvider'

/**
 * A network in training: its state (weights, the optimizer's memory, averages), and steps that move it on.
 * Two sets of buffers take turns as a step's input and output, so that nothing is allocated per step.
 *
 * Between two steps the state is in the process's own memory, whatever the provider. ONNX Runtime 1.30 can leave it on a WebGPU
 * device ('gpu-buffer'), but on a device in software that gained nothing beyond the noise (480 against 482 ms a step for LeNet,
 * 1744 against 1746 ms with a state of 41 MB; not measured on a graphics card), and to read such a tensor ends the process.
 */
export class TrainingSession {
  private steps = 0
  private spare: Map<string, FloatTensor>

  private constructor(
    private readonly infos: readonly ParameterInfo[],
    private readonly recipe: Recipe,
    private readonly provider: Provider,
    private readonly graph: TrainingGraph,
    private readonly session: Session,
    private state: Map<string, FloatTensor>,
    /** What stays as it is, by state keys: frozen weights, of which the graph takes those of its layers, and first values. */
    private readonly fixed: ReadonlyMap<string, FloatTensor>,
    private readonly noise: readonly { name: string; tensor: FloatTensor }[],
  ) {
    this.spare = new Map([...state].map(([key, tensor]) => [key, emptyTensor(tensor.shape)]))
  }

  /**
   * @param options.skip how many of the first layers the batches have been through already
   * @throws AppError 'provider-failed'
   */
  static async create(
    spec: ModelSpec,
    recipe: Recipe,
    parameters: Parameters,
    options: { provider: Provider; threads?: number; skip?: number },
  ): Promise<TrainingSession> {
    const { provider, skip = 0 } = options
    const graph = compileTraining(spec, recipe, skip, await channelBlock(provider))
    const session = await onProvider(provider, () => Session.create(graph.model, options))
    const infos = describeParameters(spec)
    const startValues = (parameter: ParameterInfo): FloatTensor => {
      const tensor = emptyTensor(parameter.shape)
      tensor.data.set(parameters.get(parameter.name) ?? [])
      return tensor
    }
    const state = new Map(
      graph.state.map(({ key, kind, parameter }) => [
        key,
        kind === 'weights' || kind === 'average' ? startValues(parameter) : emptyTensor(parameter.shape),
      ]),
    )
    const fixed = new Map([
      ...infos
        .map((parameter) => [stateKey('weights', parameter.name), startValues(parameter)] as const)
        .filter(([key]) => !state.has(key)),
      ...graph.anchored.map(
        (parameter) => [stateKey('start', parameter.name), startValues(parameter)] as const,
      ),
    ])
    const noise = graph.noise.map(({ name, shape }) => ({ name, tensor: emptyTensor(shape) }))
    return new TrainingSession(infos, recipe, provider, graph, session, state, fixed, noise)
  }

  /**
   * One step on one batch.
   * @returns the loss before the step
   * @throws AppError 'provider-failed'; the state is then that of the step before
   */
  async step(batch: Batch, learningRate: number): Promise<number> {
    const step = this.steps + 1
    this.fillNoise(step)
    const scalars = {
      [learningRateInput]: learningRate,
      ...this.graph.optimizer.stepScalars(step),
      // A short memory at first (as in TensorFlow), or the start values would linger in the average.
      ...(this.recipe.averaging > 0 && {
        [averagingInput]: Math.min(this.recipe.averaging, (1 + step) / (10 + step)),
      }),
    }
    const feeds = {
      pixels: { data: batch.pixels, shape: this.graph.inputShape },
      labels: { data: batch.labels, shape: this.graph.labelShape },
      sampleWeights: { data: batch.weights, shape: [batch.weights.length] },
      ...Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, scalarTensor(value)])),
      ...Object.fromEntries(this.noise.map(({ name, tensor }) => [name, tensor])),
      ...Object.fromEntries(
        [
          ...this.graph.fixed.map(({ name }) => stateKey('weights', name)),
          ...this.graph.anchored.map(({ name }) => stateKey('start', name)),
        ].map((key) => [key, this.tensor(key)]),
      ),
      ...Object.fromEntries(this.state),
    }
    const into = Object.fromEntries([...this.spare].map(([key, tensor]) => [nextKey(key), tensor]))
    const results = await onProvider(this.provider, () => this.session.run(feeds, into))
    this.steps = step
    ;[this.state, this.spare] = [this.spare, this.state]
    return results.loss?.data[0] ?? Number.NaN
  }

  /** The weights to evaluate and keep: their moving average, where the recipe has one. Not a copy. */
  weights(): Map<string, FloatTensor> {
    return new Map(
      this.infos.map(({ name }) => {
        const average = this.state.get(stateKey('average', name))
        return [name, average ?? this.tensor(stateKey('weights', name))]
      }),
    )
  }

  /** A copy of the weights to evaluate and keep. */
  snapshot(): Map<string, Float32Array> {
    return new Map([...this.weights()].map(([name, { data }]) => [name, Float32Array.from(data)]))
  }

  /** All that the next step depends on besides its number, by state keys. Not a copy. */
  tensors(): NamedTensor[] {
    return [...this.state, ...this.fixed].map(([name, { shape, data }]) => ({ name, shape, data }))
  }

  /** Whether every number of the state is one. */
  isFinite(): boolean {
    return [...this.state.values()].every(({ data }) => data.every((value) => Number.isFinite(value)))
  }

  /**
   * Goes on from where another session was.
   * @param steps that it had done
   * @throws where the tensors are those of another network or recipe
   */
  restore(steps: number, tensors: readonly NamedTensor[]): void {
    const saved = new Map(tensors.map(({ name, data }) => [name, data]))
    for (const [key, { data }] of [...this.state, ...this.fixed]) {
      const values = saved.get(key)
      if (values?.length !== data.length) throw new Error(`it does not fit the network at ${key}`)
      data.set(values)
    }
    this.steps = steps
  }

  async release(): Promise<void> {
    await this.session.release()
  }

  private tensor(key: string): FloatTensor {
    const tensor = this.state.get(key) ?? this.fixed.get(key)
    if (!tensor) throw new Error(`the state ${key} is missing`)
    return tensor
  }

  /** Drawn from the seed and the step alone, so that a resumed training draws the same. */
  private fillNoise(step: number): void {
    this.noise.forEach(({ tensor }, index) => {
      const random = new Random(this.recipe.seed, step, index)
      for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = random.uniform()
    })
  }
}
