import type { ModelSpec } from '../../../shared/model/modelSpec'
import { assertExists } from '../../../shared/assert'
import { AppError } from '../../../shared/errors/appError'
import { Random } from '../../../shared/random'
import type { Batch } from '../../../shared/training/batch'
import type { Recipe } from '../../../shared/training/recipe'
import { buildLoss, type LossGraph } from '../compile/lossGraph'
import { stateKey } from '../compile/stateKey'
import { averagingInput, buildUpdate, learningRateInput, type UpdateGraph } from '../compile/updateGraph'
import { GraphBuilder } from '../graph/graphBuilder'
import { sizeOf, type Shape } from '../graph/shape'
import type { Value } from '../graph/value'
import { messageOf } from '../model/messageOf'
import type { NamedTensor } from '../model/safetensors'
import { describeParameters } from '../network/describeNetwork'
import type { ParameterInfo, Parameters } from '../network/parameter'
import type { FloatTensor } from '../runtime/session'
import { GraphInterpreter } from './graphInterpreter'
import type { LoadedTensorflow } from './loadTensorflow'
import type { Scalar, Tensor, Tensorflow } from './tensorflow'

/** The graphs of a training step, and what computes them. */
interface Step {
  readonly loss: LossGraph
  readonly gradients: readonly Value[]
  readonly update: UpdateGraph
  readonly inputs: ReadonlyMap<string, Value>
  readonly forward: GraphInterpreter
  readonly advance: GraphInterpreter
}

/**
 * A network in training on TensorFlow, the counterpart of TrainingSession: the same graphs of network, loss and update, but
 * with TensorFlow's own gradients in between. The state is the same, too, so that one can go on from where the other was.
 */
export class TensorflowSession {
  private steps = 0

  private constructor(
    private readonly tf: Tensorflow,
    private readonly infos: readonly ParameterInfo[],
    private readonly recipe: Recipe,
    private readonly graph: Step,
    /** On TensorFlow's device, by state keys. */
    private state: Map<string, Tensor>,
    private readonly fixed: Map<string, Tensor>,
  ) {}

  /**
   * @param skip how many of the first layers the batches have been through already
   * @throws AppError 'provider-failed'
   */
  static create(
    spec: ModelSpec,
    recipe: Recipe,
    parameters: Parameters,
    { tf }: Pick<LoadedTensorflow, 'tf'>,
    skip = 0,
  ): TensorflowSession {
    return onTensorflow(() => {
      const graph = compileStep(tf, spec, recipe, skip)
      const infos = describeParameters(spec)
      const upload = ({ shape }: ParameterInfo, values: Float32Array): Tensor =>
        tf.keep(tf.tensor(values, [...shape], 'float32'))
      const start = (info: ParameterInfo): Tensor =>
        upload(info, Float32Array.from(parameters.get(info.name) ?? new Float32Array(sizeOf(info.shape))))
      const empty = (info: ParameterInfo): Tensor => upload(info, new Float32Array(sizeOf(info.shape)))
      const state = new Map(
        graph.update.state.map(({ key, kind, parameter }) => [
          key,
          kind === 'weights' || kind === 'average' ? start(parameter) : empty(parameter),
        ]),
      )
      const fixed = new Map(
        [
          ...infos
            .map((info) => [stateKey('weights', info.name), info] as const)
            .filter(([key]) => !state.has(key)),
          ...graph.loss.anchored.map((info) => [stateKey('start', info.name), info] as const),
        ].map(([key, info]) => [key, start(info)]),
      )
      return new TensorflowSession(tf, infos, recipe, graph, state, fixed)
    })
  }

  /**
   * One step on one batch.
   * @returns the loss before the step
   * @throws AppError 'provider-failed'; the state is then that of the step before
   */
  async step(batch: Batch, learningRate: number): Promise<number> {
    // Computing gives the event loop no turn by itself.
    await new Promise(setImmediate)
    const { tf } = this
    const step = this.steps + 1
    let loss = Number.NaN
    const next = onTensorflow(() =>
      tf.tidy(() => {
        const feeds = this.feeds(batch, learningRate, step)
        const { value, gradients, observed } = this.differentiate(feeds)
        loss = value
        this.graph.gradients.forEach((input, i) => set(feeds, input, gradients[i]))
        const given = [...this.graph.loss.observed.values()]
        given.forEach((node, i) => set(feeds, node, observed[i]))
        const values = this.graph.advance.run(feeds)
        // A tensor that was fed is another's to dispose.
        const owned = values.map((tensor) => (observed.includes(tensor) ? tensor.clone() : tensor))
        observed.forEach((tensor) => tensor.dispose())
        return owned
      }),
    )
    for (const tensor of this.state.values()) tensor.dispose()
    this.state = new Map(
      [...this.graph.update.next.keys()].map((key, i) => [key, tf.keep(assertExists(next[i], key))]),
    )
    this.steps = step
    return loss
  }

  /** The weights to evaluate and keep: their moving average, where the recipe has one. */
  weights(): Map<string, FloatTensor> {
    return new Map(
      this.infos.map(({ name }) => {
        const tensor =
          this.state.get(stateKey('average', name)) ??
          this.state.get(stateKey('weights', name)) ??
          this.fixed.get(stateKey('weights', name))
        const { shape } = assertExists(tensor, name)
        return [name, { shape, data: read(assertExists(tensor, name)) }]
      }),
    )
  }

