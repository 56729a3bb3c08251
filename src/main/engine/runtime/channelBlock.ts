import type { Provider } from '../../../shared/training/recipe'
import { Random } from '../../../shared/random'
import { GraphBuilder } from '../graph/graphBuilder'
import { sizeOf, type Shape } from '../graph/shape'
import { encodeModel } from '../onnx/encodeModel'
import { Session, type FloatTensor } from './session'

const inputShape: Shape = [1, 32, 5, 6]
const weightShape: Shape = [32, 32, 3, 3]

let found: Promise<number> | undefined

/**
 * How many channels the CPU provider's fast convolutions keep side by side: 16 with AVX-512, 8 on other x64 processors.
 * Those kernels are the runtime's own affair and not documented, so each size has to prove itself first, on a small
 * convolution that must come out as the plain one does. Only x64 is asked: elsewhere it has never been tried.
 * @returns 0 where tensors stay as they are: on other providers, other processors, or where no size passes
 */
export async function channelBlock(provider: Provider): Promise<number> {
  if (provider !== 'cpu' || process.arch !== 'x64') return 0
  found ??= findBlock([16, 8])
  return found
}

async function findBlock(sizes: readonly number[]): Promise<number> {
  const expected = await convolve(0)
  for (const size of sizes) {
    // A runtime that no longer knows these operators refuses to load the graph.
    const result = await convolve(size).catch(() => null)
    if (result?.every((value, i) => Math.abs(value - (expected[i] ?? NaN)) < 1e-4)) return size
  }
  return 0
}

async function convolve(block: number): Promise<number[]> {
  const b = new GraphBuilder(block)
  const random = new Random(1)
  const input = (name: string, shape: Shape): FloatTensor => {
    b.input(name, shape)
    return { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-1, 1)) }
  }
  const feeds = { x: input('x', inputShape), weight: input('weight', weightShape) }
  const [x, weight] = b.inputs
  if (!x || !weight) throw new Error('the inputs are missing')
  const y = b.conv(x, weight, null, { kernel: [3, 3], stride: [1, 1], padding: [1, 1, 1, 1], groups: 1 })
  const session = await Session.create(encodeModel({ y }), { provider: 'cpu', threads: 1 })
  try {
    return Array.from((await session.run(feeds)).y?.data ?? [])
  } finally {
    await session.release()
  }
}
