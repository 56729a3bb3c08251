import { cpus, totalmem } from 'node:os'
import type { TensorflowDevice } from '../../../shared/contract/tensorflow'
import { graphicsAdapters } from '../graphicsAdapters'
import { runTool } from './runTool'

const LIMIT_MS = 8_000

/**
 * What TensorFlow computes on, by name and memory. Its addon tells no more than whether that is a graphics card; a card's
 * name is then asked of NVIDIA's own tool, which comes with the driver, or taken as the system tells it.
 */
export async function computeDevices(device: 'cpu' | 'gpu'): Promise<TensorflowDevice[]> {
  if (device === 'cpu')
    return [{ name: cpus()[0]?.model.trim() || 'unknown processor', memoryBytes: totalmem() }]
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits']
  const told = await runTool('nvidia-smi', query, { signal: AbortSignal.timeout(LIMIT_MS) }).catch(() => '')
  const cards = told.split('\n').flatMap((line) => {
    const [, name, mebibytes] = /^(.+),\s*(\d+)\s*$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, memoryBytes: Number(mebibytes) * 2 ** 20 }]
  })
  if (cards.length > 0) return cards
  const adapters = await graphicsAdapters()
  return adapters.filter((name) => /nvidia/i.test(name)).map((name) => ({ name, memoryBytes: null }))
}