  /** A copy of the weights to evaluate and keep. */
  snapshot(): Map<string, Float32Array> {
    return new Map([...this.weights()].map(([name, { data }]) => [name, data]))
  }

  /** All that the next step depends on besides its number, by state keys. */
  tensors(): NamedTensor[] {
    return [...this.state, ...this.fixed].map(([name, tensor]) => ({
      name,
      shape: tensor.shape,
      data: read(tensor),
    }))
  }

  /** Whether every number of the state is one. */
  isFinite(): boolean {
    return [...this.state.values()].every((tensor) => read(tensor).every((value) => Number.isFinite(value)))
  }

  /**
   * Goes on from where another session was, of this engine or of the other.
   * @param steps that it had done
   * @throws where the tensors are those of another network or recipe
   */
  restore(steps: number, tensors: readonly NamedTensor[]): void {
    const saved = new Map(tensors.map(({ name, data }) => [name, data]))
    const upload = (key: string, old: Tensor): Tensor => {
      const values = saved.get(key)
      if (values?.length !== old.size) throw new Error(`it does not fit the network at ${key}`)
      return this.tf.keep(this.tf.tensor(Float32Array.from(values), old.shape, 'float32'))
    }
    for (const tensors of [this.state, this.fixed]) {
      for (const [key, old] of tensors) {
        tensors.set(key, upload(key, old))
        old.dispose()
      }
    }
    this.steps = steps
  }

  release(): Promise<void> {
    for (const tensor of [...this.state.values(), ...this.fixed.values()]) tensor.dispose()
    this.graph.forward.release()
    this.graph.advance.release()
    return Promise.resolve()
  }

  private differentiate(feeds: ReadonlyMap<Value, Tensor>): {
    value: number
    gradients: Tensor[]
    observed: Tensor[]
  } {
    const { tf } = this
    const { trained } = this.graph.loss
    let observed: Tensor[] = []
    const computeLoss = (...weights: Tensor[]): Scalar => {
      const all = new Map(feeds)
      trained.forEach(({ value }, i) => set(all, value, weights[i]))
      const [loss, ...statistics] = this.graph.forward.run(all)
      observed = statistics.map((tensor) => tf.keep(tensor))
      return loss as Scalar
    }
    const weights = trained.map(({ info, value }) => assertExists(feeds.get(value), info.name))
    const { value, grads } = tf.valueAndGrads(computeLoss)(weights)
    return { value: read(value)[0] ?? Number.NaN, gradients: grads, observed }
  }

  private feeds(batch: Batch, learningRate: number, step: number): Map<Value, Tensor> {
    const { tf, recipe } = this
    const { loss, update, inputs } = this.graph
    const feeds = new Map<Value, Tensor>()
    const feed = (name: string, tensor: Tensor): void => set(feeds, inputs.get(name), tensor)
    const numbers = {
      [learningRateInput]: learningRate,
      ...update.optimizer.stepScalars(step),
      ...(recipe.averaging > 0 && { [averagingInput]: Math.min(recipe.averaging, (1 + step) / (10 + step)) }),
    }
    for (const [name, value] of Object.entries(numbers)) feed(name, tf.scalar(value, 'float32'))
    feed('pixels', tf.tensor(batch.pixels, [...loss.inputShape], 'float32'))
    feed('labels', tf.tensor(batch.labels, [...this.graph.loss.labelShape], 'int32'))
    feed('sampleWeights', tf.tensor(batch.weights, [batch.weights.length], 'float32'))
    loss.noise.forEach(({ name, shape }, index) => {
      feed(name, tf.tensor(drawNoise(shape, recipe.seed, step, index), [...shape], 'float32'))
    })
    for (const [key, tensor] of [...this.state, ...this.fixed]) feed(key, tensor)
    return feeds
  }
}

function compileStep(tf: Tensorflow, spec: ModelSpec, recipe: Recipe, skip: number): Step {
  const b = new GraphBuilder()
  const loss = buildLoss(b, spec, recipe, skip)
  const gradients = loss.trained.map(({ info }) => b.input(`gradient/${info.name}`, info.shape))
  const update = buildUpdate(b, recipe, loss, gradients)
  const observed = [...loss.observed.values()]
  return {
    loss,
    gradients,
    update,
    inputs: new Map(b.inputs.map((input) => [input.name, input])),
    forward: new GraphInterpreter(tf, [loss.loss, ...observed]),
    advance: new GraphInterpreter(tf, [...update.next.values()], new Set(observed)),
  }
}

/** Drawn from the seed and the step alone, as the other engine draws it. */
function drawNoise(shape: Shape, seed: number, step: number, index: number): Float32Array {
  const random = new Random(seed, step, index)
  const values = new Float32Array(sizeOf(shape))
  for (let i = 0; i < values.length; i++) values[i] = random.uniform()
  return values
}

/** A copy of a tensor's numbers: what TensorFlow.js gives may be the very array that it was made of. */
const read = (tensor: Tensor): Float32Array => Float32Array.from(tensor.dataSync<'float32'>())

function set(feeds: Map<Value, Tensor>, value: Value | undefined, tensor: Tensor | undefined): void {
  // An input that the network does not ask for is not in the graph.
  if (value && tensor) feeds.set(value, tensor)
}

/** A driver that gives up, or a device without enough memory, becomes what a training answers by going on with the CPU. */
function onTensorflow<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new AppError(
      'provider-failed',
      { provider: 'tensorflow', detail: messageOf(error) },
      { cause: error },
    )
  }
}
