import type { Provider } from '../../../shared/training/recipe'
import { sizeOf, type Shape } from '../graph/shape'
import { ort } from './ort'

/** A tensor in the process's own memory. */
export interface HostTensor {
  readonly data: Float32Array | Int32Array | Uint8Array
  readonly shape: Shape
}
export interface FloatTensor extends HostTensor {
  readonly data: Float32Array
}
export type HostTensors = Readonly<Record<string, HostTensor>>

export interface SessionOptions {
  readonly provider: Provider
  /** Threads of the CPU provider; 0 takes one a core. */
  readonly threads?: number
}

/** A loaded graph. Running it blocks the thread until the native call returns. */
export class Session {
  private constructor(private readonly session: ort.InferenceSession) {}

  /**
   * Loads a model.
   * @param model the bytes of an ONNX file
   * @throws what ONNX Runtime says where the model is broken or the provider is not there
   */
  static async create(model: Uint8Array, { provider, threads = 0 }: SessionOptions): Promise<Session> {
    const session = await ort.InferenceSession.create(model, {
      executionProviders: [executionProvider(provider)],
      intraOpNumThreads: threads,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Waiting threads that spin take the cores from everything else (onnxruntime's default).
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
    return new Session(session)
  }

  /**
   * Whether a provider computes every node of a model, so that nothing is copied to the CPU and back on the way.
   * @throws as `create`
   */
  static async isWhollyOn(model: Uint8Array, provider: Provider): Promise<boolean> {
    // The CPU leaves nothing to itself, and the option below cannot be used with it.
    if (provider === 'cpu') return true
    try {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: [executionProvider(provider)],
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        extra: { session: { disable_cpu_ep_fallback: '1' } },
      })
      await session.release()
      return true
    } catch (error) {
      if (error instanceof Error && error.message.includes('fallback to CPU EP')) return false
      throw error
    }
  }

  /**
   * Runs the graph once.
   * @param into buffers for outputs; those that are named are written in place, others are made new
   */
  async run(feeds: HostTensors, into: HostTensors = {}): Promise<Record<string, HostTensor>> {
    const fetches: Record<string, ort.Tensor | null> = Object.fromEntries(
      this.session.outputNames.map((name) => [name, into[name] ? toOrt(into[name]) : null]),
    )
    const results = await this.session.run(
      Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)])),
      fetches,
    )
    return Object.fromEntries(
      Object.entries(results).map(([name, result]) => [name, into[name] ?? fromOrt(name, result)]),
    )
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}

/**
 * WebGPU by itself turns to NHWC, in which ONNX Runtime 1.30 computes convolutions wrongly where the outputs are a multiple of
 * four and the inputs are not (as in LeNet: 6 to 16). In NCHW all are right; a test runs both cases.
 */
function executionProvider(provider: Provider): ort.InferenceSession.ExecutionProviderConfig {
  return provider === 'webgpu' ? { name: 'webgpu', preferredLayout: 'NCHW' } : provider
}

export function scalarTensor(value: number): HostTensor {
  return { data: Float32Array.of(value), shape: [] }
}

export function emptyTensor(shape: Shape): FloatTensor {
  return { data: new Float32Array(sizeOf(shape)), shape }
}

function toOrt({ data, shape }: HostTensor): ort.Tensor {
  if (data instanceof Float32Array) return new ort.Tensor('float32', data, shape)
  if (data instanceof Int32Array) return new ort.Tensor('int32', data, shape)
  return new ort.Tensor('uint8', data, shape)
}

function fromOrt(name: string, tensor: ort.Tensor): HostTensor {
  const { data } = tensor
  if (!(data instanceof Float32Array) && !(data instanceof Int32Array)) {
    throw new Error(`the output ${name} is of an unexpected type: ${tensor.type}`)
  }
  return { data, shape: tensor.dims }
}
