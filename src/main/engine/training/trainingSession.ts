import type { ModelSpec } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { Provider, Recipe } from '../../../shared/training/recipe'
import { stateKey } from '../compile/stateKey'
import {
  averagingInput,
  compileTraining,
  learningRateInput,
  nextKey,
  type TrainingGraph,
} from '../compile/trainingGraph'
import type { Parameters } from '../network/parameter'
import { emptyTensor, scalarTensor, Session, type HostTensor } from '../runtime/session'

/** A batch of training samples of fixed size. */
export interface Batch {
  /** [batch, 1, height, width], 0 for paper to 1 for full ink. */
  readonly pixels: Float32Array
  /** [batch], numbers of outputs. */
  readonly labels: Int32Array
  /** [batch]; 0 marks padding. */
  readonly weights: Float32Array
  /** How many of them are samples. */
  readonly count: number
}

/**
 * A network in training: its state (weights, the optimizer's memory, averages), and steps that move it on.
 * Two sets of buffers take turns as a step's input and output, so that nothing is allocated per step.
 */
export class TrainingSession {
  private steps = 0
  private spare: Map<string, HostTensor>

  private constructor(
    private readonly spec: ModelSpec,
    private readonly recipe: Recipe,
    private readonly graph: TrainingGraph,
    private readonly session: Session,
    private state: Map<string, HostTensor>,
    private readonly noise: readonly { name: string; tensor: HostTensor }[],
  ) {
    this.spare = new Map([...state].map(([key, tensor]) => [key, emptyTensor(tensor.shape)]))
  }

  static async create(
    spec: ModelSpec,
    recipe: Recipe,
    parameters: Parameters,
    options: { provider: Provider; threads?: number },
  ): Promise<TrainingSession> {
    const graph = compileTraining(spec, recipe)
    const session = await Session.create(graph.model, options)
    const state = new Map(
      graph.state.map(({ key, kind, parameter }) => {
        const start = kind === 'weights' || kind === 'average' ? parameters.get(parameter.name) : undefined
        const tensor = emptyTensor(parameter.shape)
        if (start) tensor.data.set(start)
        return [key, tensor]
      }),
    )
    const noise = graph.noise.map(({ name, shape }) => ({ name, tensor: emptyTensor(shape) }))
    return new TrainingSession(spec, recipe, graph, session, state, noise)
  }

  /**
   * One step on one batch.
   * @returns the loss before the step
   */
  async step(batch: Batch, learningRate: number): Promise<number> {
    this.steps++
    const { input } = this.spec
    const shape = [this.recipe.batchSize, 1, input.height, input.width]
    this.fillNoise()
    const scalars = {
      [learningRateInput]: learningRate,
      ...this.graph.optimizer.stepScalars(this.steps),
      // A short memory at first (as in TensorFlow), or the start values would linger in the average.
      ...(this.recipe.averaging > 0 && {
        [averagingInput]: Math.min(this.recipe.averaging, (1 + this.steps) / (10 + this.steps)),
      }),
    }
    const results = await this.session.run(
      {
        pixels: { data: batch.pixels, shape },
        labels: { data: batch.labels, shape: [batch.labels.length] },
        sampleWeights: { data: batch.weights, shape: [batch.weights.length] },
        ...Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, scalarTensor(value)])),
        ...Object.fromEntries(this.noise.map(({ name, tensor }) => [name, tensor])),
        ...Object.fromEntries(this.state),
      },
      Object.fromEntries([...this.spare].map(([key, tensor]) => [nextKey(key), tensor])),
    )
    ;[this.state, this.spare] = [this.spare, this.state]
    return results.loss?.data[0] ?? Number.NaN
  }

  /** The weights to evaluate and keep: their moving average, where the recipe has one. Not a copy. */
  weights(): Map<string, HostTensor> {
    const kind = this.recipe.averaging > 0 ? 'average' : 'weights'
    const infos = this.graph.state.filter((entry) => entry.kind === 'weights')
    return new Map(
      infos.map(({ parameter }) => [parameter.name, this.tensor(stateKey(kind, parameter.name))]),
    )
  }

  /** A copy of the weights to evaluate and keep. */
  snapshot(): Map<string, Float32Array> {
    return new Map([...this.weights()].map(([name, { data }]) => [name, Float32Array.from(data)]))
  }

  async release(): Promise<void> {
    await this.session.release()
  }

  private tensor(key: string): HostTensor {
    const tensor = this.state.get(key)
    if (!tensor) throw new Error(`the state ${key} is missing`)
    return tensor
  }

  /** Drawn from the seed and the step alone, so that a resumed training draws the same. */
  private fillNoise(): void {
    this.noise.forEach(({ tensor }, index) => {
      const random = new Random(this.recipe.seed, this.steps, index)
      for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = random.uniform()
    })
  }
}
