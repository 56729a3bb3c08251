import { GraphBuilder } from '../../engine/graph/graphBuilder'
import { encodeModel } from '../../engine/onnx/encodeModel'
import { ort } from '../../engine/runtime/ort'
import { Session } from '../../engine/runtime/session'
import type { EngineHandlers } from '../protocol/serve'

/** Runs a small convolution on a provider and compares it with the CPU's. */
export const probeProvider: EngineHandlers['probeProvider'] = async ({ provider }) => {
  const b = new GraphBuilder()
  const shape = [1, 4, 16, 16]
  const x = b.input('x', shape)
  const weight = b.constant(
    Float32Array.from({ length: 144 }, (_, i) => Math.sin(i)),
    [4, 4, 3, 3],
  )
  const y = b.relu(
    b.conv(x, weight, null, { kernel: [3, 3], stride: [1, 1], padding: [1, 1, 1, 1], groups: 1 }),
  )
  const model = encodeModel({ y })
  const feeds = { x: { data: Float32Array.from({ length: 1024 }, (_, i) => Math.cos(i)), shape } }
  const started = performance.now()
  try {
    const run = async (on: typeof provider): Promise<ArrayLike<number>> => {
      const session = await Session.create(model, { provider: on })
      const { y: result } = await session.run(feeds)
      await session.release()
      if (!result) throw new Error('the graph gave no result')
      return result.data
    }
    const [found, expected] = [await run(provider), await run('cpu')]
    const error = Array.from(found).reduce(
      (max, value, i) => Math.max(max, Math.abs(value - (expected[i] ?? 0))),
      0,
    )
    const works = error < 1e-2
    const detail = works ? '' : `its results differ from the CPU's by ${error}`
    return { works, detail, elapsedMs: performance.now() - started }
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { works: false, detail, elapsedMs: performance.now() - started }
  }
}

/** The runtime's version, and the providers that its binary was built with. */
export const versions: EngineHandlers['versions'] = () =>
  Promise.resolve({
    onnxruntime: ort.env.versions.node ?? ort.env.versions.common,
    node: process.versions.node,
    providers: ort.listSupportedBackends().map((backend) => backend.name),
  })
