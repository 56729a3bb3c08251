import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Batch } from '../../../shared/training/batch'
import type { Contestant } from '../contestant'
import { startPython } from '../pythonChild'
import { referenceRecipe } from './referenceTask'

export interface Torch {
  readonly version: string
  /** In PyTorch's default order of axes. */
  readonly plain: Contestant
  readonly channelsLast: Contestant
}

const speedSchema = z.object({ imagesPerSecond: z.number().positive() })

/** The same training in PyTorch on the CPU, in a process that stays up and works when it is told to. */
export async function startTorch(
  { python, scriptFolder, threads }: { python: string; scriptFolder: string; threads: number },
  batches: readonly Batch[],
): Promise<Torch> {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'))
  try {
    const file = join(folder, 'batches.bin')
    await writeFile(
      file,
      batches.flatMap(({ pixels, labels }) => [bytesOf(pixels), bytesOf(labels)]),
    )
    const child = startPython(python, join(scriptFolder, 'trainTorch.py'), [
      file,
      String(referenceRecipe.batchSize),
      String(threads),
    ])
    // Its answer says that it has read the file.
    const { version } = await child.ask('version', z.object({ version: z.string() }))
    const contestant = (format: string): Contestant => ({
      work: async (seconds) => (await child.ask(`${format} ${seconds}`, speedSchema)).imagesPerSecond,
      close: () => child.close(),
    })
    return { version, plain: contestant('contiguous'), channelsLast: contestant('channels_last') }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
