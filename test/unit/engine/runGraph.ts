import type { Value } from '../../../src/main/engine/graph/value'
import { encodeModel } from '../../../src/main/engine/onnx/encodeModel'
import { Session, type HostTensors } from '../../../src/main/engine/runtime/session'

/** Runs a graph on the real runtime's CPU provider: output values by name, as plain numbers. */
export async function runGraph(
  outputs: Readonly<Record<string, Value>>,
  feeds: HostTensors = {},
): Promise<Record<string, number[]>> {
  const session = await Session.create(encodeModel(outputs), { provider: 'cpu', threads: 1 })
  try {
    const results = await session.run(feeds)
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]))
  } finally {
    await session.release()
  }
}
