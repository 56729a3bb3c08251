import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { renderDataset } from '../../data/renderDataset'
import { startPython } from '../pythonChild'
import type { Mnist, To99Run } from './longhandRun'
import { to99Recipe, to99Spec } from './to99Task'

interface TorchRuns {
  run(seed: number): Promise<To99Run>
  close(): Promise<void>
}

const runSchema = z.object({ seconds: z.number(), accuracy: z.number() })

/** The same network, recipe and images in PyTorch on the CPU. */
export async function startTorchRuns(
  { python, scriptFolder, threads }: { python: string; scriptFolder: string; threads: number },
  { train, test }: Mnist,
): Promise<TorchRuns> {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'))
  try {
    const images = [train, test].map((dataset) => renderDataset(dataset, to99Spec.input))
    const labels = [train, test].map((dataset) => Uint8Array.from(dataset.labelIndex))
    const file = join(folder, 'mnist.bin')
    await writeFile(file, [...images, ...labels])
    const task = join(folder, 'task.json')
    const { epochs, batchSize, learningRate } = to99Recipe
    const recipe = { epochs, batchSize, learningRate, counts: [train.count, test.count] }
    await writeFile(task, JSON.stringify({ layers: to99Spec.layers, ...recipe, threads }))
    const child = startPython(python, join(scriptFolder, 'trainTo99.py'), [file, task])
    await child.ask('ready', z.object({ version: z.string() }))
    return {
      run: (seed) => child.ask(`run ${seed}`, runSchema),
      close: () => child.close(),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}
